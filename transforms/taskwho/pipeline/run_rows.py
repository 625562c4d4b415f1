"""The row of each run: opened when the run begins, ended whatever becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from taskwho.database import runs
from taskwho.database.migrate import migrations, schema_state
from taskwho.model.errors.running import DID_NOT_FINISH
from taskwho.model.results.result import RunResult
from taskwho.report.record_files import RecordFileWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import psycopg

# a number that no run has
_ALL = 2**62


def open_run(
    conn: psycopg.Connection[Any], reports_dir: Path, run_ids: Sequence[str] = ()
) -> list[RunResult]:
    """Begin a run, and end those before it that nobody ended. Without ids, `prepare` began it."""
    dead = end_dead(conn, reports_dir, before=0 if run_ids else _ALL)
    runs.begin(conn, datetime.now(UTC), run_ids)
    return dead


def end_dead(
    conn: psycopg.Connection[Any], reports_dir: Path, before: int | None = None
) -> list[RunResult]:
    """End the runs that did not finish; each gets a report.

    Runs that a `prepare` began end too where they began before the run `before`: without it, before
    the last one.
    """
    with conn.transaction():
        if before is None:
            last = runs.open_run(conn)
            before = last.run_id if last else 0
        ended = []
        for dead in runs.dead(conn, before):
            began = dead.started_at.astimezone(UTC)
            now = datetime.now(UTC)
            result = RunResult(
                run_id=dead.run_id,
                started_at=began,
                finished_at=now,
                status="failed",
                error=DID_NOT_FINISH.message(began=f"{began:%Y-%m-%d %H:%M:%S}"),
                run_ids=dead.run_ids,
                report_name=_name(conn, now, reports_dir),
                totals=runs.last_totals(conn),
                exit_code=DID_NOT_FINISH.exit_code,
            )
            runs.end(conn, result)
            ended.append(result)
    return ended


def end(conn: psycopg.Connection[Any], result: RunResult, reports_dir: Path) -> None:
    """End the row of a run that was not promoted, and give its result a number and its totals.

    Its report is written next, by whoever called; a schema of another version is left alone.
    """
    if schema_state(conn).number != migrations()[-1].number:
        return
    with conn.transaction():
        result.totals = runs.last_totals(conn)
        run = runs.open_run(conn, result.run_ids) or runs.begin(
            conn, result.started_at, result.run_ids
        )
        result.run_id = run.run_id
        result.report_name = _name(conn, result.finished_at, reports_dir)
        runs.end(conn, result)


def _name(conn: psycopg.Connection[Any], at: datetime, reports_dir: Path) -> str:
    return RecordFileWriter(reports_dir).claim(runs.report_name(conn, at))
