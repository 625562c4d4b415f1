"""What a run prints, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from taskwho.model.reasons import REASONS
from taskwho.model.result import Counts, RunResult
from taskwho.report.summary import summary

AT = datetime(2025, 7, 6, 18, 22, 14, tzinfo=UTC)
COUNTS = Counts(
    retrieved=2392,
    successful=2281,
    failed=106,
    set_aside=5,
    inserted=2000,
    updated=200,
    deleted=1,
    unchanged=80,
    healed=7,
    quarantined_now=1106,
)
RUN = RunResult(
    run_id=7, started_at=AT, finished_at=AT, counts=COUNTS, errors={"missing_task": 106}
)
RETRIEVED = "Retrieved 2,392: 2,281 successful (95.56%), 106 failed, 5 set aside."
WRITTEN = (
    "Inserted 2,000, updated 200, deleted 1, unchanged 80, healed 7; in quarantine now: 1,106."
)


def test_a_run_is_told_in_four_lines_and_the_last_says_what_to_do() -> None:
    assert summary(replace(RUN, report_path="reports/r.md")) == [
        RETRIEVED,
        WRITTEN,
        "Report: reports/r.md",
        f"Next: {REASONS['missing_task'].next_step}",
    ]


def test_a_failed_run_ends_with_its_error() -> None:
    failed = replace(RUN, status="failed", error="The org is down.")
    assert summary(failed) == [RETRIEVED, WRITTEN, "Error: The org is down."]


def test_removed_relations_have_a_line_where_there_are_any() -> None:
    removed = replace(RUN, counts=replace(COUNTS, listed_as_removed=1200, removed=3))
    assert summary(removed)[2] == (
        "Listed as removed 1,200: 3 of them were live and are deleted now."
    )
