"""Relations that Salesforce lists as removed: marks as deleted what is stored of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho.database.scripts import Scripts
from taskwho.model.entities import DELETES, RELATIONS
from taskwho.promotion.tables.names import Names
from taskwho.promotion.tables.target import resolve_target

if TYPE_CHECKING:
    from taskwho.model.results.counts import Counts
    from taskwho.promotion.context import Context

_SQL = Scripts(__package__)


def keep_deletes(context: Context, counts: Counts) -> None:
    """Keep what landed of the list in `taskwho.deleted_relations`, also without a result table."""
    if not context.landed.get(DELETES):
        return
    inbox = sql.Identifier(f"inbox_{DELETES}")
    _SQL.run(context.conn, "keep_deletes", inbox=inbox)
    counts.listed_as_removed, unfit = _SQL.run(
        context.conn, "unfit_deletes", inbox=inbox
    ).fetchall()[0]
    if unfit:
        context.warnings.append(
            f"{unfit:,} entries of Salesforce's list of deletes name no relation or no time "
            "of the past, and were passed over. Report it where it happens again."
        )


def apply_deletes(context: Context, counts: Counts) -> None:
    """Mark what is stored and was removed, after the relations that landed with the list.

    A relation that was read with a newer stamp has come back, and stays. A table that refuses the
    change keeps its row, and nothing else of the promotion is lost for it.
    """
    if not context.holds(sql.SQL("select from taskwho.deleted_relations")):
        return
    target = resolve_target(context, RELATIONS)
    if target is None:
        return
    names = Names.of(RELATIONS, target)
    still_live = _SQL.compose("still_live", names)
    _SQL.run_for(context.conn, "deletes_to_apply", names)
    context.analyze(sql.Identifier("to_apply"))
    live = _count(context, still_live)
    if live:
        _mark(context, names, still_live)
        refused = _count(context, still_live)
        counts.removed = live - refused
        if refused:
            context.warnings.append(
                f"{refused:,} relations that were removed in Salesforce are still live in "
                f"{target.table.title}: a constraint or a trigger of it refused to mark them as "
                "deleted. Change it; the next run tries again."
            )
    counts.removed_waiting = _SQL.run_for(context.conn, "removed_waiting", names).rowcount
    _SQL.run(context.conn, "applied_deletes", still_live=still_live)


def _mark(context: Context, names: Names, still_live: sql.Composed) -> None:
    parts = {"still_live": still_live, "marked_deleted": names.into.marked_deleted}
    try:
        with context.conn.transaction():
            _SQL.run_for(context.conn, "mark_removed", names, **parts)
    except (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.RaiseException):
        _SQL.run_for(context.conn, "mark_removed_singly", names, **parts)


def _count(context: Context, query: sql.Composed) -> int:
    return context.number(sql.SQL("select count(*) from ({}) as counted").format(query))
