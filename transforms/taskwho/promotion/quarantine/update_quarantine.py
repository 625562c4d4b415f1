"""Rows that cannot go in wait here with their reasons; what need not wait any more leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import landing
from taskwho.database.scripts import Scripts
from taskwho.promotion.write.write_rows import ANALYZE_FROM

if TYPE_CHECKING:
    from taskwho.promotion.context import Context
    from taskwho.promotion.stage import Stage

_SQL = Scripts(__package__)


def settle(context: Context, stage: Stage) -> int:
    """Write what changed, release what went in; how many went in that had waited."""
    waited = context.holds(
        sql.SQL("select from {quarantine} as failed where {of_stream}").format(**stage.parts)
    )
    name = "quarantine_relations" if stage.is_relations else "quarantine_parents"
    changed = _SQL.run(context.conn, name, **stage.parts).rowcount
    if stage.is_relations and changed >= ANALYZE_FROM:
        context.stale.append(sql.Identifier(landing.SCHEMA, "missing_parents"))
    if not waited:
        return 0
    return context.number(_SQL.compose("release", **stage.parts))
