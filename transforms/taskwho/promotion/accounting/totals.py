"""The state of the result: live rows in the table, live rows that wait, how fresh it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from psycopg import sql

from taskwho.database import catalog, runs
from taskwho.database.scripts import Scripts
from taskwho.model.entities import RELATIONS
from taskwho.model.results.counts import Totals
from taskwho.promotion.accounting.coverage import ADVANCING, in_order
from taskwho.promotion.intake.journal import instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from taskwho.database.catalog import Table
    from taskwho.model.results.result import RunResult, Window
    from taskwho.model.settings import PostLoadSettings
    from taskwho.promotion.context import Context
    from taskwho.promotion.promote_stream import Promoted

_SQL = Scripts(__package__)
_LIVE, _ALL = sql.SQL("is_deleted is not true"), sql.SQL("true")


class _Kept(NamedTuple):
    rows: int
    counted_at: datetime


def measure(context: Context, relations: Promoted | None, result: RunResult) -> Totals:
    """Where the result stands after this promotion.

    Rows are counted where no number is kept, and by a full run; else the changes are added up: a
    look at every row would cost more than a small run does.
    """
    conn, settings = context.conn, context.settings
    table = catalog.describe(conn, settings.schema, settings.relations_table)
    if table is None:
        return _totals(conn, settings, None, result.windows)
    counts = result.counts
    kept = _kept(conn, table)
    if kept:
        change = sum(came.live_change for came in relations.outcomes) if relations else 0
        change -= counts.swept + counts.removed
        kept = kept._replace(rows=kept.rows + change)
    is_new = relations is not None and relations.names.into.is_fresh
    if kept is None or is_new or kept.rows < 0 or _was_read_whole(result):
        return count_anew(conn, settings, result.windows)
    _keep(conn, table, kept)
    changed = relations.aside_changed if relations else 0
    changed += counts.swept + counts.removed + counts.removed_waiting
    return _totals(conn, settings, kept, result.windows, knows_aside=not changed)


def count_anew(
    conn: psycopg.Connection[Any], settings: PostLoadSettings, windows: Sequence[Window] = ()
) -> Totals:
    """Count what is live in the table and what waits, whatever was kept of them.

    In the transaction of a promotion, so that no other one changes them meanwhile.
    """
    _SQL.run(conn, "count_waiting")
    table = catalog.describe(conn, settings.schema, settings.relations_table)
    if table is None:
        return _totals(conn, settings, None, windows)
    condition = _LIVE if "is_deleted" in table.columns else _ALL
    query = sql.SQL("select count(*) from {} where {}").format(table.identifier, condition)
    [(rows,)] = conn.execute(query)
    counted = _Kept(rows, datetime.now(UTC))
    _keep(conn, table, counted)
    return _totals(conn, settings, counted, windows)


def _totals(
    conn: psycopg.Connection[Any],
    settings: PostLoadSettings,
    kept: _Kept | None,
    windows: Sequence[Window],
    *,
    knows_aside: bool = False,
) -> Totals:
    stream, before = {"stream": RELATIONS.stream}, runs.last_totals(conn)
    [(waiting, fresh_until, fresh_until_here)] = _SQL.run(
        conn, "waiting_and_fresh", stream | {"modes": list(ADVANCING)}
    )
    set_aside = before.set_aside if knows_aside else 0
    if not set_aside:  # a version that did not count them has left none
        [(set_aside,)] = _SQL.run(conn, "count_set_aside", stream)
    totals = Totals(
        in_table=kept.rows if kept else 0,
        waiting=waiting,
        set_aside=set_aside,
        counted_at=instant(kept.counted_at) if kept else None,
        fresh_until=instant(fresh_until),
        fresh_until_here=instant(fresh_until_here),
        goal=settings.goal,
        fail_below=settings.fail_below,
    )
    _date(totals, before)
    totals.read_from = _read_from(totals, before, windows)
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


def _read_from(totals: Totals, before: Totals, windows: Sequence[Window]) -> str | None:
    """Where the first window began; None where nothing lies before it.

    A later run begins from the bookmark, whatever start_date it has. A window of mode custom that
    ends where the first one began, or later, brings the rows before it.
    """
    found = before.read_from if before.fresh_until else None
    is_first = before.fresh_until is None
    for window in in_order(windows):
        if window.stream != RELATIONS.stream or not window.complete:
            continue
        if window.mode in ADVANCING and (window.from_ is None or is_first):
            found, is_first = window.from_, False
        elif found and window.from_ and window.from_ < found <= (window.to or ""):
            found = window.from_
    return found if totals.fresh_until else None


def _kept(conn: psycopg.Connection[Any], table: Table) -> _Kept | None:
    values = {"schema": table.schema, "name": table.name}
    row = _SQL.run(conn, "known_live_rows", values).fetchone()
    return _Kept(*row) if row else None


def _keep(conn: psycopg.Connection[Any], table: Table, kept: _Kept) -> None:
    values = {"schema": table.schema, "name": table.name}
    _SQL.run(conn, "keep_live_rows", values | kept._asdict())


def _was_read_whole(result: RunResult) -> bool:
    """Whether a run read everything, also one that had no bookmark."""
    return any(
        window.stream == RELATIONS.stream
        and window.mode in ADVANCING
        and window.from_ is None
        and window.complete
        for window in result.windows
    )
