"""Relations that Salesforce lists as removed: what is stored of them is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho.database.scripts import Scripts
from taskwho.model.entities import DELETES
from taskwho.promotion.relations import STAGE

if TYPE_CHECKING:
    from taskwho.model.result import Counts
    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.target import Target

_SQL = Scripts(__package__)


def keep(context: Context, counts: Counts) -> None:
    """Put what landed of the list into `taskwho.deleted_relations`, also where no result is yet."""
    if not context.landed.get(DELETES):
        return
    parts = {
        "landed_deletes": sql.Identifier(f"inbox_{DELETES}"),
        "latest": sql.Literal(context.latest),
    }
    _SQL.run(context.conn, "keep_deletes", **parts)
    counts.listed_as_removed, unfit = _SQL.run(context.conn, "unfit_deletes", **parts).fetchall()[0]
    if unfit:
        context.warnings.append(
            f"{unfit:,} entries of Salesforce's list of deletes name no relation or no time "
            "of the past, and were passed over. Report it where it happens again."
        )


def apply(context: Context, target: Target, counts: Counts) -> None:
    """Mark what is stored and was removed; comes after the relations that landed with the list.

    A relation removed and then read again with a newer stamp has come back, and stays. A table
    that refuses the change keeps its row, and nothing else of the promotion is lost for it.
    """
    if not context.holds(sql.SQL("select from taskwho.deleted_relations")):
        return
    parts = STAGE.parts | target.parts | {"gone": target.gone}
    parts["still_live"] = _SQL.compose("still_live", **parts)
    _SQL.run(context.conn, "deletes_to_apply", **parts)
    context.analyze(sql.Identifier("to_apply"))
    live = _still_live(context, parts)
    if live:
        _mark(context, parts)
        refused = _still_live(context, parts)
        counts.removed = live - refused
        if refused:
            context.warnings.append(
                f"{refused:,} relations that were removed in Salesforce are still live in "
                f"{target.table.title}: a constraint or a trigger of it refused to mark them as "
                "deleted. Change it; the next run tries again."
            )
    counts.removed_waiting = _SQL.run(context.conn, "removed_quarantine", **parts).rowcount
    _SQL.run(context.conn, "applied_deletes", **parts)


def _mark(context: Context, parts: dict[str, sql.Composable]) -> None:
    try:
        with context.conn.transaction():
            _SQL.run(context.conn, "mark_removed", **parts)
    except (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.RaiseException):
        _SQL.run(context.conn, "mark_removed_singly", **parts)


def _still_live(context: Context, parts: dict[str, sql.Composable]) -> int:
    return context.number(sql.SQL("select count(*) from ({still_live}) as live").format(**parts))
