"""Counts every relation once, and shows that none is lost between landing and outcome."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database.scripts import Scripts
from taskwho.model.result import Accounting, Counts, Missing
from taskwho.promotion.classify.classify import outcomes
from taskwho.promotion.relations import STAGE

if TYPE_CHECKING:
    from taskwho.model.result import RunResult
    from taskwho.promotion.context import Context
    from taskwho.promotion.relations import Promoted

_SQL = Scripts(__package__)

_WENT_WELL = ("inserted", "updated", "deleted", "unchanged")
_WENT_WRONG = ("failed", "suppressed")
_FOREIGN_KEYS = ("missing_task", "missing_contact", "missing_user")


def count(context: Context, promoted: Promoted, result: RunResult) -> None:
    """Fill counts, accounting and reasons; before a sweep, which is outside the accounting."""
    found = promoted.found
    kept = found.kept + found.kept_aside
    counts = Counts(retrieved=found.landed, retried=found.tried + kept, healed=promoted.healed)
    # those that were not worth a try have come to the same end again by that
    counts.failed_again, counts.set_aside = found.kept, found.kept_aside
    right = kept
    if found.any:
        errors: Counter[str] = Counter()
        for is_retried, outcome, reasons, rows in outcomes(context, STAGE):
            right += rows
            _add(counts, outcome, rows, is_retried=is_retried)
            if outcome in _WENT_WRONG and not is_retried:
                errors.update(dict.fromkeys(_told(reasons), rows))
        result.errors = dict(sorted(errors.items()))
    left = counts.retrieved + counts.retried
    result.counts = counts
    result.accounting = Accounting(left=left, right=right, closes=left == right)


def count_standing(context: Context, result: RunResult) -> None:
    """What waits when all is done, and which parents it waits for."""
    reasons: Counter[str] = Counter()
    for told, rows in _SQL.run(context.conn, "standing_reasons"):
        result.counts.quarantined_now += rows
        reasons.update(dict.fromkeys(told, rows))
    if not result.counts.quarantined_now:
        return
    result.standing_errors = dict(sorted(reasons.items()))
    limit = sql.Literal(context.settings.max_records)
    for parent, missing_id, total in _SQL.run(context.conn, "missing", limit=limit):
        result.missing.setdefault(parent, Missing(total=total)).ids.append(missing_id)


def _add(counts: Counts, outcome: str, rows: int, *, is_retried: bool) -> None:
    if outcome != "failed":
        setattr(counts, outcome, getattr(counts, outcome) + rows)
    if outcome in _WENT_WRONG:
        if is_retried:
            counts.failed_again += rows
        else:
            counts.failed += rows
    elif outcome in _WENT_WELL and not is_retried:
        counts.successful += rows


def _told(reasons: list[str]) -> list[str]:
    """The reasons, and `foreign_key` once for a relation that lacks any parent."""
    lacks = any(reason in _FOREIGN_KEYS for reason in reasons)
    return [*reasons, "foreign_key"] if lacks else reasons
