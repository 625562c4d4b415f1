"""What the tests of taskwho share: a database as the seed service left it, settings, a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from taskwho.model.settings import PostLoadSettings

from tests.support import seed
from tests.support.postgresql import database_of, guest_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.postgresql import Server


@pytest.fixture
def guest(database_url: str) -> Iterator[str]:
    """The database's URL for a role that may connect and nothing else."""
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute("revoke create on schema public from public")
    with guest_url(database_url) as url:
        yield url


@pytest.fixture(scope="session")
def seed_template(postgres: Server) -> Iterator[str]:
    """A template: the seed's tables with one parent of each kind, and an empty schema taskwho."""
    with postgres.database() as url:
        seed.create(url)
        seed.land(url, [])
        yield database_of(url)


@pytest.fixture
def url(make_database: Callable[[str], str], seed_template: str) -> str:
    """The URL of a copy of the template that only this test has."""
    return make_database(seed_template)


@pytest.fixture
def settings(tmp_path: Path) -> PostLoadSettings:
    """The default settings, with a folder for reports that only this test has."""
    return PostLoadSettings(reports_dir=tmp_path)
