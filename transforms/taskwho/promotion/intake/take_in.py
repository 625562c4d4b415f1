"""Holds the landing tables while their rows are promoted, and empties them with the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database import catalog, landing, scripts
from taskwho.database.scripts import Scripts
from taskwho.model.entities import ENTITIES, JOURNAL

if TYPE_CHECKING:
    import psycopg

    from taskwho.database.catalog import Column, Table

_SQL = Scripts(__package__)

# How many rows there are and how many differ is all that is asked: 300 rows for each of these say
# it as well as the 30,000 that PostgreSQL would look at.
_SAMPLED = sql.Literal(10)


def take_in(conn: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows that have landed by stream, in views `inbox_<stream>`; no table, no stream.

    Comes before any lock on a user's table: a loader that appends meanwhile waits its turn, and
    nothing is promoted twice or emptied away. The rows are read where they lie, which spares
    copying them, and lets several processes read: none but its own can read a temporary table.
    """
    streams = landing.existing(conn, landing.streams())
    if not streams:
        return {}
    inboxes = sql.SQL(", ").join(sql.Identifier(landing.SCHEMA, stream) for stream in streams)
    conn.execute(sql.SQL("lock table {} in access exclusive mode").format(inboxes))
    joined = {
        entity.stream: [field.source for field in entity.fields if field.kind == "reference"]
        for entity in ENTITIES
    }
    landed = {
        stream: _look_at(conn, stream, joined.get(stream, []))
        for stream in streams
        if stream != JOURNAL
    }
    if JOURNAL in streams:
        landed[JOURNAL] = _copy_journal(conn)
    return landed


def empty(conn: psycopg.Connection[Any], landed: dict[str, int]) -> None:
    """Take away what was taken in, when nothing reads it any more."""
    for stream, rows in landed.items():
        inbox = catalog.require(conn, landing.SCHEMA, stream)
        conn.execute(
            sql.SQL("drop view if exists {} cascade").format(sql.Identifier(f"inbox_{stream}"))
        )
        if rows:
            conn.execute(sql.SQL("truncate {}").format(inbox.identifier))
        if landing.SEQUENCE not in inbox.columns:
            _order_by_default(conn, inbox)


def _look_at(conn: psycopg.Connection[Any], stream: str, joined: list[str]) -> int:
    inbox = catalog.require(conn, landing.SCHEMA, stream)
    fields = [_as_text(inbox, name) for name in landing.streams()[stream] if name != "Id"]
    _SQL.run(
        conn,
        "inbox",
        inbox=sql.Identifier(f"inbox_{stream}"),
        landing=inbox.identifier,
        landed_seq=_landed_seq(inbox),
        told=scripts.lines(
            [sql.Identifier("landed", n) for n in landing.streams()[stream] if n in inbox.columns]
        ),
        columns=scripts.lines(fields),
    )
    row = conn.execute(sql.SQL("select count(*) from {}").format(inbox.identifier)).fetchone()
    landed = int(row[0]) if row else 0
    if landed:
        _analyze(conn, inbox, ["Id", *joined])
    return landed


def _analyze(conn: psycopg.Connection[Any], inbox: Table, joined: list[str]) -> None:
    """Statistics of what is joined by: those of every column would cost three times as much."""
    known = [name for name in joined if name in inbox.columns]
    conn.execute(sql.SQL("set local default_statistics_target = {}").format(_SAMPLED))
    conn.execute(sql.SQL("analyze {} ({})").format(inbox.identifier, scripts.names(known)))
    conn.execute("set local default_statistics_target to default")


def _copy_journal(conn: psycopg.Connection[Any]) -> int:
    inbox = catalog.require(conn, landing.SCHEMA, JOURNAL)
    columns = scripts.lines([_as_text(inbox, field) for field in landing.streams()[JOURNAL]])
    return _SQL.run(conn, "landed_journal", inbox=inbox.identifier, columns=columns).rowcount


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
