"""What a run prints, word for word, and within which bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, get_args

import pytest
from tap_salesforce_taskwho import errors as tap_errors
from target_postgres_taskwho import errors as loader_errors
from taskwho.commands.terminal.summary import tell_summary
from taskwho.commands.terminal.wrapping import columns
from taskwho.model import errors
from taskwho.model.reasons import REASONS
from taskwho.model.results.counts import Counts, Totals
from taskwho.model.results.result import RunResult, Status
from taskwho.model.results.step import Step
from taskwho.report.markdown import render
from taskwho.report.verdict import freshness

from tests.support.reporting.report_cases import CASES, hostile

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
TOTALS = Totals(in_table=98_000, waiting=1_106, fresh_until="2025-07-06T18:20:14Z")
RUN = RunResult(
    run_id=7,
    started_at=AT,
    finished_at=AT,
    report_path="reports/r.md",
    counts=COUNTS,
    totals=TOTALS,
    steps=[Step("Run the job that fills sf_users.", "3 missing users", 106)],
)
if TYPE_CHECKING:
    from types import ModuleType

NUMBERS = "health 98.88% (goal 95%), 98,000 in the table, 1,106 waiting."
READ = "Fresh until 2025-07-06 18:20 UTC. Read 2,392: 2,000 inserted, 106 failed, ..."
HUGE = 10**15
MANY = Totals(in_table=HUGE, waiting=HUGE, fresh_until="2025-07-06T18:20:14Z")
STATUSES: tuple[Status, ...] = get_args(Status)
OUTCOMES = {
    **CASES,
    "hostile": hostile(),
    "huge": replace(RUN, totals=MANY, counts=Counts(retrieved=HUGE, inserted=HUGE, failed=HUGE)),
    "nothing is known": RunResult(run_id=0, started_at=AT, finished_at=AT, status="failed"),
    "a deep folder": replace(RUN, report_path=f"/{'folder/' * 30}r.md"),
    "a word without an end": replace(RUN, steps=[Step("x" * 500)]),
    "wide letters": replace(RUN, steps=[Step("\u6771\u4eac" * 90)]),
    **{
        f"the step of {reason.code}": replace(RUN, steps=[Step(reason.next_step)])
        for reason in REASONS.values()
    },
}
Told = Callable[[RunResult], list[str]]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """The lines on standard output."""

    def lines(result: RunResult) -> list[str]:
        capsys.readouterr()
        tell_summary(result)
        return capsys.readouterr().out.splitlines()

    return lines


def test_a_run_is_its_verdict_three_numbers_what_it_read_and_the_next_step(told: Told) -> None:
    assert told(RUN) == [
        f"Done: {NUMBERS}",
        READ,
        "Report: reports/r.md",
        "Next: (brings in 106 relations) Run the job that fills sf_users.",
    ]


def test_a_failed_run_ends_with_its_error(told: Told) -> None:
    failed = replace(RUN, status="failed", error="The org is down. Run it again.")
    assert told(failed) == [
        f"Failed: {NUMBERS}",
        READ,
        "Report: reports/r.md",
        "Error: The org is down. Run it again.",
    ]


def test_a_long_error_takes_the_place_of_what_was_read(told: Told) -> None:
    failed = replace(RUN, status="failed", error="The org is down. Run it again soon. " * 5)
    assert told(failed)[2:] == [
        "Error: The org is down. Run it again soon. The org is down. Run it again soon.",
        "       The org is down. Run it again soon. The org is down. Run it again soon.",
        "       The org is down. Run it again soon.",
    ]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", OUTCOMES)
def test_whatever_happened_it_is_told_in_five_lines_of_80_columns(
    told: Told, name: str, status: Status
) -> None:
    for report in (None, OUTCOMES[name].report_path or "reports/r.md"):
        fits(told(replace(OUTCOMES[name], status=status, report_path=report)))


@pytest.mark.parametrize("package", [errors, tap_errors, loader_errors], ids=lambda p: p.__name__)
def test_every_error_is_told_in_five_lines_that_begin_with_what_happened(
    told: Told, package: ModuleType
) -> None:
    for problem in package.PROBLEMS:
        error = " ".join(filter(None, (problem.what, problem.why, problem.fix, problem.kept)))
        for more in ("", "\n  grant select on a to b;" * 9, " At " + "/folder" * 40 + "."):
            lines = told(replace(RUN, status="failed", error=error + more))
            fits(lines)
            [begin] = [line for line in lines if line.startswith("Error: ")]
            assert error.startswith(begin.removeprefix("Error: ")[:20])


def fits(lines: list[str]) -> None:
    assert 3 <= len(lines) <= 5, lines
    assert max(map(columns, lines)) <= 80, lines
    assert all(line.isprintable() for line in lines), lines


def test_without_a_terminal_standard_error_has_a_long_error_on_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = "The right is missing. Run:\ngrant select on a to b;"
    tell_summary(replace(RUN, status="failed", error=error))
    out, err = capsys.readouterr()
    assert out.endswith("Error: The right is missing. Run: ...\n")
    assert err == f"Error: {error}\n"
    long = "The org is down. " * 9
    tell_summary(replace(RUN, status="failed", error=long))
    assert capsys.readouterr().err == f"Error: {long}\n"
    tell_summary(replace(RUN, status="failed", error="x" * (80 - len("Error: "))))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("status", "in_table", "label"),
    [
        ("ok", 60, "Degraded: "),
        ("nothing", 60, "Degraded, nothing new: "),
        ("failed", 60, "Failed, degraded: "),
        ("ok", 96, "Done: "),
        ("nothing", 96, "Nothing new: "),
        ("quota", 96, "Quota reached: "),
        ("stopped", 96, "Stopped: "),
    ],
)
def test_a_degraded_table_is_in_the_first_line_whatever_the_run_brought(
    told: Told, status: Status, in_table: int, label: str
) -> None:
    totals = Totals(in_table=in_table, waiting=100 - in_table)
    numbers = (
        f"health {in_table}.00% (goal 95%), {in_table} in the table, {100 - in_table} waiting."
    )
    assert told(replace(RUN, totals=totals, status=status))[0] == label + numbers


def test_a_run_whose_report_cannot_be_written_is_not_told_as_done(told: Told) -> None:
    assert told(replace(RUN, error="No report."))[0] == f"Failed: {NUMBERS}"


def test_a_table_that_makes_the_command_fail_names_its_bound(told: Told) -> None:
    first = told(replace(RUN, totals=Totals(in_table=4, waiting=6)))[0]
    assert first == "Degraded: health 40.00% (under --fail-below 50%), 4 in the table, 6 waiting."


@pytest.mark.parametrize("status", STATUSES)
def test_a_run_that_read_nothing_has_no_success_rate(told: Told, status: Status) -> None:
    for totals in (Totals(), Totals(in_table=0), Totals(in_table=0, waiting=9), TOTALS):
        idle = replace(RUN, status=status, counts=Counts(), totals=totals, errors={})
        text = "\n".join([*told(idle), render(idle)])
        assert "100.00%" not in text
        assert "Nothing read." in text
    first = told(replace(RUN, totals=Totals(in_table=0)))[0]
    assert first == "Done: no live relation is in the table, and none waits."


def test_rows_that_only_waited_were_not_read(told: Told) -> None:
    repair = replace(RUN, counts=Counts(retried=9, healed=9, inserted=9))
    assert told(repair)[1].endswith(" Nothing read, 9 waited: 9 inserted, 9 healed.")


def test_hostile_text_does_nothing_to_the_terminal(told: Told) -> None:
    failed = replace(RUN, status="failed", error="\x1b[2J\u202egnp.exe")
    assert told(failed)[-1] == "Error: {U+001B}[2J{U+202E}gnp.exe"


def test_removed_relations_count_as_deleted(told: Told) -> None:
    removed = replace(RUN, counts=Counts(retrieved=9, listed_as_removed=1200, removed=3))
    assert told(removed)[1].endswith("Read 9: 3 deleted.")


def test_a_table_that_was_not_read_from_the_beginning_says_so(told: Told) -> None:
    totals = replace(TOTALS, read_from="2024-01-31T00:00:00Z")
    line = told(replace(RUN, totals=totals))[1]
    assert line.startswith("Fresh from 2024-01-31 until 2025-07-06 18:20 UTC. Read 2,392.")
    assert freshness(replace(RUN, totals=totals)) == (
        "2025-07-06 18:20:14 UTC; not read: what was last changed before 2024-01-31 00:00:00 UTC "
        "(start_date)"
    )


@pytest.mark.parametrize("until", ["2025-07-06T19:22:14Z", "2025-07-06T17:22:14Z"])
def test_the_clocks_of_two_machines_tell_no_distance(until: str) -> None:
    totals = replace(TOTALS, fresh_until=until)
    expected = until.replace("T", " ").replace("Z", " UTC")
    assert freshness(replace(RUN, totals=totals)) == expected
    # Salesforce's clock and this machine's, which may be hours apart
    totals = replace(totals, fresh_until_here="2025-07-06T18:20:14Z")
    assert freshness(replace(RUN, finished_at=AT, totals=totals)) == (
        f"{expected}, 2 minutes behind Salesforce at the end of this run"
    )
