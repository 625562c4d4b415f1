"""The example of a report: a second, incremental run, promoted by the code and written by it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load
from taskwho.report.markdown import render

from tests.sandbox.org import ids
from tests.support import promoting, seed

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult

    from tests.support.seed import Row

PAGE = Path(__file__).parents[2] / "reports" / "example.md"
BEGAN = datetime(2026, 11, 24, 3, 5, 20, tzinfo=UTC)
ENDED = datetime(2026, 11, 24, 3, 5, 24, tzinfo=UTC)
NAME = "taskwhorelation_sync_results_20261124_030524"
YESTERDAY, TODAY = "2026-11-23T03:04:20Z", "2026-11-24T03:04:20Z"
CHANGED = "2026-11-24T02:30:00.000Z"
RECORDS = 5


def write(url: str) -> str:
    """The page, from an empty database: a full run, then the one that is shown."""
    first = [seed.relation(number, TaskId=seed.task(1 + number % 4)) for number in range(1, 41)]
    seed.create(url)
    for number in (2, 3):
        seed.add_task(url, number)
    promote(url, first, window(1, "full", YESTERDAY, first))
    # a task that was missing has come; others have not
    seed.add_task(url, 4)
    second = [*changed(), *removed(), *new()]
    journal = window(2, "incremental", TODAY, second) | {
        "window_from": "2026-11-23T02:49:20Z",
        "api_used": "104",
        "api_max": "100000",
    }
    result = promote(url, second, journal)
    totals = replace(result.totals, counted_at=YESTERDAY)
    # rows of the tests' tables are as old as the test
    explanation = replace(
        result.explanation,
        table_ends=dict.fromkeys(result.explanation.table_ends, CHANGED),
        explained_at=TODAY,
    )
    for record in result.failed_records:
        record.context = {**(record.context or {}), "waiting_since": TODAY}
    shown = replace(
        result, started_at=BEGAN, finished_at=ENDED, totals=totals, explanation=explanation
    )
    # the names of the files of records too
    return render(replace(shown, report_name=NAME)).replace(result.report_name, NAME)


def changed() -> list[Row]:
    """Relations that are stored, with a newer version."""
    return [seed.relation(number, SystemModstamp=CHANGED) for number in range(4, 12)]


def removed() -> list[Row]:
    """Relations that somebody removed in Salesforce."""
    gone = {"IsDeleted": "true", "SystemModstamp": CHANGED}
    return [seed.relation(number, **gone) for number in (12, 13, 14)]


def new() -> list[Row]:
    """New relations: good ones, those of missing parents, one to a lead, one with a bad date."""
    odd: list[Row] = [
        {"TaskId": seed.task(8)},
        {"TaskId": seed.task(9), "RelationId": seed.contact(9)},
        {"RelationId": ids.make("Lead", 1)},
        {"CreatedDate": "yesterday"},
    ]
    return [
        seed.relation(number, SystemModstamp=CHANGED, **(odd[number - 51] if number > 50 else {}))
        for number in range(41, 55)
    ]


def window(number: int, mode: str, end: str, rows: list[Row]) -> Row:
    """The journal of a run that read one page."""
    read = sorted(row["Id"] for row in rows)
    return promoting.page(
        1,
        run_id=f"run-{number}",
        mode=mode,
        window_to=end,
        records=str(len(rows)),
        counted=str(len(rows)),
        first_id=read[0],
        last_id=read[-1],
        duration_ms="42",
        fetched_at=end,
        outcome="complete",
    )


def promote(url: str, rows: list[Row], journal: Row) -> RunResult:
    """One run: rows and journal land, and are promoted."""
    seed.land(url, rows)
    promoting.land(url, "sync_batches", [journal])
    with tempfile.TemporaryDirectory() as folder:
        return post_load(url, PostLoadSettings(reports_dir=Path(folder), max_records=RECORDS))
