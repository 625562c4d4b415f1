"""Ids that a table without a unique key holds more than once. They cost nobody a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database.scripts import Scripts

if TYPE_CHECKING:
    import psycopg

    from taskwho.database.catalog import Table
    from taskwho.promotion.context import Context

_SQL = Scripts(__package__)
_LISTED = 5


def repeated_ids(conn: psycopg.Connection[Any], table: Table, key: str) -> str | None:
    """What to say of them, None where there are none; reads tables whose key is not unique."""
    if table.columns[key].is_unique:
        return None
    column, limit = sql.Identifier(key), sql.Literal(_LISTED)
    found = _SQL.run(
        conn, "repeated_ids", table=table.identifier, key=column, limit=limit
    ).fetchall()
    if not found:
        return None
    ids, more = ", ".join(row[0] for row in found), found[0][1] - len(found)
    return (
        f"{table.title} holds Ids more than once: {ids}{f' and {more:,} more' if more else ''}. "
        "Each of them counts as one. Remove the copies, then run `alter table "
        f"{table.identifier.as_string()} add unique ({column.as_string()})`."
    )


def warn(context: Context, table: Table, key: str) -> bool:
    """Name the Ids in the report; whether there are any."""
    said = repeated_ids(context.conn, table, key)
    if said:
        context.warn(said)
    return said is not None
