"""How many rows the promotions left in the user's tables, and which table has lost them since.

A bookmark says what was read, not what the table still holds. Where a table that had rows is empty
or gone, an incremental run would bring the changes alone: its bookmark goes too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database import bookmarks
from taskwho.database.catalog import describe
from taskwho.database.sql_folder import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class LostTable:
    """A table that had rows after a promotion, and had none later or is not written any more.

    `at` is aware.
    """

    stream: str
    schema: str
    name: str
    rows: int
    at: datetime

    @property
    def title(self) -> str:
        """Schema and name for a message."""
        return f"{self.schema}.{self.name}"


def record(  # noqa: PLR0913 -- a table and what came into it
    conn: psycopg.Connection[Any],
    stream: str,
    schema: str,
    name: str,
    *,
    inserted: int,
    is_fresh: bool,
) -> None:
    """Record how many rows a promotion left in a table, which has to be there.

    Rows are counted once, the first time that a table is written; later ones are added up. A fresh
    table, which the promotion has made, has those that came into it.
    """
    known = {row[0]: row[1:] for row in SCRIPTS.run(conn, "result_tables")}
    before = known.get(stream)
    if is_fresh:
        rows = inserted
    elif before and before[:2] == (schema, name):
        rows = before[2] + inserted
    else:
        count = sql.SQL("select count(*) from {}").format(sql.Identifier(schema, name))
        [(rows,)] = conn.execute(count).fetchall()
    values = {"stream": stream, "table_schema": schema, "table_name": name, "row_count": rows}
    SCRIPTS.run(conn, "record_rows", values)


def forget_lost(
    conn: psycopg.Connection[Any], tables: Mapping[str, tuple[str, str]] | None = None
) -> list[str]:
    """Remove the bookmarks of the streams whose tables lost their rows; gives those streams.

    So did a table in whose place another one is set: `tables` are schema and name by stream, where
    they are known. The next run reads the streams anew; the report of its promotion says why. What
    was read of them does not count any more, so that a run from a state kept elsewhere does not
    pass for a whole one.
    """
    now_set = tables or {}
    lost = [
        stream
        for stream, schema, name, _ in SCRIPTS.run(conn, "result_tables").fetchall()
        if now_set.get(stream, (schema, name)) != (schema, name) or _is_empty(conn, schema, name)
    ]
    with conn.transaction():
        for stream in lost:
            SCRIPTS.run(conn, "lose_rows", {"stream": stream})
            SCRIPTS.run(conn, "void_windows", {"stream": stream})
            bookmarks.remove_stream(conn, stream)
    return lost


def streams(conn: psycopg.Connection[Any]) -> set[str]:
    """The streams of which promotions left rows in a table."""
    return {row[0] for row in SCRIPTS.run(conn, "result_tables")}


def lost_tables(conn: psycopg.Connection[Any]) -> list[LostTable]:
    """The lost tables that no report has told of; asked inside the promotion's transaction.

    Asked before rows come in: what the promotion writes is recorded in their place.
    """
    return [LostTable(*row) for row in SCRIPTS.run(conn, "lost_tables")]


def _is_empty(conn: psycopg.Connection[Any], schema: str, name: str) -> bool:
    table = describe(conn, schema, name)
    if table is None:
        return True
    query = sql.SQL("select exists (select from {})").format(table.identifier)
    try:
        with conn.transaction():
            # rows that a policy hides are not lost
            conn.execute("set local row_security = off")
            [(holds,)] = conn.execute(query).fetchall()
    except psycopg.errors.InsufficientPrivilege:
        return False  # the promotion says which right is missing
    return not holds
