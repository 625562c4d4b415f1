"""PostgreSQL killed during a sync: it starts again, and no row is lost."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest
from taskwho.database.embedded import outside
from taskwho.database.embedded.layout import Layout
from taskwho.model import dotenv_file

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.embedded.projects import end_server
from tests.support.meltano_project import SECONDS_TO_END, Project
from tests.support.observing import (
    HAS_LANDED,
    WAITS_FOR_A_LOCK,
    files_left,
    is_seen,
    living,
    plugin,
    wait_for,
)
from tests.support.seed_tables import load_parents
from tests.support.sync_command import start, taskwho

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 2_000
ONE_BY_ONE = {
    "TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "200",
    "TAP_SALESFORCE_TASKWHO_CONCURRENCY": "1",
}


@pytest.mark.parametrize("point", ["the load", "the promotion"])
def test_a_postgresql_killed_during_a_sync_starts_again_and_no_row_is_lost(
    tmp_path: Path, point: str
) -> None:
    with Sandbox(rows=ROWS, latency_ms=150) as org:
        own = Project(tmp_path)
        own.use(org)
        prepared = taskwho(own, "prepare", "--embedded")
        assert prepared.code == 0, prepared.output
        url = dotenv_file.database_url(tmp_path)
        assert url is not None
        try:
            load_parents(url, org)
            sync = start(own, "sync", **ONE_BY_ONE)
            kill_in(tmp_path, url, point)
            output, _ = sync.communicate(timeout=SECONDS_TO_END)
            assert sync.returncode in {1, 2}, output  # cut off, or refused when it came again
            assert "Traceback" not in output
            org.latency_ms = 0
            rest = taskwho(own, "sync")
            assert rest.code == 0, rest.output
            assert_equal_to_the_org(org, dotenv_file.database_url(tmp_path) or "")
            assert not files_left(tmp_path)
            assert not living(tmp_path)
        finally:
            end_server(tmp_path)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_after_a_prepare_that_was_ended_while_it_made_the_database_the_next_one_works(
    tmp_path: Path, how: signal.Signals
) -> None:
    own = Project(tmp_path)
    prepare = start(own, "prepare", "--embedded")
    wait_for(lambda: plugin(prepare.pid, "initdb"), "initdb")
    prepare.send_signal(how)
    output, _ = prepare.communicate(timeout=SECONDS_TO_END)
    assert prepare.returncode == (130 if how is signal.SIGINT else -how), output
    assert "Traceback" not in output
    try:
        again = taskwho(own, "prepare", "--embedded")
        assert again.code == 0, again.output
        # an initdb whose taskwho was killed may still be at its own folder
        left = outside.folders(Layout.of(tmp_path).home, outside.INITDB)
        assert how is signal.SIGKILL or not left
    finally:
        end_server(tmp_path)


def kill_in(folder: Path, url: str, point: str) -> None:
    """Kill PostgreSQL after rows have landed, or while the promotion waits for a table."""
    data = Layout.of(folder).data
    if point == "the load":
        wait_for(lambda: is_seen(url, HAS_LANDED), "rows that land")
        kill_postgresql(data)
        return
    holder = psycopg.connect(url)
    holder.execute("lock table sf_contacts")
    wait_for(lambda: is_seen(url, WAITS_FOR_A_LOCK), "the promotion")
    kill_postgresql(data)
    holder.close()


def kill_postgresql(data: Path) -> None:
    """Kill all its processes at once, as a power cut does."""
    postmaster = psutil.Process(int((data / "postmaster.pid").read_text().split("\n")[0]))
    for process in (postmaster, *postmaster.children(recursive=True)):
        process.send_signal(signal.SIGKILL)
