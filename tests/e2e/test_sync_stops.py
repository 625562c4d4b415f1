"""Syncs that may not go on: a second one, and one at its quota."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psycopg

from tests.meltano_project import SECONDS_TO_END
from tests.sandbox import Sandbox
from tests.sync_command import filled_project, last_line, latest_twin, start, taskwho
from tests.truth import Truth, stored_rows

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
    assert second.code == 1
    assert "Another `taskwho sync` is running" in last_line(second)
    assert first.returncode == 0, output


def test_a_quota_stop_is_3_and_the_next_run_goes_on(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=3_000, api_used=70, api_max=100) as org:
        project = filled_project(tmp_path, org, database_url)
        run = taskwho(project, "sync", **SLOW)
        assert run.code == 3, run.output
        assert "api_quota_percent_total" in last_line(run)
        twin = latest_twin(project)
        assert twin["status"] == "quota"
        assert 0 < twin["counts"]["retrieved"] < 3_000
        org.api_used, org.api_max = 0, 100_000
        assert taskwho(project, "sync").code == 0
        with psycopg.connect(database_url) as connection:
            assert stored_rows(connection) == Truth(org, connection).rows
