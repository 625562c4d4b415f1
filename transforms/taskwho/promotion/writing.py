"""Writes the judged rows into the user's table, so that one bad row never costs another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.promotion.sql_folder import SCRIPTS

if TYPE_CHECKING:
    from taskwho.promotion.context import Context
    from taskwho.promotion.stage import Stage
    from taskwho.promotion.target import Target

# rows between two savepoints
CHUNK = 1000
# from here on the planner's idea of the user's table is out of date
ANALYZE_FROM = 10_000


def write(context: Context, stage: Stage, target: Target) -> int:
    """Rows that the table was to take; what it refused is judged again with the reason."""
    parts = stage.parts | target.parts
    if target.is_fresh:
        return SCRIPTS.run(context.conn, "53_write_all", **parts).rowcount
    to_write = context.number(
        sql.SQL(
            "select count(*) from {judged} where action in ('insert', 'update', 'mark')"
        ).format(**parts)
    )
    if not to_write:
        return 0
    parts["pages_per_chunk"] = sql.Literal(_pages_per_chunk(context, stage))
    for name in (
        "50_refused",
        "51_write_rows",
        "52_write_chunks",
        "54_take_back",
    ):
        SCRIPTS.run(context.conn, name, **parts)
    if stage.is_relations:
        SCRIPTS.run(context.conn, "55_gone_parents", **parts)
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
