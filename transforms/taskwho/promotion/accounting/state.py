"""Whether the state that the runs began from belongs to this database, and was kept."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from taskwho.database import bookmarks, result_tables, shards
from taskwho.model.errors import state as errors
from taskwho.promotion.accounting import coverage
from taskwho.promotion.accounting.status import fail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.results.result import RunResult, Window
    from taskwho.model.results.shards import ShardPlan
    from taskwho.promotion.context import Context


def lost_tables(context: Context) -> list[str]:
    """A warning for each table that lost its rows, after which its stream was read anew."""
    return [
        f"{lost.title} had {lost.rows:,} rows after an earlier run, and none at "
        f"{lost.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC: it was emptied, dropped or renamed. So "
        f"the bookmark of {lost.stream} was removed, and this run read everything."
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


def check(context: Context, result: RunResult, *, is_kept: bool) -> None:
    """Let the run fail where its state is from elsewhere, or was not kept.

    `is_kept`: whoever ran tap and loader has seen to it that the state was written.
    """
    found = list(_foreign(context, result.windows))
    if not is_kept:
        found += _not_kept(context, result.windows)
    if found:
        fail(result, " ".join(found), errors.FOREIGN_STATE.exit_code)


def _foreign(context: Context, windows: list[Window]) -> Iterator[str]:
    """One sentence a stream whose run began from a bookmark that this database did not reach."""
    covered = coverage.Covered(context)
    seen: set[str] = set()
    for window in windows:
        if window.mode == "incremental" and window.bookmark and window.stream not in seen:
            end, bookmark = covered.of(window.stream), datetime.fromisoformat(window.bookmark)
            if end is None or bookmark > end:
                seen.add(window.stream)
                yield _foreign_message(window.stream, bookmark, end)
        covered.add(window)


def _foreign_message(stream: str, bookmark: datetime, covered: datetime | None) -> str:
    shown = f"{bookmark.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    if covered is None:
        return errors.FOREIGN_STATE.message(stream=stream, bookmark=shown)
    until = f"{covered.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    return errors.STATE_AHEAD.message(stream=stream, bookmark=shown, covered=until)


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
