"""People hear of a failure, of a degradation and of a recovery, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from taskwho.report.monitoring.alert import message, news_of
from taskwho.report.next_steps import next_steps
from taskwho.report.verdict import verdict

from tests.support.reporting.report_cases import CASES, HOSTILE

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult
    from taskwho.report.monitoring.alert import News

GOOD, LOW, BAD = CASES["healthy"], CASES["mixed"], CASES["crash"]
UNREPORTED = replace(GOOD, exit_code=1, error="The report cannot be written.")
STOPPED = replace(GOOD, status="stopped", exit_code=130)
LOW_QUOTA = replace(LOW, status="quota", exit_code=3)
BELOW = replace(LOW, exit_code=4)

TABLE: list[tuple[RunResult, News | None, News | None]] = [
    # the run, what people were told last, what they are told now
    (GOOD, None, None),
    (GOOD, "recovered", None),
    (GOOD, "degraded", "recovered"),
    (GOOD, "failed", "recovered"),
    (CASES["zero"], "recovered", None),
    (CASES["zero"], "failed", "recovered"),
    (LOW, None, "degraded"),
    (LOW, "recovered", "degraded"),
    (LOW, "degraded", None),
    (LOW, "failed", "degraded"),
    (BELOW, "degraded", None),
    (BELOW, None, "degraded"),
    (BAD, None, "failed"),
    (BAD, "failed", "failed"),
    (BAD, "degraded", "failed"),
    (UNREPORTED, None, "failed"),
    (UNREPORTED, "failed", "failed"),
    # what stopped early neither failed nor recovered
    (CASES["quota"], None, None),
    (CASES["quota"], "failed", None),
    (STOPPED, "failed", None),
    (STOPPED, "recovered", None),
    (LOW_QUOTA, "recovered", "degraded"),
    (LOW_QUOTA, "degraded", None),
]


@pytest.mark.parametrize(("result", "told", "news"), TABLE)
def test_people_are_told_what_is_new(
    result: RunResult, told: News | None, news: News | None
) -> None:
    assert news_of(result, told) == news


def test_a_message_has_verdict_step_and_link() -> None:
    result = replace(LOW, report_path=f"reports/{LOW.report_name}.md")
    health, step, link = message(result, "degraded", "https://reports.example.org/")[
        "text"
    ].splitlines()
    assert health == f"taskwho: {verdict(LOW)}"
    assert step == f"Next: {next_steps(LOW)[0]}"
    assert link == f"https://reports.example.org/{LOW.report_name}.html"


def test_without_a_report_or_its_place_there_is_no_link() -> None:
    assert "https://" not in message(LOW, "degraded", "https://reports.example.org")["text"]
    written = replace(LOW, report_path="reports/one.md")
    assert "one" not in message(written, "degraded", "")["text"]


def test_a_failure_says_what_went_wrong() -> None:
    headline, error, step = message(BAD, "failed", "")["text"].splitlines()
    assert headline == f"taskwho: {verdict(BAD)}"
    assert error.startswith("Error: ")
    assert step.startswith("Next: ")
    headline, error, _ = message(UNREPORTED, "failed", "")["text"].splitlines()
    assert headline.startswith("taskwho: The run ended with exit code 1. Health 100.00%: ")
    assert error == "Error: The report cannot be written."


def test_a_recovery_says_so() -> None:
    assert message(GOOD, "recovered", "")["text"].startswith("taskwho: Recovered. Health 100.00%")


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; `&lt;@U1&gt;`"),
        ("@channel wake up", "`@channel` wake up"),
        ("a `b` @all", "a `b` `@all`"),
        ("` @all", "' `@all`"),
        ("see https://evil.example/x now", "see `https://evil.example/x` now"),
        ("mail me@x.org", "mail `me@x.org`"),
        ("two\nlines\x1b[2J", "two lines{U+001B}[2J"),
        ("run `taskwho sync --all`.", "run `taskwho sync --all`."),
    ],
)
def test_text_of_others_is_inert(error: str, shown: str) -> None:
    text = message(replace(BAD, error=error), "failed", "")["text"]
    assert text.splitlines()[1] == f"Error: {shown}"


def test_a_message_stays_readable() -> None:
    text = message(replace(BAD, error=HOSTILE * 1_000), "failed", "")["text"]
    assert len(text) < 8_000
    assert not set(text) & set("<>\u202e\x1b\x00")
