"""What tests of several rooms need."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from tests.support.postgresql import database_of, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def guest(database_url: str) -> Iterator[str]:
    """The database's URL for a role that may connect and nothing else."""
    name, password = database_of(database_url).replace("test", "guest"), uuid.uuid4().hex
    role = sql.Identifier(name)
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute(sql.SQL("create role {} login password {}").format(role, password))
        admin.execute("revoke create on schema public from public")
    yield url_of(database_url, user=name, password=password)
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute(sql.SQL("drop owned by {} cascade").format(role))
        admin.execute(sql.SQL("drop role {}").format(role))
