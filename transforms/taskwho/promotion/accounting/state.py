"""Whether the state that the runs began from belongs to this database, and was kept."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import bookmarks, result_tables, shards
from taskwho.database.scripts import Scripts
from taskwho.model.entities import DELETES
from taskwho.model.errors import state as errors
from taskwho.promotion.accounting import coverage
from taskwho.promotion.accounting.status import fail
from taskwho.promotion.intake.journal import instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from taskwho.database.result_tables import LostTable
    from taskwho.model.results.result import RunResult, Window
    from taskwho.model.results.shards import ShardPlan
    from taskwho.promotion.context import Context


_SQL = Scripts(__package__)


def lost_rows(context: Context, windows: list[Window], tables: list[LostTable]) -> list[str]:
    """A warning for each table that lost its rows, and which run reads its stream anew."""
    in_part = {w.stream for w in windows if w.bookmark or w.mode not in coverage.ADVANCING}
    came = {stream for stream, rows in context.landed.items() if rows} | context.ran
    return [_of_lost(context, table, came - in_part) for table in tables]


def _of_lost(context: Context, lost: LostTable, whole: set[str]) -> str:
    schema, name = context.settings.result_tables.get(lost.stream, (lost.schema, lost.name))
    if (schema, name) == (lost.schema, lost.name):
        what = (
            f"{lost.title} had {lost.rows:,} rows after an earlier run, and none at "
            f"{_second(lost.at)} UTC: it was emptied, dropped or renamed."
        )
    else:
        what = (
            f"The rows of {lost.stream} go into {schema}.{name} now. Those of earlier runs went "
            f"into {lost.title}, {lost.rows:,} in all."
        )
    reads = "this run read" if lost.stream in whole else "the next run reads"
    return f"{what} So the bookmark of {lost.stream} was removed, and {reads} everything."


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


def void_foreign(context: Context, windows: list[Window], lost: set[str]) -> dict[str, str]:
    """Mark the windows that runs read from a state of elsewhere; one sentence for each stream.

    Such a run began from a bookmark that this database has not reached, or went on in a window
    whose first rows are not here. Its windows make nothing fresher. The next run begins from their
    end, and is foreign too, until a run has read everything. `lost` are the streams whose tables
    have lost their rows, as no report has told yet.
    """
    covered, begun = coverage.Covered(context), _begun_elsewhere(context)
    found: dict[str, str] = {}
    for window in coverage.in_order(windows):
        after = begun.get((window.stream, window.from_, window.to))
        if after is None and not covered.is_ahead(window):
            covered.add(window)
            continue
        values = {"window_from": window.from_, "window_to": window.to, "stream": window.stream}
        _SQL.run(context.conn, "void_window", values | {"promoted_by": context.run_id})
        end = covered.of(window.stream)
        message = _foreign_message(window, end, after, is_lost=window.stream in lost)
        found.setdefault(window.stream, message)
    return found


def landed_elsewhere(
    context: Context, windows: list[Window], read_until: Mapping[str, str]
) -> dict[str, str]:
    """One sentence for each stream whose bookmark is later than every page that has arrived here.

    `read_until` holds the bookmarks as they were before landing was locked. A loader passes a STATE
    on after its rows, so these rows have landed by then. A pipeline may leave the journal out.
    Where no page of a stream has ever arrived, it is enough that rows have. The list of deletes has
    no table, and is not judged then.
    """
    if not read_until:
        return {}
    covered = coverage.Covered(context)
    for window in coverage.in_order(windows):
        covered.add(window)
    arrived = {DELETES, *result_tables.streams(context.conn)}
    arrived |= {stream for stream, rows in context.landed.items() if rows}
    found: dict[str, str] = {}
    for stream, bookmark in read_until.items():
        end, at = covered.of(stream), _moment_or_none(bookmark)
        if at is None or (stream in arrived if end is None else at <= end):
            continue
        values = {"stream": stream, "bookmark": _second(at)}
        found[stream] = errors.LANDED_ELSEWHERE.message(**values)
    return found


def _begun_elsewhere(context: Context) -> dict[tuple[str, str | None, str | None], str]:
    """The windows whose first rows are not here, each with the Id after which a run went on."""
    rows = _SQL.run(context.conn, "begun_elsewhere", run=sql.Literal(context.run_id))
    return {(stream, instant(from_), instant(to)): after_id for stream, from_, to, after_id in rows}


def check(
    context: Context, result: RunResult, foreign: Mapping[str, str], *, is_kept: bool
) -> None:
    """Let the run fail where its state is from elsewhere, or was not kept.

    `is_kept`: whoever ran tap and loader has seen to it that the state was written.
    """
    found = list(foreign.values())
    if not is_kept:
        found += _not_kept(context, [w for w in result.windows if w.stream not in foreign])
    if found:
        fail(result, " ".join(found), errors.FOREIGN_STATE.exit_code)


def _foreign_message(
    window: Window, covered: datetime | None, after: str | None, *, is_lost: bool
) -> str:
    if after is not None:
        return errors.WINDOW_BEGUN_ELSEWHERE.message(stream=window.stream, after=after)
    values = {"stream": window.stream, "bookmark": _second(_moment(window.bookmark))}
    if is_lost:
        return errors.TABLE_LOST.message(**values)
    if covered is None:
        return errors.FOREIGN_STATE.message(**values)
    return errors.STATE_AHEAD.message(**values, covered=_second(covered))


def _moment(written: str | None) -> datetime:
    return datetime.fromisoformat(str(written))


def _moment_or_none(written: str) -> datetime | None:
    """A time with its zone; None where somebody set something else."""
    with contextlib.suppress(ValueError):
        found = _moment(written)
        return found if found.tzinfo else None
    return None


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
