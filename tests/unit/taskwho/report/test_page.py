"""The page says what the report says, at a glance, and stays small whatever happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from taskwho.model.results.result import Record
from taskwho.model.results.standing import LastRun, OrgCount
from taskwho.report.charts import charts
from taskwho.report.files import publish
from taskwho.report.history import MOST_RUNS, past_run, past_runs
from taskwho.report.next_steps import effect, steps
from taskwho.report.page import render_index, render_page
from taskwho.report.verdict import verdict

from tests.support.reporting.report_cases import AT, CASES, NAME

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.results.result import RunResult, Status

RUN = past_run(CASES["healthy"], "earlier")
LARGEST = 2_000_000  # bytes
STATUSES: tuple[Status, ...] = ("ok", "failed", "quota")


@pytest.mark.parametrize("case", CASES)
def test_a_page_has_the_verdict_and_every_next_step(case: str) -> None:
    page = unescape(render_page(CASES[case], []))
    assert verdict(CASES[case]) in page
    text = page.replace("<code>", "").replace("</code>", "")
    said = [part for step in steps(CASES[case]) for part in (step.do, step.because, effect(step))]
    assert [part for part in said if part.replace("`", "") not in text] == []


def test_numbers_stand_beside_those_of_the_run_before() -> None:
    last = LastRun("2025-07-05T18:22:14Z", "ok", health=97.9, waiting=79)
    page = render_page(replace(CASES["mixed"], last_run=last), [])
    assert "▼ 7.90% against 97.90% in the last run" in page
    assert "▲ 421 against 79 in the last run" in page


def test_the_bar_shows_what_is_set_aside_and_the_sum() -> None:
    mixed = CASES["mixed"]
    count = OrgCount("2025-07-06T18:21:10Z", "verify", 5285, 4500, 500, 285)
    totals = replace(mixed.totals, set_aside=285)
    page = render_page(replace(mixed, totals=totals, org_count=count), [])
    assert "Where the 5,285 relations are" in page
    assert "285 set aside" in page
    assert "5,285 = 4,500 in the table + 500 waiting + 285 set aside" in page


def test_the_trend_has_the_last_14_runs() -> None:
    assert "The last 14 runs" in render_page(CASES["healthy"], [RUN] * 30)
    assert "The last 3 runs" in render_page(CASES["healthy"], [RUN] * 2)
    assert "The last" not in render_page(CASES["healthy"], [])


def test_a_page_and_the_page_of_all_runs_stay_under_2_mb() -> None:
    many = CASES["many"]
    long = "<\u202e" * 300
    failed = [Record(False, long, long, long, long, "kept")] * 100_000  # noqa: FBT003
    batches = [{**many.batches[0], "first_id": "<" * 300, "failed": 1}] * 3000
    worst = replace(
        many,
        failed_records=failed,
        standing_records=failed,
        batches=batches,
        warnings=["<" * 9_000],
    )
    page = render_page(worst, [RUN] * MOST_RUNS)
    assert 500 < page.count("<tr>") < 2_010
    assert len(page.encode()) < LARGEST
    assert len(render_index([RUN] * MOST_RUNS).encode()) < LARGEST


def test_a_chart_of_health_begins_near_its_lowest_and_says_so() -> None:
    health, duration, *_ = charts([replace(RUN, health=96.0), replace(RUN, health=98.0)], 95.0)
    assert health.summary.endswith(
        "98.00% in the last run; the chart begins at 90.00%; the dashed line is the goal of 95%"
    )
    assert [bar.height for bar in health.bars] == [54, 72]
    assert duration.summary == (
        "Duration: between 4.5 seconds and 4.5 seconds, 4.5 seconds in the last run"
    )


def test_a_run_of_unknown_health_has_no_bar() -> None:
    health, *_ = charts([replace(RUN, health=None)], 95.0)
    assert (health.summary, health.bars[0].height) == ("Health: unknown", 0)


def publish_all(results: list[RunResult], folder: Path) -> None:
    for result in results:
        publish(result, folder)


def test_the_page_of_all_runs_lists_each_with_a_link(tmp_path: Path) -> None:
    runs = [
        replace(
            CASES["healthy"], run_id=day, report_name=f"{NAME}_{day}", finished_at=AT, status=status
        )
        for day, status in enumerate(STATUSES, 1)
    ]
    publish_all(runs, tmp_path)
    index = (tmp_path / "index.html").read_text()
    assert [f'href="{NAME}_{day}.html"' in index for day in (1, 2, 3)] == [True] * 3
    assert [run.status for run in past_runs(tmp_path)] == [*STATUSES]
    assert (tmp_path / f"{NAME}_3.html").read_text() == (tmp_path / "latest.html").read_text()


def test_a_file_that_is_no_report_is_passed_over(tmp_path: Path) -> None:
    publish_all([CASES["healthy"]], tmp_path)
    for number, text in enumerate(("", "[]", "{}", '{"run_id": 1}', "\x00")):
        (tmp_path / f"{NAME}_9{number}.json").write_text(text)
    assert [run.name for run in past_runs(tmp_path)] == [NAME]


def test_only_the_runs_before_it_are_on_a_page(tmp_path: Path) -> None:
    later = replace(CASES["healthy"], report_name=f"{NAME}_2", finished_at=AT + timedelta(hours=1))
    publish_all([later, CASES["healthy"]], tmp_path)
    assert "The last" not in (tmp_path / f"{NAME}.html").read_text()
