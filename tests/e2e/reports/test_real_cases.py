"""The reports of nine kinds of runs, really made; what their steps say is what they do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.reporting.real_cases import CASES, company

if TYPE_CHECKING:
    from taskwho import RunResult

# what the one on call has to read at the top of each report
FIRST = {
    "healthy": "> Health 9",
    "mixed": "> Degraded: health ",
    "stale": "> Degraded: health ",
    "zero": "> Health 100.00%",
    "crash": "> The run failed. Health 100.00%",
    "login": "> The run failed. Health 100.00%",
    "quota": "> The run stopped before the API quota was used up.",
    "many": "> Degraded: health ",
    "repair": "> Health 100.00%",
}
SAID = {
    "zero": ["(nothing read)", "Nothing to do."],
    "mixed": [
        "One missing user blocks 18 of 40",
        "inactive; 2 of the 18 relations that need it wait for another record too | 16 relations",
    ],
    "stale": ["newer than your table"],
    "crash": ["did not finish", "**Failures**"],
    "login": ["authentication failure", "**Failures**"],
    "quota": ["it goes on where it stopped", "API Share**: 80.00% of the org's daily API calls"],
    "many": ["50,000", "_failed.csv", "health 50.00%"],
    "repair": ["counted by `taskwho verify`", "It adds up.", "; this run made 3 calls"],
}


@pytest.mark.parametrize("case", CASES)
def test_a_report_says_at_its_top_what_happened(
    case: str, database_url: str, tmp_path: Path
) -> None:
    run, withheld = CASES[case]
    with company(database_url, tmp_path, withheld) as at:
        result = run(at)
    report = Path(str(result.report_path))
    text = report.read_text()
    assert text.split("\n")[2].startswith(FIRST[case]), text[:600]
    assert [words for words in SAID.get(case, []) if words not in text] == []
    assert len(text.encode()) < 20_000
    assert len(report.with_suffix(".html").read_bytes()) < 2_000_000
    assert result.accounting.closes


@pytest.mark.parametrize("case", ["healthy", "mixed", "stale"])
def test_a_step_that_is_followed_brings_in_what_it_says(
    case: str, database_url: str, tmp_path: Path
) -> None:
    run, withheld = CASES[case]
    with company(database_url, tmp_path, withheld) as at:
        result = run(at)
        assert bringing(result)
        while steps := bringing(result):
            command, brings_in = steps[0]
            result = at.follow(command)
            assert result.counts.healed == brings_in, command
    assert result.totals.waiting == 0


def bringing(result: RunResult) -> list[tuple[str, int]]:
    """The commands of the steps that bring rows in, with how many."""
    return [
        (re.findall(r"`taskwho (sync[^`]*)`", step.do)[0], step.brings_in)
        for step in result.steps
        if step.brings_in and step.certain
    ]
