"""Keeps the rows that could not go in with their reasons, and releases those that went in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import landing
from taskwho.database.scripts import Scripts
from taskwho.promotion import references
from taskwho.promotion.candidates.record import record_of

if TYPE_CHECKING:
    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.names import Names

_SQL = Scripts(__package__)
# what a promotion joins with
_JOINED = ("missing_references", "missing_parents")


def update_quarantine(context: Context, names: Names) -> tuple[int, int]:
    """How many rows changed in the quarantine, and how many left it for the user's table."""
    waited = context.waits(names.entity)
    _SQL.run_for(context.conn, "kept", names, record=record_of(names))
    changed = _SQL.run_for(context.conn, "quarantine", names).rowcount
    if changed and names.entity.references:
        missing = sql.Identifier("missing")
        parent = references.of_parent(
            names.entity,
            sql.SQL("{}.field").format(missing),
            sql.SQL("{}.parent_id").format(missing),
            lambda parent: parent.stream,
        )
        _SQL.run_for(context.conn, "missing_references", names, parent=parent)
    released = context.number(_SQL.compose("release", names)) if waited else 0
    return changed, released


def update_set_aside(context: Context, names: Names) -> int:
    """Keep the rows that belong in no table, and remove others; how many changed."""
    changed = 0
    kept = sql.SQL("select from taskwho.set_aside where stream = {}").format(names.stream)
    if context.holds(kept):
        changed += _SQL.run_for(context.conn, "leave_set_aside", names).rowcount
    run = sql.Literal(context.run_id)
    return changed + _SQL.run_for(context.conn, "set_aside", names, run=run).rowcount


def joined_tables() -> list[sql.Identifier]:
    """The tables whose statistics the next promotion plans with."""
    return [sql.Identifier(landing.SCHEMA, table) for table in _JOINED]
