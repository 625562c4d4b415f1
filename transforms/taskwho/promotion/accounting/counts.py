"""Counts every row once, and shows that none is lost between landing and outcome."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database.scripts import Scripts
from taskwho.model.entities import RELATIONS
from taskwho.model.reasons import FOREIGN_KEY, FOREIGN_KEYS
from taskwho.model.results.counts import Accounting, Counts, ParentCounts
from taskwho.model.results.result import Missing

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult
    from taskwho.promotion.context import Context
    from taskwho.promotion.promote_stream import Promoted

_SQL = Scripts(__package__)
_SUCCEEDED = ("inserted", "updated", "deleted", "unchanged")
_FAILED = ("failed", "suppressed")
_MOST_MISSING = 1_000  # Ids of one parent in a report's JSON


def count(context: Context, promoted: Promoted, result: RunResult) -> None:
    """Count what became of one stream's rows; before a sweep, which is outside the accounting."""
    if promoted.names.entity is RELATIONS:
        _count_relations(promoted, result)
    else:
        result.parents[promoted.names.entity.stream] = _parent_counts(context, promoted)


def count_waiting(context: Context, result: RunResult) -> None:
    """Count what waits after all, and list the parents that it waits for."""
    reasons: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for codes, rows in _waiting(context, RELATIONS.stream):
        result.counts.quarantined_now += rows
        reasons.update(dict.fromkeys(codes, rows))
        if len(codes) == 1:
            alone[codes[0]] += rows
    if not result.counts.quarantined_now:
        return
    result.standing_errors = dict(sorted(reasons.items()))
    result.alone = dict(sorted(alone.items()))
    limit = sql.Literal(_MOST_MISSING)
    for parent, missing_id, total in _SQL.run(context.conn, "missing", limit=limit):
        result.missing.setdefault(parent, Missing(total=total)).ids.append(missing_id)


def _count_relations(promoted: Promoted, result: RunResult) -> None:
    found = promoted.found
    kept = found.kept + found.kept_aside
    counts = Counts(retrieved=found.landed, retried=found.tried + kept, healed=promoted.healed)
    # a row that is not tried again comes to its old end again
    counts.failed_again, counts.set_aside_again = found.kept, found.kept_aside
    errors: Counter[str] = Counter()
    for came in promoted.outcomes:
        if came.outcome == "set_aside" and came.is_retried:
            counts.set_aside_again += came.rows
        elif came.outcome != "failed":
            _add(counts, came.outcome, came.rows)
        if came.outcome in _FAILED:
            _add(counts, "failed_again" if came.is_retried else "failed", came.rows)
            if not came.is_retried:
                errors.update(dict.fromkeys(_with_sum(came.reasons or []), came.rows))
        elif came.outcome in _SUCCEEDED and not came.is_retried:
            counts.successful += came.rows
    result.errors = dict(sorted(errors.items()))
    left = counts.retrieved + counts.retried
    right = kept + sum(came.rows for came in promoted.outcomes)
    result.counts = counts
    result.accounting = Accounting(left=left, right=right, closes=left == right)


def _parent_counts(context: Context, promoted: Promoted) -> ParentCounts:
    found = promoted.found
    counts = ParentCounts(
        retrieved=found.landed, retried=found.tried + found.kept, failed=found.kept
    )
    for came in promoted.outcomes:
        _add(counts, came.outcome, came.rows)
    stream = promoted.names.entity.stream
    counts.quarantined_now = sum(rows for _, rows in _waiting(context, stream))
    return counts


def _waiting(context: Context, stream: str) -> list[tuple[list[str], int]]:
    """How many rows of a stream wait for which reasons."""
    return _SQL.run(context.conn, "waiting_reasons", stream=sql.Literal(stream)).fetchall()


def _add(counts: Counts | ParentCounts, name: str, rows: int) -> None:
    setattr(counts, name, getattr(counts, name) + rows)


def _with_sum(reasons: list[str]) -> list[str]:
    """The reasons, and their sum once for a relation that misses any parent."""
    return [*reasons, FOREIGN_KEY] if set(reasons) & set(FOREIGN_KEYS) else reasons
