"""Writes the judged rows into the user's table, so that one bad row never costs another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database.scripts import Scripts

if TYPE_CHECKING:
    from taskwho.promotion.context import Context
    from taskwho.promotion.stage import Stage
    from taskwho.promotion.tables.target import Target

_SQL = Scripts(__package__)

# rows between two savepoints
CHUNK = 1000
# from here on the planner's idea of the user's table is out of date
ANALYZE_FROM = 10_000


def write(context: Context, stage: Stage, target: Target) -> int:
    """Rows that the table was to take; what it refused is judged again with the reason."""
    parts = stage.parts | target.parts
    if target.is_fresh:
        return _SQL.run(context.conn, "write_all", **parts).rowcount
    to_write = context.number(
        sql.SQL(
            "select count(*) from {judged} where action in ('insert', 'update', 'mark')"
        ).format(**parts)
    )
    if not to_write:
        return 0
    parts["pages_per_chunk"] = sql.Literal(_pages_per_chunk(context, stage))
    for name in (
        "refused",
        "write_functions",
        "write_chunks",
        "take_back",
    ):
        _SQL.run(context.conn, name, **parts)
    if stage.is_relations:
        _SQL.run(context.conn, "gone_parents", **parts)
    return to_write


def freshen(context: Context, target: Target, written: int) -> None:
    """Statistics after a large load; a role that may not is told nothing and loses nothing."""
    if written >= ANALYZE_FROM:
        context.analyze(target.table.identifier)


def _pages_per_chunk(context: Context, stage: Stage) -> int:
    """Chunks are ranges of pages, which needs neither an index nor a number on each row."""
    rows_per_page = context.number(
        sql.SQL(
            "select greatest(1, reltuples / greatest(1, relpages))::integer "
            "from pg_catalog.pg_class where oid = {judged_name}::regclass"
        ).format(**stage.parts)
    )
    return max(1, CHUNK // max(1, rows_per_page))
