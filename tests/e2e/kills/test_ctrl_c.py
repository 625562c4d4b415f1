"""Ctrl-C on `taskwho sync`, wherever it strikes: 130, no traceback, nothing lost, nothing left."""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.meltano_project import SECONDS_TO_END, Project, Run
from tests.support.observing import (
    HAS_LANDED,
    WAITS_FOR_A_LOCK,
    child,
    files_left,
    is_seen,
    living,
)
from tests.support.observing import wait_for as wait_until
from tests.support.sync_command import filled_project, latest_twin, start, taskwho

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 2_000
PAGES = ROWS // 200
SLOW = {"TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "200", "TAP_SALESFORCE_TASKWHO_CONCURRENCY": "1"}
# longer than any test waits: a request that nobody answers
BETWEEN_SIGNALS = 0.3
NEVER_MS = 10_000_000


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS, latency_ms=NEVER_MS) as org:
        yield org
        org.latency_ms = 0


@pytest.fixture
def project(tmp_path: Path, org: Sandbox, database_url: str) -> Project:
    return filled_project(tmp_path, org, database_url)


def test_ctrl_c_stops_between_pages_reports_and_the_next_run_completes(
    project: Project, org: Sandbox, database_url: str
) -> None:
    org.latency_ms = 300
    sync = start(project, "sync", **SLOW)
    wait_until(lambda: len(org.queries()) > PAGES // 3, "the first pages")
    org.latency_ms = 2_000  # pages are left, however late the loader starts
    wait_until(lambda: is_seen(database_url, HAS_LANDED), "rows that land")
    assert_stopped(project, press(sync))
    assert 0 < latest_twin(project)["counts"]["retrieved"] < ROWS
    org.latency_ms = 0
    asked = len(org.queries())
    assert_next_run_completes(project, org, database_url)
    assert "Id > '" in str(org.queries()[asked].soql)


def test_ctrl_c_before_anything_is_read_ends_at_once_with_a_report(
    project: Project, database_url: str
) -> None:
    sync = start(project, "sync")
    with held(database_url, "create schema taskwho"):
        wait_until(lambda: is_seen(database_url, WAITS_FOR_A_LOCK), "prepare")
        assert_stopped(project, press(sync))


def test_ctrl_c_before_the_first_page_waits_for_no_answer(
    project: Project, org: Sandbox, database_url: str
) -> None:
    tap_starts = start(project, "sync")
    wait_until(lambda: [*project.folder.glob(".taskwho/runs/*/tap.json")], "a tap with settings")
    assert_stopped(project, press(tap_starts))
    assert not org.queries()

    tap_counts = start(project, "sync", **SLOW)
    wait_until(org.queries, "the count")
    assert_stopped(project, press(tap_counts))

    org.latency_ms = 0
    assert_next_run_completes(project, org, database_url)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_service_manager_s_stop_and_a_closed_terminal_are_a_ctrl_c(
    project: Project, org: Sandbox, database_url: str, number: signal.Signals
) -> None:
    org.latency_ms = 300
    with inherited(number, signal.SIG_DFL):
        sync = start(project, "sync", **SLOW)
    wait_until(lambda: is_seen(database_url, HAS_LANDED), "rows that land")
    assert_stopped(project, press(sync, number=number))
    org.latency_ms = 0
    assert_next_run_completes(project, org, database_url)


def test_under_nohup_a_closed_terminal_stops_nothing(
    project: Project, org: Sandbox, database_url: str
) -> None:
    org.latency_ms = 100
    with inherited(signal.SIGHUP, signal.SIG_IGN):  # as nohup does
        sync = start(project, "sync", **SLOW)
    wait_until(lambda: is_seen(database_url, HAS_LANDED), "rows that land")
    run = press(sync, number=signal.SIGHUP)
    assert run.code == 0, run.output
    assert_equal_to_the_org(org, database_url)


def test_ctrl_c_twice_ends_tap_and_loader_at_once_and_what_landed_is_promoted(
    project: Project, org: Sandbox, database_url: str
) -> None:
    org.latency_ms = 300
    sync = start(project, "sync", **SLOW)
    wait_until(lambda: is_seen(database_url, HAS_LANDED), "rows that land")
    org.latency_ms = NEVER_MS
    assert_stopped(project, press(sync, times=2))
    assert latest_twin(project)["counts"]["retrieved"] > 0
    org.latency_ms = 0
    assert_next_run_completes(project, org, database_url)


def test_ctrl_c_once_in_the_promotion_lets_it_end(
    project: Project, org: Sandbox, database_url: str
) -> None:
    org.latency_ms = 0
    with held(database_url, "lock table sf_contacts"):
        sync = start(project, "sync")
        wait_until(lambda: is_seen(database_url, WAITS_FOR_A_LOCK), "the promotion")
        sync.send_signal(signal.SIGINT)
        wait_until(lambda: not child(sync.pid, "tap"), "the end of the tap")
    output, _ = sync.communicate(timeout=SECONDS_TO_END)
    assert sync.returncode == 130, output
    assert latest_twin(project)["counts"]["retrieved"] == ROWS
    assert_equal_to_the_org(org, database_url)


def test_ctrl_c_three_times_ends_the_promotion_and_leaves_what_landed_to_the_next_one(
    project: Project, org: Sandbox, database_url: str
) -> None:
    org.latency_ms = 0
    with held(database_url, "lock table sf_contacts"):
        sync = start(project, "sync")
        wait_until(lambda: is_seen(database_url, WAITS_FOR_A_LOCK), "the promotion")
        assert_stopped(project, press(sync, times=3))
    asked = len(org.queries())
    promoted = taskwho(project, "post-load", "--no-explain")
    assert promoted.code == 0, promoted.output
    assert len(org.queries()) == asked
    assert_equal_to_the_org(org, database_url)


@contextmanager
def held(url: str, statement: str) -> Iterator[None]:
    """What others wait for until the end."""
    with psycopg.connect(url) as holder:
        holder.execute(statement.encode())
        yield
        holder.rollback()


def press(
    process: subprocess.Popen[str], *, times: int = 1, number: signal.Signals = signal.SIGINT
) -> Run:
    """Send the signal, and wait for the end."""
    for _ in range(times):
        process.send_signal(number)
        time.sleep(BETWEEN_SIGNALS)  # two that come together are one to a process
    output, _ = process.communicate(timeout=SECONDS_TO_END)
    return Run(process.returncode, output)


@contextmanager
def inherited(number: signal.Signals, how: signal.Handlers) -> Iterator[None]:
    """How processes that are started here take a signal, however these tests were started."""
    before = signal.signal(number, how)
    try:
        yield
    finally:
        signal.signal(number, before)


def assert_stopped(project: Project, run: Run) -> None:
    assert run.code == 130, run.output
    assert "Traceback" not in run.output
    twin = latest_twin(project)
    assert (twin["status"], twin["exit_code"]) == ("stopped", 130)
    assert not living(project.folder)
    assert not files_left(project.folder)


def assert_next_run_completes(project: Project, org: Sandbox, url: str) -> None:
    rest = taskwho(project, "sync")
    assert rest.code == 0, rest.output
    assert_equal_to_the_org(org, url)
