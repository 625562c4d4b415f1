"""The table taskwho.runs: one row per run, with the document of its report."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from taskwho.database.sql_folder import SCRIPTS
from taskwho.model.results.counts import Totals
from taskwho.model.results.result import REPORT_PREFIX, RunResult
from taskwho.model.results.standing import LastRun

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class OpenRun(NamedTuple):
    """A run that has not ended; `run_ids` are empty where a `prepare` began it."""

    run_id: int
    started_at: datetime
    run_ids: list[str]


def begin(
    conn: psycopg.Connection[Any], started_at: datetime, run_ids: Sequence[str] = ()
) -> OpenRun:
    """A new run."""
    values = {"started_at": started_at, "run_ids": list(run_ids)}
    [(run_id, began)] = SCRIPTS.run(conn, "begin_run", values)
    return OpenRun(run_id, began, list(run_ids))


def open_run(conn: psycopg.Connection[Any], run_ids: Sequence[str] = ()) -> OpenRun | None:
    """The open run of a tap's run; without ids, the last one that a `prepare` began."""
    row = SCRIPTS.run(conn, "open_run", {"run_ids": list(run_ids)}).fetchone()
    return OpenRun(row[0], row[1], list(run_ids)) if row else None


def dead(conn: psycopg.Connection[Any], before: int) -> list[OpenRun]:
    """Open runs that nobody works on; of those that a `prepare` began, the ones before a number."""
    return [OpenRun(*row) for row in SCRIPTS.run(conn, "dead_runs", {"before": before})]


def last_totals(conn: psycopg.Connection[Any]) -> Totals:
    """The state of the result after the last run that knew it."""
    row = SCRIPTS.run(conn, "last_totals").fetchone()
    return Totals.from_dict(row[0]) if row else Totals()


def report_name(conn: psycopg.Connection[Any], at: datetime) -> str:
    """The name of a report without suffix. No earlier run of this database has it."""
    name = f"{REPORT_PREFIX}{at:%Y%m%d_%H%M%S}"
    [(taken,)] = SCRIPTS.run(conn, "taken_report_names", {"name": name})
    return f"{name}_{taken + 1}" if taken else name


def end(conn: psycopg.Connection[Any], result: RunResult) -> None:
    """Keep the result, beside the run before. Its report is pending until its files are written."""
    result.last_run = _before(conn, result.run_id)
    if result.status == "failed":
        already = result.last_run.failing_since if result.last_run else None
        result.failing_since = already or f"{result.finished_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    document = result.to_dict()
    values = {
        "run_id": result.run_id,
        "run_ids": result.run_ids,
        "finished_at": result.finished_at,
        "status": result.status,
        "mode": result.mode,
        "windows": Jsonb(document["windows"]),
        "counts": Jsonb(document["counts"]),
        "api_calls": result.api.calls,
        "report_name": result.report_name,
        "report": Jsonb(document),
    }
    SCRIPTS.run(conn, "end_run", values)


def _before(conn: psycopg.Connection[Any], run_id: int) -> LastRun | None:
    cursor = conn.cursor(row_factory=dict_row)
    row = cursor.execute(SCRIPTS.compose("last_run"), {"run_id": run_id}).fetchone()
    return LastRun(**row) if row else None


def pending(conn: psycopg.Connection[Any]) -> list[RunResult]:
    """Results whose reports are not written yet, the oldest first."""
    return [RunResult.from_dict(report) for (report,) in SCRIPTS.run(conn, "pending_reports")]


def past(conn: psycopg.Connection[Any], run_id: int | None) -> RunResult | None:
    """The result of a run; of the last one where no number is given. None where there is none."""
    try:
        row = SCRIPTS.run(conn, "past_report", {"run_id": run_id}).fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    return RunResult.from_dict(row[0]) if row else None


def last(conn: psycopg.Connection[Any], limit: int) -> list[RunResult]:
    """The results of the last runs with the paths of their reports, the newest first."""
    try:
        rows = SCRIPTS.run(conn, "last_reports", {"limit": limit}).fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    return [RunResult.from_dict({**report, "report_path": path}) for report, path in rows]


def published(conn: psycopg.Connection[Any], run_id: int, path: str) -> None:
    """The files of a run's report are written; `path` is the markdown file."""
    SCRIPTS.run(conn, "publish_report", {"run_id": run_id, "path": path})


def forget(conn: psycopg.Connection[Any], days: int) -> None:
    """Remove runs that ended so many days ago, and their pages; not what later runs look at."""
    with conn.transaction():
        SCRIPTS.run(conn, "forget_pages", {"days": days})
        SCRIPTS.run(conn, "forget_runs", {"days": days})
