"""An org in which nothing is missing, and the seed's tables beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.reporting.explaining import set_ends

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(
        rows=40, orphans=0, missing_persons=0, missing_users=0, lost=0, deleted=0, archived=0
    ) as org:
        yield org


@pytest.fixture
def url(url: str) -> str:
    set_ends(url)
    return url
