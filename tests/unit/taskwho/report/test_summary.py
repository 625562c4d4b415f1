"""What a run prints, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from taskwho.model.reasons import REASONS
from taskwho.model.results.result import Counts, RunResult, Status, Totals
from taskwho.report.markdown import render
from taskwho.report.summary import summary
from taskwho.report.verdict import freshness

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
# this machine's clock is an hour behind Salesforce's
TOTALS = Totals(
    in_table=98_000,
    waiting=1_106,
    fresh_until="2025-07-06T19:20:14Z",
    fresh_until_here="2025-07-06T18:20:14Z",
)
RUN = RunResult(
    run_id=7,
    started_at=AT,
    finished_at=AT,
    counts=COUNTS,
    totals=TOTALS,
    errors={"missing_task": 106},
)
HEALTH = "Health 98.88%: live relations in the table 98,000, waiting 1,106."
RETRIEVED = "Retrieved 2,392: 2,281 successful (95.56%), 106 failed, 5 set aside."
WRITTEN = (
    "Inserted 2,000, updated 200, deleted 1, unchanged 80, healed 7; in quarantine now: 1,106."
)


FRESH = "Fresh until 2025-07-06 19:20:14 UTC, 2 minutes behind Salesforce at the end of this run."


def test_a_run_is_told_in_six_lines_and_the_last_says_what_to_do() -> None:
    assert summary(replace(RUN, report_path="reports/r.md")) == [
        HEALTH,
        RETRIEVED,
        WRITTEN,
        FRESH,
        "Report: reports/r.md",
        f"Next: {REASONS['missing_task'].next_step}",
    ]


def test_a_failed_run_ends_with_its_error_and_shows_no_success_rate() -> None:
    failed = replace(RUN, status="failed", error="The org is down.")
    assert summary(failed) == [
        f"The run failed. {HEALTH}",
        RETRIEVED.replace(" (95.56%)", ""),
        WRITTEN,
        FRESH,
        "Error: The org is down.",
    ]


def test_a_degraded_table_is_in_the_first_line_whatever_the_run_brought() -> None:
    low = Totals(in_table=40, waiting=60)
    line = (
        "Degraded: health 40.00%, under the goal of 95%: live relations in the table 40, waiting "
        "60. It is under --fail-below 50 too."
    )
    assert summary(replace(RUN, totals=low))[0] == line
    idle = replace(RUN, totals=low, counts=Counts(), status="nothing")
    assert summary(idle)[0] == f"{line} Nothing had landed since the last run."
    assert summary(replace(idle, status="failed"))[0] == f"The run failed. {line}"


@pytest.mark.parametrize("status", ["ok", "nothing", "failed", "stopped", "quota"])
def test_a_run_that_read_nothing_has_no_success_rate(status: Status) -> None:
    for totals in (Totals(), Totals(in_table=0), Totals(in_table=0, waiting=9), TOTALS):
        idle = replace(RUN, status=status, counts=Counts(), totals=totals, errors={})
        text = "\n".join([*summary(idle), render(idle)])
        assert "100.00%" not in text
        assert ("nothing read" in text) == (status != "failed")
    first = summary(replace(RUN, totals=Totals(in_table=0)))[0]
    assert first == "Nothing yet: no live relation is in the table, and none waits."


def test_hostile_text_does_nothing_to_the_terminal() -> None:
    failed = replace(RUN, status="failed", error="\x1b[2J\u202egnp.exe")
    assert summary(failed)[-1] == "Error: {U+001B}[2J{U+202E}gnp.exe"


def test_removed_relations_have_a_line_where_there_are_any() -> None:
    removed = replace(RUN, counts=replace(COUNTS, listed_as_removed=1200, removed=3))
    assert summary(removed)[3] == (
        "Listed as removed 1,200: 3 of them were live and are deleted now."
    )


@pytest.mark.parametrize("until", ["2025-07-06T19:22:14Z", "2025-07-06T17:22:14Z"])
def test_clocks_of_two_machines_tell_no_distance(until: str) -> None:
    totals = replace(TOTALS, fresh_until=until, fresh_until_here=None)
    expected = until.replace("T", " ").replace("Z", " UTC")
    assert freshness(replace(RUN, finished_at=AT, totals=totals)) == expected
