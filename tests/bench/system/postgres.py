"""One PostgreSQL for all contenders, with its default settings, and a database for each run."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString, Self

from psycopg import sql
from taskwho.database import embedded

from tests.support.postgresql import Server, database_of, query

if TYPE_CHECKING:
    from pathlib import Path

COMMITTED: LiteralString = """
    select extract(epoch from max(pg_xact_commit_timestamp(written::text::xid)))::float8
    from (select distinct xmin::text as written from {})
"""


class Postgres:
    """An embedded server of the bench's own, as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        """Start it; it records when each transaction commits, for every contender alike."""
        self._folder.mkdir()
        self._server = Server(embedded.start(self._folder))
        self._server.execute("alter system set track_commit_timestamp = on")
        embedded.stop(self._folder)
        self._server = Server(embedded.start(self._folder))
        [(self.version,)] = query(self._server.url, sql.SQL("show server_version"))
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        embedded.stop(self._folder)

    def create(self) -> str:
        """Make an empty database; return its URL."""
        return self._server.create()

    def copy(self, url: str) -> str:
        """Copy the files of a database, after a checkpoint; return the copy's URL."""
        made = self._server.create(database_of(url), strategy="file_copy")
        self._server.execute("checkpoint")
        return made

    def drop(self, url: str) -> None:
        """Drop a database."""
        self._server.drop(url)

    def committed(self, url: str, table: str) -> float:
        """When the last of a table's rows was committed: seconds of this machine's clock."""
        [(moment,)] = query(url, sql.SQL(COMMITTED).format(sql.Identifier(*table.split("."))))
        return float(moment)

    def count(self, url: str, table: str) -> int:
        """How many rows a table holds."""
        name = sql.Identifier(*table.split("."))
        [(rows,)] = query(url, sql.SQL("select count(*) from {}").format(name))
        return int(rows)
