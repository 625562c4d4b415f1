"""The state of the result: live rows in the table, live rows that wait, how fresh it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from psycopg import sql

from taskwho.database import catalog, runs
from taskwho.database.scripts import Scripts
from taskwho.model.entities import RELATIONS
from taskwho.model.results.result import Totals
from taskwho.promotion.accounting.coverage import ADVANCING
from taskwho.promotion.intake.journal import instant

if TYPE_CHECKING:
    from taskwho.database.catalog import Table
    from taskwho.model.results.result import RunResult
    from taskwho.promotion.context import Context
    from taskwho.promotion.promote_stream import Promoted

_SQL = Scripts(__package__)
_LIVE, _ALL = sql.SQL("is_deleted is not true"), sql.SQL("true")


class _Known(NamedTuple):
    rows: int
    counted_at: datetime


def measure(context: Context, relations: Promoted | None, result: RunResult) -> Totals:
    """Where the result stands after this promotion.

    Live rows are counted where no number is kept, and by a full run; else the changes are added up:
    a look at every row would cost more than a small run does.
    """
    settings = context.settings
    table = catalog.describe(context.conn, settings.schema, settings.relations_table)
    known = _live_rows(context, table, relations, result) if table else None
    [(waiting, set_aside, fresh_until)] = _SQL.run(
        context.conn, "waiting_and_fresh", {"stream": RELATIONS.stream, "modes": list(ADVANCING)}
    )
    totals = Totals(
        in_table=known.rows if known else 0,
        waiting=waiting,
        set_aside=set_aside,
        counted_at=instant(known.counted_at) if known else None,
        fresh_until=instant(fresh_until),
        goal=settings.goal,
        fail_below=settings.fail_below,
    )
    _date(totals, runs.last_totals(context.conn))
    return totals


def _date(totals: Totals, before: Totals) -> None:
    """Since when rows wait, and since when the health is on its side of the goal."""
    now = instant(datetime.now(UTC).replace(microsecond=0))
    if totals.waiting:
        totals.waiting_since = before.waiting_since or now
    if totals.percent is not None:
        was_low = before.percent is not None and before.percent < before.goal
        is_as_before = before.percent is not None and was_low == (totals.percent < totals.goal)
        totals.state_since = (before.state_since if is_as_before else None) or now


def _live_rows(
    context: Context, table: Table, relations: Promoted | None, result: RunResult
) -> _Known:
    values = {"schema": table.schema, "name": table.name}
    row = _SQL.run(context.conn, "known_live_rows", values).fetchone()
    known = _Known(*row) if row else None
    is_new = relations is not None and relations.names.into.is_fresh
    if known:
        change = sum(came.live_change for came in relations.outcomes) if relations else 0
        change -= result.counts.swept + result.counts.removed
        known = known._replace(rows=known.rows + change)
    if known is None or is_new or known.rows < 0 or _was_read_whole(result):
        condition = _LIVE if "is_deleted" in table.columns else _ALL
        query = sql.SQL("select count(*) from {} where {}").format(table.identifier, condition)
        known = _Known(context.number(query), datetime.now(UTC))
    _SQL.run(context.conn, "keep_live_rows", values | known._asdict())
    return known


def _was_read_whole(result: RunResult) -> bool:
    return any(
        window.stream == RELATIONS.stream and window.mode == "full" and window.complete
        for window in result.windows
    )
