"""Syncs that may not go on: a second one, and one at its quota."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.meltano_project import SECONDS_TO_END
from tests.support.sync_command import filled_project, last_line, latest_twin, start, taskwho

if TYPE_CHECKING:
    from pathlib import Path

SLOW = {"TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "200", "TAP_SALESFORCE_TASKWHO_CONCURRENCY": "1"}


def wait_for_pages(org: Sandbox, pages: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_END
    while len(org.queries()) < pages:
        assert time.monotonic() < deadline, "the tap asked for nothing"
        time.sleep(0.05)


def test_a_second_sync_says_that_one_is_running(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=2_000, latency_ms=300) as org:
        project = filled_project(tmp_path, org, database_url)
        first = start(project, "sync", **SLOW)
        wait_for_pages(org, 2)
        second = taskwho(project, "sync")
        org.latency_ms = 0
        output, _ = first.communicate(timeout=SECONDS_TO_END)
    assert second.code == 5
    assert last_line(second) == (
        "Error: Another run is at work with the state "
        "dev:tap-salesforce-taskwho-to-target-postgres in this database. Wait for it to end, or "
        "stop it where it runs (Ctrl-C). Nothing was read or changed."
    )
    assert len(list((tmp_path / "reports").glob("taskwho*.json"))) == 1
    assert first.returncode == 0, output


def test_a_quota_stop_is_3_and_the_next_run_goes_on(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=3_000, api_used=70, api_max=100) as org:
        project = filled_project(tmp_path, org, database_url)
        run = taskwho(project, "sync", **SLOW)
        assert run.code == 3, run.output
        assert org.api_used == 80
        assert "WARNING About 15 API calls are needed, and the quota will stop" in run.output
        assert "api_quota_percent_total" in last_line(run)
        twin = latest_twin(project)
        assert (twin["status"], twin["exit_code"]) == ("quota", 3)
        assert twin["counts"]["retrieved"] == 9 * 200
        assert twin["api"] == {"calls": 10, "used": 80, "max": 100}
        told = (tmp_path / "reports" / "latest.md").read_text("utf-8")
        assert "(not complete: quota after 1,800 of 3,000 rows)" in told
        assert "| Run it again: it goes on where it stopped. " in told
        assert "| The run stopped before it used up the API calls that it may use. |" in told
        org.api_used, org.api_max = 0, 100_000
        assert taskwho(project, "sync").code == 0
        assert_equal_to_the_org(org, database_url)


def test_a_quota_stop_of_meltano_s_own_run_is_told_by_the_next_post_load(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=3_000, api_used=0, api_max=40) as org:
        project = filled_project(tmp_path, org, database_url)
        run = project.meltano("run", "sync", **SLOW)
        assert run.code == 1, run.output
        assert run.blocks[-1]["exit_codes"] == {"extractors": 3}
        assert org.api_used == 10
        assert "with a share of its own" in run.errors_of("tap-salesforce-taskwho")[-1]
        assert taskwho(project, "post-load").code == 0
        twin = latest_twin(project)
        assert (twin["status"], twin["counts"]["retrieved"]) == ("quota", 1_800)
        assert "it goes on where it stopped" in twin["next_steps"][0]
