"""The daily calls: what is left of them is used, and none that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, TapRun, run_tap, selecting

if TYPE_CHECKING:
    from pathlib import Path

SMALL = {"page_size": 200}
ANNOUNCED = "quota will stop this run"


def run(org: Sandbox, folder: Path, **settings: Any) -> TapRun:  # noqa: ANN401 - any setting
    catalog = selecting(RELATIONS, "sync_batches")
    return run_tap(org, folder, catalog=catalog, **{"api_quota_percent_run": 100, **settings})


def all_ids(org: Sandbox) -> list[str]:
    return sorted(record["Id"] for record in org.truth())


@pytest.mark.parametrize("concurrency", [1, 4])
def test_a_run_for_which_the_calls_left_just_do_ends_well(tmp_path: Path, concurrency: int) -> None:
    # a count and five pages, the last of them short
    with Sandbox(rows=900, api_used=74, api_max=100) as org:
        done = run(org, tmp_path, concurrency=concurrency, **SMALL)
        assert done.code == 0, done.log
        assert done.ids() == all_ids(org)
        assert ANNOUNCED not in done.log
        assert org.api_used == 80


@pytest.mark.parametrize("concurrency", [1, 4])
def test_one_call_less_is_announced_and_stops_before_the_last_page(
    tmp_path: Path, concurrency: int
) -> None:
    with Sandbox(rows=900, api_used=75, api_max=100) as org:
        stopped = run(org, tmp_path, concurrency=concurrency, **SMALL)
        assert stopped.code == 3
        assert ANNOUNCED in stopped.log
        assert stopped.ids() == all_ids(org)[:800]
        assert org.api_used == 80


@pytest.mark.parametrize("rows", [900, 5_000])
def test_pages_in_flight_go_no_further_than_the_share_and_the_next_run_goes_on(
    tmp_path: Path, rows: int
) -> None:
    with Sandbox(rows=rows, api_used=0, api_max=20) as org:
        stopped = run(org, tmp_path, concurrency=4, api_quota_percent_total=20, **SMALL)
        assert (stopped.code, org.api_used) == (3, 4)
        assert stopped.journal[-1]["outcome"] == "quota"
        assert stopped.bookmark()["window"]["after_id"] == stopped.ids()[-1]
        org.api_max = 100_000
        rest = run(org, tmp_path, state=stopped.state, **SMALL)
        assert stopped.ids() + rest.ids() == all_ids(org)


def test_a_run_s_own_share_stops_it_and_the_next_one_has_a_share_of_its_own(
    tmp_path: Path,
) -> None:
    with Sandbox(rows=2_500, api_used=0, api_max=100) as org:
        cut = run(org, tmp_path, api_quota_percent_run=10, concurrency=1, **SMALL)
        assert (cut.code, org.api_used) == (3, 10)
        assert "with a share of its own" in cut.last_line
        rest = run(org, tmp_path, state=cut.state, api_quota_percent_run=10, **SMALL)
        assert rest.code == 0, rest.log
        assert cut.ids() + rest.ids() == all_ids(org)


def test_a_quota_that_is_used_up_before_costs_the_one_call_that_shows_it(tmp_path: Path) -> None:
    with Sandbox(rows=500, api_used=99, api_max=200, limit_info="reversed") as org:
        stopped = run(org, tmp_path, api_quota_percent_total=50)
        assert (stopped.code, stopped.ids(), org.api_used) == (3, [], 100)
        [entry] = stopped.journal
        assert entry["outcome"] == "quota"
        # the answer that showed it tells of the calls
        assert (entry["api_used"], entry["api_max"]) == (org.api_used, org.api_max)
        assert "The next run goes on where this one ended" in stopped.last_line


def test_an_org_without_a_call_left_stops_the_run(tmp_path: Path) -> None:
    with Sandbox(rows=500, api_used=100, api_max=100) as org:
        stopped = run(org, tmp_path)
        assert (stopped.code, stopped.ids()) == (3, [])
        assert "REQUEST_LIMIT_EXCEEDED" in stopped.last_line


@pytest.mark.parametrize("concurrency", [1, 4])
def test_the_journal_counts_every_call_of_a_run(tmp_path: Path, concurrency: int) -> None:
    with Sandbox(rows=5_000) as org:
        org.faults.add("503", "empty", times=1)
        done = run(org, tmp_path, concurrency=concurrency, **SMALL)
        assert sum(entry["attempts"] for entry in done.journal) == len(org.queries())
