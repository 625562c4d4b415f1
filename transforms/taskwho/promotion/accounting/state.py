"""Whether the state that the runs began from belongs to this database, and was kept."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from taskwho.database import bookmarks, result_tables, shards
from taskwho.database.scripts import Scripts
from taskwho.model.errors import state as errors
from taskwho.promotion.accounting import coverage
from taskwho.promotion.accounting.status import fail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from taskwho.model.results.result import RunResult, Window
    from taskwho.model.results.shards import ShardPlan
    from taskwho.promotion.context import Context


_SQL = Scripts(__package__)


def lost_tables(context: Context, foreign: Mapping[str, str]) -> list[str]:
    """A warning for each table that lost its rows, after which its stream was read anew.

    Not where the run began from a `foreign` state all the same: its error says what to do.
    """
    return [
        f"{lost.title} had {lost.rows:,} rows after an earlier run, and none at "
        f"{_second(lost.at)} UTC: it was emptied, dropped or renamed. So "
        f"the bookmark of {lost.stream} was removed"
        + ("." if lost.stream in foreign else ", and this run read everything.")
        for lost in result_tables.lost_tables(context.conn)
    ]


def open_plans(context: Context) -> list[str]:
    """A warning for each first load that several workers share and that is not done."""
    return [_of_plan(plan) for plan in shards.open_plans(context.conn)]


def _of_plan(plan: ShardPlan) -> str:
    if plan.incomplete:
        return (
            f"These shards have not been read to their end: {', '.join(plan.incomplete)}. Run "
            "`taskwho sync --shard I/N --load-only` for each of them."
        )
    return "All shards have landed. Run `taskwho shards --done`: it sets the bookmark."


def void_foreign(context: Context, windows: list[Window]) -> dict[str, str]:
    """Mark the windows that began from a bookmark which this database had not reached.

    They make nothing fresher, and the next run, which begins from their end, is foreign too: until
    a run has read everything. Gives one sentence for each stream.
    """
    covered = coverage.Covered(context)
    found: dict[str, str] = {}
    for window in coverage.in_order(windows):
        if window.bookmark and covered.is_ahead(window):
            values = {"stream": window.stream, "run_id": window.run_id, "bookmark": window.bookmark}
            _SQL.run(context.conn, "void_window", values | {"promoted_by": context.run_id})
            message = _foreign_message(window, window.bookmark, covered.of(window.stream))
            found.setdefault(window.stream, message)
        covered.add(window)
    return found


def check(
    context: Context, result: RunResult, foreign: Mapping[str, str], *, is_kept: bool
) -> None:
    """Let the run fail where its state is from elsewhere, or was not kept.

    `is_kept`: whoever ran tap and loader has seen to it that the state was written.
    """
    found = list(foreign.values())
    if not is_kept:
        found += _not_kept(context, result.windows)
    if found:
        fail(result, " ".join(found), errors.FOREIGN_STATE.exit_code)


def _foreign_message(window: Window, bookmark: str, covered: datetime | None) -> str:
    stream, shown = window.stream, _second(datetime.fromisoformat(bookmark))
    if covered is None:
        return errors.FOREIGN_STATE.message(stream=stream, bookmark=shown)
    return errors.STATE_AHEAD.message(stream=stream, bookmark=shown, covered=_second(covered))


def _second(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _not_kept(context: Context, windows: list[Window]) -> Iterator[str]:
    """One sentence a stream whose window is complete and whose bookmark no state holds."""
    ends: dict[str, str] = {}
    known: dict[str, list[str]] = defaultdict(list)
    for window in windows:
        known[window.stream] += filter(None, (window.bookmark, window.to))
        if window.complete and window.to and window.mode in coverage.ADVANCING:
            ends[window.stream] = window.to
    for stream in bookmarks.unwritten(context.conn, ends, known):
        yield errors.BOOKMARK_NOT_KEPT.message(stream=stream)
