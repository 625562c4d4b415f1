"""`taskwho.runs`: one row per promotion, and the document that its report is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.types.json import Jsonb

from taskwho.model.result import RunResult

if TYPE_CHECKING:
    from datetime import datetime

    import psycopg

_PREFIX = "taskwhorelation_sync_results_"


def begin(conn: psycopg.Connection[Any], started_at: datetime) -> int:
    """The number of a new run; its row is there if and only if the promotion commits."""
    row = conn.execute(
        "insert into taskwho.runs (run_ids, started_at, status, report_status) "
        "values ('{}', %s, 'running', 'pending') returning run_id",
        (started_at,),
    ).fetchone()
    return int(row[0]) if row else 0


def report_name(conn: psycopg.Connection[Any], at: datetime) -> str:
    """A report's name without suffix, which no earlier run of this database has."""
    name = f"{_PREFIX}{at:%Y%m%d_%H%M%S}"
    taken = conn.execute(
        "select count(*) from taskwho.runs where starts_with(report_name, %s)", (name,)
    ).fetchone()
    number = int(taken[0]) if taken else 0
    return f"{name}_{number + 1}" if number else name


def end(conn: psycopg.Connection[Any], result: RunResult) -> None:
    """Keep the result; its report is pending until its files are written."""
    document = result.to_dict()
    conn.execute(
        "update taskwho.runs set run_ids = %s, finished_at = %s, status = %s, mode = %s, "
        "windows = %s, counts = %s, api_calls = %s, report_name = %s, report = %s "
        "where run_id = %s",
        (
            result.run_ids,
            result.finished_at,
            result.status,
            result.mode,
            Jsonb(document["windows"]),
            Jsonb(document["counts"]),
            result.api.calls,
            result.report_name,
            Jsonb(document),
            result.run_id,
        ),
    )


def pending(conn: psycopg.Connection[Any]) -> list[RunResult]:
    """Results whose reports are not written yet, the oldest first."""
    rows = conn.execute(
        "select report from taskwho.runs "
        "where report_status = 'pending' and report is not null order by run_id"
    ).fetchall()
    return [RunResult.from_dict(report) for (report,) in rows]


def published(conn: psycopg.Connection[Any], run_id: int, path: str) -> None:
    """The report of a run is where `path` says."""
    conn.execute(
        "update taskwho.runs set report_status = 'published', report_path = %s where run_id = %s",
        (path, run_id),
    )
