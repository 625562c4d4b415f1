"""An org for all tests of a file, one that a test may change, and the client of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

from tests.sandbox import Sandbox
from tests.support.comparing.simple_client import with_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simple_salesforce.api import Salesforce

ROWS = 4_500


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as sandbox:
        yield sandbox


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        yield made


@pytest.fixture
def changing() -> Iterator[Sandbox]:
    with Sandbox(rows=200) as sandbox:
        yield sandbox


@pytest.fixture
def client(org: Sandbox, session: requests.Session) -> Salesforce:
    return with_token(org, session)
