"""Ctrl-C on `taskwho sync`, wherever it strikes: 130, no traceback, nothing lost, nothing left."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.sandbox import Sandbox
from tests.support.meltano_project import SECONDS_TO_END, Project, Run
from tests.support.observing import (
    HAS_LANDED,
    WAITS_FOR_A_LOCK,
    files_left,
    is_seen,
    living,
    plugin,
)
from tests.support.observing import wait_for as wait_until
from tests.support.soak import SOAK
from tests.support.sync_command import filled_project, last_line, latest_twin, start, taskwho
from tests.support.truth import assert_equal_to_the_org

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 2_000
SLOW = {"TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "200", "TAP_SALESFORCE_TASKWHO_CONCURRENCY": "1"}
# longer than any test waits: a request that nobody answers
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
    wait_until(lambda: is_seen(database_url, HAS_LANDED), "rows that land")
    assert_stopped(project, press(sync))
    assert 0 < latest_twin(project)["counts"]["retrieved"] < ROWS
    org.latency_ms = 0
    asked = len(org.queries())
    assert_next_run_completes(project, org, database_url)
    assert "Id > '" in str(org.queries()[asked].soql)


def test_ctrl_c_before_the_first_page_waits_for_no_answer(
    project: Project, org: Sandbox, database_url: str
) -> None:
    before_anything = start(project, "sync")
    with held(database_url, "create schema taskwho"):
        wait_until(lambda: is_seen(database_url, WAITS_FOR_A_LOCK), "prepare")
        stopped = press(before_anything)
    assert stopped.code == 130, stopped.output
    assert last_line(stopped) == (
        "Error: The command was stopped. Run it again: it goes on where it stopped."
    )

    meltano_starts = start(project, "sync")
    wait_until(lambda: plugin(meltano_starts.pid, "meltano"), "Meltano")
    assert_stopped(project, press(meltano_starts))

    tap_starts = start(project, "sync")
    wait_until(lambda: plugin(tap_starts.pid, "tap-salesforce-taskwho"), "the tap")
    assert_stopped(project, press(tap_starts))
    assert not org.queries()

    tap_counts = start(project, "sync", **SLOW)
    wait_until(org.queries, "the count")
    assert_stopped(project, press(tap_counts))

    org.latency_ms = 0
    assert_next_run_completes(project, org, database_url)


def test_ctrl_c_twice_ends_everything_at_once(
    project: Project, org: Sandbox, database_url: str
) -> None:
    org.latency_ms = 300
    sync = start(project, "sync", **SLOW)
    wait_until(lambda: is_seen(database_url, HAS_LANDED), "rows that land")
    org.latency_ms = NEVER_MS
    assert_stopped(project, press(sync, times=2))
    org.latency_ms = 0
    assert_next_run_completes(project, org, database_url)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT] if SOAK else [signal.SIGINT])
def test_a_stop_in_the_promotion_leaves_what_landed_to_the_next_one(
    project: Project, org: Sandbox, database_url: str, number: signal.Signals
) -> None:
    org.latency_ms = 0
    with held(database_url, "lock table sf_contacts"):
        sync = start(project, "sync")
        wait_until(lambda: is_seen(database_url, WAITS_FOR_A_LOCK), "the promotion")
        assert_stopped(project, press(sync, number=number))
    asked = len(org.queries())
    promoted = taskwho(project, "post-load")
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
    output, _ = process.communicate(timeout=SECONDS_TO_END)
    return Run(process.returncode, output)


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
