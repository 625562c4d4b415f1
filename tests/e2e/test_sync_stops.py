"""Runs that end early: by hand, by quota, by a kill; the next one goes on."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import psutil
import psycopg
from taskwho.meltano_run import session_processes

from tests.meltano_project import SECONDS_TO_END, Run
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


def test_ctrl_c_stops_between_pages_reports_and_the_next_run_completes(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=6_000, latency_ms=300) as org:
        project = filled_project(tmp_path, org, database_url)
        process = start(project, "sync", **SLOW)
        wait_for_pages(org, 5)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=SECONDS_TO_END)
        assert process.returncode == 130, output
        assert "Traceback" not in output
        twin = latest_twin(project)
        assert twin["status"] == "stopped"
        assert 0 < twin["counts"]["retrieved"] < 6_000
        org.latency_ms = 0
        asked = len(org.queries())
        rest = taskwho(project, "sync")
        assert rest.code == 0, rest.output
        assert "Id > '" in str(org.queries()[asked].soql)
        with psycopg.connect(database_url) as connection:
            assert stored_rows(connection) == Truth(org, connection).rows


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


def test_a_killed_tap_or_loader_is_1_with_a_report_and_the_next_run_completes(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=3_000, latency_ms=300) as org:
        project = filled_project(tmp_path, org, database_url)
        for victim in ("tap-salesforce-taskwho", "target-postgres-taskwho"):
            org.latency_ms = 300
            process = start(project, "sync", **SLOW)
            wait_for_pages(org, len(org.queries()) + 3)
            for child in psutil.Process(process.pid).children(recursive=True):
                if any(word.endswith(f"/{victim}") for word in child.cmdline()[:2]):
                    child.kill()
            output, _ = process.communicate(timeout=SECONDS_TO_END)
            assert process.returncode == 1, output
            assert "Traceback" not in output
            assert latest_twin(project)["status"] == "failed"
            assert last_line(Run(1, output)).startswith("Error: The ")
        org.latency_ms = 0
        rest = taskwho(project, "sync")
        assert rest.code == 0, rest.output
        with psycopg.connect(database_url) as connection:
            assert stored_rows(connection) == Truth(org, connection).rows


def test_a_killed_sync_s_meltano_is_ended_by_the_next_sync(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=3_000, latency_ms=300) as org:
        project = filled_project(tmp_path, org, database_url)
        process = start(project, "sync", **SLOW)
        wait_for_pages(org, 3)
        [meltano] = [
            child
            for child in psutil.Process(process.pid).children()
            if os.getsid(child.pid) == child.pid
        ]
        process.kill()
        process.communicate(timeout=SECONDS_TO_END)
        org.latency_ms = 0
        rest = taskwho(project, "sync")
        assert rest.code == 0, rest.output
        assert not session_processes(meltano.pid)
        with psycopg.connect(database_url) as connection:
            assert stored_rows(connection) == Truth(org, connection).rows
