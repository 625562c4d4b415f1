"""What tests of several rooms need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.support.postgresql import guest_url

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def guest(database_url: str) -> Iterator[str]:
    """The database's URL for a role that may connect and nothing else."""
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute("revoke create on schema public from public")
    with guest_url(database_url) as url:
        yield url
