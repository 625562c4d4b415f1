"""Takes the landed rows in: copied into this transaction, gone from the inbox with its commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho import landing

if TYPE_CHECKING:
    import psycopg

STREAMS = ("users", "contacts", "tasks", "task_who_relations", "sync_batches")
THERE = """
    select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'taskwho' and relname = any(%s)
"""


def take_in(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows landed by stream, as temporary tables `landed_<stream>`, where there is a table.

    Before any lock on a user's table: a loader that appends meanwhile waits its turn.
    """
    there = {name for (name,) in connection.execute(THERE, [list(STREAMS)]).fetchall()}
    streams = [stream for stream in STREAMS if stream in there]
    names = sql.SQL(", ").join(sql.Identifier("taskwho", stream) for stream in streams)
    connection.execute(sql.SQL("lock table {} in access exclusive mode").format(names))
    return {stream: _take_in(connection, stream) for stream in streams}


def _take_in(connection: psycopg.Connection[Any], stream: str) -> int:
    inbox, copy = sql.Identifier("taskwho", stream), sql.Identifier(f"landed_{stream}")
    connection.execute(
        sql.SQL(
            "alter table {} add column if not exists landed_seq bigint default "
            "nextval('taskwho.landed_seq')"
        ).format(inbox)
    )
    found = connection.execute(
        sql.SQL(
            "create temporary table {} on commit drop as select *, row_number() over "
            "(order by landed_seq nulls first, ctid) as landed_order from {}"
        ).format(copy, inbox)
    )
    for column in landing.TABLES.get(stream, ("Id", "SystemModstamp")):
        connection.execute(
            sql.SQL("alter table {} add column if not exists {} text").format(
                copy, sql.Identifier(column)
            )
        )
    connection.execute(sql.SQL("truncate {}").format(inbox))
    connection.execute(sql.SQL("analyze {}").format(copy))
    return found.rowcount
