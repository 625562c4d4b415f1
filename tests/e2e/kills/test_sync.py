"""Every process of a sync killed at every point: the next run loses nothing and leaves nothing."""

from __future__ import annotations

import itertools
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest
from taskwho.database import bookmarks
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate
from taskwho.pipeline.pairs import pairs

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.meltano_project import SECONDS_TO_END, Run
from tests.support.observing import (
    HAS_LANDED,
    WAITS_FOR_A_LOCK,
    child,
    files_left,
    is_seen,
    living,
    wait_for,
)
from tests.support.soak import SOAK
from tests.support.sync_command import filled_project, last_line, latest_twin, start, taskwho

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

ROWS = 1_800
PAGES = ROWS // 200
SLOW = {"TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "200", "TAP_SALESFORCE_TASKWHO_CONCURRENCY": "1"}
TAP, LOADER, SYNC = "tap", "loader", "taskwho"
(RELATIONS,) = pairs([], parents=False)
HAS_BOOKMARK = "select 1 from taskwho.bookmarks where completed is not null"


@dataclass
class Scene:
    """A sync on its way."""

    org: Sandbox
    url: str
    sync: subprocess.Popen[str]

    def pages(self) -> int:
        """Pages served, counts not among them."""
        return sum(request.rows > 0 for request in self.org.queries())

    def process(self, victim: str) -> psutil.Process | None:
        """The victim, once it lives."""
        return psutil.Process(self.sync.pid) if victim == SYNC else child(self.sync.pid, victim)


@dataclass(frozen=True)
class Point:
    """When it is killed, told by what is seen."""

    happens: Callable[[Scene], object]
    # a lock that keeps the loader from writing until the kill
    held: bool = False


POINTS = {
    "while the tap starts": Point(lambda scene: child(scene.sync.pid, TAP)),
    "before the first page": Point(lambda scene: scene.org.queries()),
    "in the middle": Point(lambda scene: scene.pages() > 3 and is_seen(scene.url, HAS_LANDED)),
    "after the first bookmark": Point(lambda scene: is_seen(scene.url, HAS_BOOKMARK)),
    "with all pages read and none written": Point(
        lambda scene: scene.pages() >= PAGES and is_seen(scene.url, WAITS_FOR_A_LOCK), held=True
    ),
}
ALL_READ = "with all pages read and none written"
FEW = [
    (TAP, "while the tap starts"),
    (TAP, "in the middle"),
    (LOADER, "in the middle"),
    (LOADER, ALL_READ),
    (SYNC, "while the tap starts"),
    (SYNC, "after the first bookmark"),
    (SYNC, ALL_READ),
]
# a tap that has read everything has ended
ALL = [cell for cell in itertools.product((TAP, LOADER, SYNC), POINTS) if cell != (TAP, ALL_READ)]


@pytest.mark.parametrize(("victim", "point"), ALL if SOAK else FEW)
def test_after_a_kill_the_next_run_goes_on_from_the_state_and_nothing_is_lost(
    tmp_path: Path, database_url: str, victim: str, point: str
) -> None:
    with Sandbox(rows=ROWS, latency_ms=20 if POINTS[point].held else 300) as org:
        project = filled_project(tmp_path, org, database_url)
        with connect(database_url) as connection:
            migrate(connection)
        sync = start(project, "sync", **SLOW)
        killed = kill(Scene(org, database_url, sync), victim, POINTS[point])
        assert "Traceback" not in killed.output
        wait_for(lambda: not living(tmp_path), "the end of every child")
        if victim != SYNC:
            assert killed.code == 1, killed.output
            assert latest_twin(project)["status"] == "failed"
            cause = f"Error: The {victim} was killed by the signal SIGKILL."
            assert last_line(killed).startswith(cause)
            assert not files_left(tmp_path)
        cursor = kept_cursor(database_url)
        org.latency_ms = 0
        asked = len(org.queries())
        rest = taskwho(project, "sync")
        assert rest.code == 0, rest.output
        first = next(q for q in org.queries()[asked:] if "COUNT()" in str(q.soql))
        assert_goes_on_after(cursor, str(first.soql))
        assert_equal_to_the_org(org, database_url)
        assert not living(tmp_path)
        assert not files_left(tmp_path)


def kill(scene: Scene, victim: str, point: Point) -> Run:
    """Kill a process of the sync at a point, and wait for the sync to end."""
    with psycopg.connect(scene.url) as holder:
        if point.held:
            holder.execute("lock table taskwho.task_who_relations in share mode")
        wait_for(lambda: point.happens(scene), "the point of the kill")
        wait_for(lambda: scene.process(victim), f"a living {victim}")
        found = scene.process(victim)
        assert found is not None
        found.send_signal(signal.SIGKILL)
    output, _ = scene.sync.communicate(timeout=SECONDS_TO_END)
    return Run(scene.sync.returncode, output)


def kept_cursor(url: str) -> str | None:
    """Where the bookmark says that its window is open."""
    with connect(url) as connection:
        found = bookmarks.read(connection, RELATIONS.state_id("dev"))
    if found is None:
        return None
    cursor: str | None = found.singer_state["bookmarks"]["task_who_relations"]["window"]["after_id"]
    return cursor


def assert_goes_on_after(cursor: str | None, query: str) -> None:
    assert (f"Id > '{cursor}'" if cursor else "FROM TaskWhoRelation") in query
    assert cursor or "Id >" not in query
