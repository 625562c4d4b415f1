"""`taskwho prepare` on a database of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.prepare import prepare

if TYPE_CHECKING:
    from pathlib import Path


def test_it_makes_the_landing_tables_once_and_writes_no_env_file(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert prepare(tmp_path).message == prepare(tmp_path).message == "The database is ready."
    assert not (tmp_path / ".env").exists()
    with psycopg.connect(database_url) as connection:
        found = connection.execute(
            "select count(*) from pg_tables where schemaname = 'taskwho'"
        ).fetchone()
    assert found is not None
    assert found[0] >= 5


def test_a_sqlalchemy_url_is_understood(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    monkeypatch.setenv("DATABASE_URL", url)
    assert prepare(tmp_path).url == url


ANOTHER_KIND = (
    "DATABASE_URL does not begin with postgresql:// or postgresql+psycopg://. Write it as "
    "postgresql://user:password@host:5432/database."
)
NO_URL = (
    "PostgreSQL's client library cannot read DATABASE_URL. Write it as "
    "postgresql://user:password@host:5432/database. Percent-encode special characters of its user "
    "name and password."
)
NOBODY_ANSWERS = (
    'There is no connection to the database: connection to server at "127.0.0.1", port 1 failed: '
    "Connection refused. Check that PostgreSQL runs there, and host and port in DATABASE_URL."
)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://somebody:s3cr3t-w0rd@127.0.0.1/nowhere", ANOTHER_KIND),
        ("postgresql://somebody:s3cr3t-w0rd@[::/nowhere", NO_URL),
        ("postgresql://somebody:s3cr3t-w0rd@127.0.0.1:1/nowhere", NOBODY_ANSWERS),
    ],
)
def test_a_database_that_is_not_there_is_named_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, message: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(TaskwhoError) as raised:
        prepare(tmp_path)
    assert raised.value.exit_code == 2
    assert raised.value.message == message
