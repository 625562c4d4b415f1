"""The promotion: everything between landing and report, in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from taskwho.database import result_tables, runs
from taskwho.model.entities import RELATIONS
from taskwho.model.result import RunResult
from taskwho.promotion import (
    parents,
    relations,
    session,
)
from taskwho.promotion.accounting import counts, coverage, records, state, status
from taskwho.promotion.context import Context
from taskwho.promotion.deletes import listed, sweep
from taskwho.promotion.intake import journal, take_in

if TYPE_CHECKING:
    import psycopg
    from psycopg import sql

    from taskwho.model.outcome import RunOutcome
    from taskwho.model.settings import PostLoadSettings
    from taskwho.promotion.intake.journal import Entry


def promote(
    conn: psycopg.Connection[Any], settings: PostLoadSettings, outcome: RunOutcome | None
) -> tuple[RunResult, list[sql.Identifier]]:
    """Promote what landed and what waits; runs inside the caller's transaction.

    Gives the result, and the tables that it has changed so much that they want an analyze.
    Raises TaskwhoError or psycopg.Error, after which nothing may be committed.
    """
    began = datetime.now(UTC)
    session.begin(conn, settings)
    landed = take_in.take_in(conn)
    run_id = runs.begin(conn, began)
    entries = journal.keep(conn, run_id)
    result = _result(run_id, began, entries, outcome)
    result.report_name = runs.report_name(conn, began)
    context = Context(
        conn=conn,
        settings=settings,
        run_id=run_id,
        latest=_latest(conn),
        landed=landed,
        ran=frozenset(entry["stream"] for entry in entries if entry["stream"]),
    )
    try:
        _fill(context, result, entries)
        take_in.empty(conn, landed)
        status.conclude(result, settings, outcome)
        state.check(context, result)
        result.finished_at = datetime.now(UTC)
        runs.end(conn, result)
    except BaseException:
        records.discard(settings.reports_dir, result.report_name)
        raise
    return result, context.stale


def _fill(context: Context, result: RunResult, entries: list[Entry]) -> None:
    """Promote the objects in the order in which they refer to each other; count and list."""
    for parent in parents.PARENTS:
        counted = parents.promote(context, parent)
        if counted is not None:
            stream, table = parent.entity.stream, parent.table(context.settings).table
            result.parents[stream] = counted
            _record_rows(context, stream, table, counted.inserted)
    promoted = relations.promote(context)
    if promoted is not None:
        counts.count(context, promoted, result)
        records.collect(context, promoted, result)
    listed.keep(context, result.counts)
    if promoted is not None:
        listed.apply(context, promoted.target, result.counts)
        if context.settings.sweep:
            result.counts.swept, result.sweep = sweep.sweep(context, promoted.target, entries)
        _record_rows(
            context, RELATIONS.stream, context.settings.relations_table, result.counts.inserted
        )
    counts.count_standing(context, result)
    result.warnings = [
        *state.lost_tables(context),
        *coverage.check(context, result.windows),
        *context.warnings,
    ]


def _record_rows(context: Context, stream: str, table: str, inserted: int) -> None:
    result_tables.record(context.conn, stream, context.settings.schema, table, inserted)


def _latest(conn: psycopg.Connection[Any]) -> datetime:
    """The latest stamp that can be true: clocks differ, but one of next year locks its row up."""
    row = conn.execute("select localtimestamp + interval '1 day'").fetchone()
    latest: datetime = row[0] if row else datetime.max  # noqa: DTZ901 - naive UTC, as stored
    return latest


def _result(
    run_id: int, began: datetime, entries: list[Entry], outcome: RunOutcome | None
) -> RunResult:
    """What the journal and `taskwho sync` tell, before anything is promoted."""
    told = [outcome.run_id] if outcome else []
    run_ids = dict.fromkeys(filter(None, [*(entry["run_id"] for entry in entries), *told]))
    modes = [e["mode"] for e in entries if e["mode"] and e["stream"] == RELATIONS.stream]
    fetched = [entry["fetched_at"] for entry in entries if entry["fetched_at"]]
    # from the first request; a clock that is ahead of this one's must not make it negative
    started = (outcome.started_at if outcome else None) or min([began, *fetched])
    return RunResult(
        run_id=run_id,
        run_ids=list(run_ids),
        started_at=started,
        finished_at=began,
        mode=(outcome.mode if outcome else None) or (modes[-1] if modes else None),
        windows=journal.windows(entries),
        batches=[journal.plain(entry) for entry in entries],
        api=journal.usage(entries),
    )
