"""Takes what landed into the transaction and empties the landing tables with its commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho import landing, scripts, tables
from taskwho.entities import JOURNAL

if TYPE_CHECKING:
    import psycopg

    from taskwho.tables import Column, Table


def take_in(conn: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows taken in by stream, as temporary tables `landed_<stream>`; no table, no stream.

    Comes before any lock on a user's table: a loader that appends meanwhile waits its turn, and
    nothing is promoted twice or emptied away.
    """
    streams = landing.existing(conn, landing.streams())
    if not streams:
        return {}
    inboxes = sql.SQL(", ").join(sql.Identifier(landing.SCHEMA, stream) for stream in streams)
    conn.execute(sql.SQL("lock table {} in access exclusive mode").format(inboxes))
    return {stream: _copy(conn, stream) for stream in streams}


def _copy(conn: psycopg.Connection[Any], stream: str) -> int:
    inbox = tables.require(conn, landing.SCHEMA, stream)
    fields = [name for name in landing.streams()[stream] if name != "Id"]
    parts: dict[str, sql.Composable] = {
        "inbox": inbox.identifier,
        "columns": scripts.lines([_as_text(inbox, field) for field in fields]),
    }
    if stream == JOURNAL:
        taken = scripts.run(conn, "11_take_in_journal", **parts).rowcount
    else:
        parts["copy"] = sql.Identifier(f"landed_{stream}")
        parts["landed_seq"] = _landed_seq(inbox)
        taken = scripts.run(conn, "10_take_in", **parts).rowcount
    if taken:
        conn.execute(sql.SQL("truncate {}").format(inbox.identifier))
    if landing.SEQUENCE not in inbox.columns:
        _order_by_default(conn, inbox)
    conn.execute(sql.SQL("analyze {}").format(sql.Identifier(f"landed_{stream}")))
    return taken


def _as_text(inbox: Table, field: str) -> sql.Composable:
    """A landed value as text; null where the loader has no such column."""
    column = inbox.columns.get(field)
    name = sql.Identifier(field)
    if column is None:
        return sql.SQL("null::text as {}").format(name)
    return sql.SQL("{} as {}").format(_text(column), name)


def _text(column: Column) -> sql.Composable:
    value = sql.SQL("landed.{}").format(sql.Identifier(column.name))
    if column.type_name == "text":
        return value
    if column.type_name == "timestamp":
        # a stock loader with typed columns keeps UTC and drops the zone
        return sql.SQL("{}::text || 'Z'").format(value)
    return sql.SQL("{}::text").format(value)


def _landed_seq(inbox: Table) -> sql.Composable:
    if landing.SEQUENCE in inbox.columns:
        return sql.SQL("landed.{}").format(sql.Identifier(landing.SEQUENCE))
    return sql.SQL("null::bigint")


def _order_by_default(conn: psycopg.Connection[Any], inbox: Table) -> None:
    """The order of landing from now on, in a table that the loader made."""
    conn.execute(
        sql.SQL("alter table {} add column {} bigint default nextval('taskwho.landed_seq')").format(
            inbox.identifier, sql.Identifier(landing.SEQUENCE)
        )
    )
