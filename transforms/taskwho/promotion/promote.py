"""The promotion: everything between landing and report, in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from taskwho.database import bookmarks, result_tables, runs
from taskwho.model.entities import DELETES, ENTITIES, JOURNAL, RELATIONS
from taskwho.model.results.result import RunResult
from taskwho.promotion import session
from taskwho.promotion.accounting import (
    arrivals,
    batches,
    counts,
    coverage,
    org_count,
    orgs,
    records,
    state,
    status,
    totals,
)
from taskwho.promotion.context import Context
from taskwho.promotion.deletes.listed import apply_deletes, keep_deletes
from taskwho.promotion.deletes.sweep import sweep
from taskwho.promotion.intake import journal
from taskwho.promotion.intake.landed_rows import empty_landing, lock_landing
from taskwho.promotion.promote_stream import promote_stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    import psycopg
    from psycopg import sql

    from taskwho.database.result_tables import LostTable
    from taskwho.model.outcome import RunOutcome
    from taskwho.model.results.result import Window
    from taskwho.model.settings import PostLoadSettings
    from taskwho.promotion.accounting.records import RecordWriter
    from taskwho.promotion.intake.journal import Entry
    from taskwho.promotion.promote_stream import Promoted


def promote(
    conn: psycopg.Connection[Any],
    settings: PostLoadSettings,
    outcome: RunOutcome | None,
    files: RecordWriter,
    *,
    trusts_landed: bool = False,
) -> tuple[RunResult, list[sql.Composable]]:
    """Promote what landed and what waits, inside the caller's transaction.

    Gives the result, and the tables that changed so much that they need new statistics. Lists of
    records that are too long for the result go to `files`. `trusts_landed` saves a first load the
    look for Ids that landed twice. Raises TaskwhoError or psycopg.Error, after which nothing may be
    committed: UniqueViolation also where an Id did.
    """
    began = datetime.now(UTC)
    session.begin(conn, settings)
    # Read before landing is locked: a run beside this one may keep its bookmark at any time, and
    # what it has landed by then is there.
    read_until = bookmarks.ends(conn, [DELETES, *(entity.stream for entity in ENTITIES)])
    found = lock_landing(conn)
    landed = {stream: of_stream.rows for stream, of_stream in found.items()}
    run_ids = [outcome.run_id] if outcome and outcome.run_id else []
    run = runs.open_run(conn, run_ids) or runs.begin(conn, began, run_ids)
    # This comes before any row goes in. `prepare` does the same, but not every pipeline runs it.
    result_tables.forget_lost(conn, settings.result_tables)
    lost = result_tables.lost_tables(conn)
    entries = journal.keep(conn, run.run_id)
    landed[JOURNAL] = len(entries)
    result = _result(run, began, entries, outcome)
    mixed = orgs.of_another(conn, settings, entries, run.run_id)
    if mixed:
        orgs.leave_out(conn, landed, entries, run.run_id)
        result.windows, entries, read_until = [], [], {}
        landed = dict.fromkeys(landed, 0)
    result.replaced = {stream: each.replaced for stream, each in found.items() if each.replaced}
    result.report_name = files.claim(runs.report_name(conn, began))
    context = Context(
        conn=conn,
        settings=settings,
        run_id=run.run_id,
        landed=landed,
        unread={stream: of_stream.unread for stream, of_stream in found.items()},
        ran=frozenset(entry["stream"] for entry in entries if entry["stream"]),
        trusts_landed=trusts_landed,
    )
    foreign = _from_elsewhere(context, result.windows, lost, read_until)
    _fill(context, result, entries, files)
    result.warnings = [*state.lost_rows(context, result.windows, lost), *result.warnings]
    empty_landing(conn, landed)
    status.conclude(result, outcome)
    status.check_waiting(context, result)
    state.check(context, result, foreign, is_kept=outcome is not None)
    orgs.check(result, mixed)
    result.finished_at = datetime.now(UTC)
    runs.end(conn, result)
    return result, context.changed


def _from_elsewhere(
    context: Context,
    windows: list[Window],
    lost: list[LostTable],
    read_until: Mapping[str, str],
) -> dict[str, str]:
    """The streams whose state does not fit the rows that are here, each with its error."""
    gone = {table.stream for table in lost}
    missing = arrivals.void_not_landed(context, windows)
    windows = [window for window in windows if window.stream not in missing]
    foreign = missing | state.void_foreign(context, windows, gone)
    others = {s: bookmark for s, bookmark in read_until.items() if s not in {*gone, *foreign}}
    return foreign | state.landed_elsewhere(context, windows, others)


def _fill(context: Context, result: RunResult, entries: list[Entry], files: RecordWriter) -> None:
    """Promote the objects in the order in which they refer to each other; count and list."""
    promoted = {entity: promote_stream(context, entity) for entity in ENTITIES}
    for stream in filter(None, promoted.values()):
        counts.count(context, stream, result)
        _record_rows(context, stream)
    relations = promoted[RELATIONS]
    if relations:
        batches.count_failures(context, relations, result)
        records.collect(context, relations, result, files)
    keep_deletes(context, result.counts)
    apply_deletes(context, result.counts)
    if context.settings.sweep:
        result.counts.swept, result.sweep = sweep(context, relations, entries)
    counts.count_waiting(context, result)
    result.totals = totals.measure(context, relations, result)
    result.org_count = org_count.measure(context, result)
    result.warnings = [
        *state.open_plans(context),
        *coverage.check(context, result.windows),
        *context.warnings,
    ]


def _record_rows(context: Context, promoted: Promoted) -> None:
    """Record how many rows are in the stream's table, so that one that loses them is noticed."""
    into, stream = promoted.names.into, promoted.names.entity.stream
    result_tables.record(
        context.conn,
        stream,
        into.table.schema,
        into.table.name,
        inserted=sum(found.rows for found in promoted.outcomes if found.outcome == "inserted"),
        is_fresh=into.is_fresh,
    )


def _result(
    run: runs.OpenRun, began: datetime, entries: list[Entry], outcome: RunOutcome | None
) -> RunResult:
    """What the journal and `taskwho sync` report, before anything is promoted."""
    run_ids = dict.fromkeys(filter(None, [*(entry["run_id"] for entry in entries), *run.run_ids]))
    modes = [e["mode"] for e in entries if e["mode"] and e["stream"] == RELATIONS.stream]
    fetched = [entry["fetched_at"] for entry in entries if entry["fetched_at"]]
    # from the first request; a clock that is ahead of this one's must not make it negative
    started = (outcome.started_at if outcome else None) or min([run.started_at, *fetched])
    return RunResult(
        run_id=run.run_id,
        run_ids=list(run_ids),
        started_at=started,
        finished_at=began,
        mode=(outcome.mode if outcome else None) or (modes[-1] if modes else None),
        windows=journal.windows(entries),
        batches=[journal.plain(entry) for entry in entries],
        api=(outcome.api if outcome else None) or journal.usage(entries),
    )
