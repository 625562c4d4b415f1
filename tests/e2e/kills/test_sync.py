"""Every process of a sync killed at every point: the next run loses nothing and leaves nothing."""

from __future__ import annotations

import itertools
import json
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate

from tests.sandbox import Sandbox
from tests.support.meltano_project import SECONDS_TO_END, Project, Run
from tests.support.observing import (
    HAS_LANDED,
    WAITS_FOR_A_LOCK,
    files_left,
    is_seen,
    living,
    plugin,
    wait_for,
)
from tests.support.soak import SOAK
from tests.support.sync_command import filled_project, last_line, latest_twin, start, taskwho
from tests.support.truth import assert_equal_to_the_org

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

ROWS = 1_800
PAGES = ROWS // 200
SLOW = {"TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "200", "TAP_SALESFORCE_TASKWHO_CONCURRENCY": "1"}
TAP, LOADER, MELTANO, SYNC = (
    "tap-salesforce-taskwho",
    "target-postgres-taskwho",
    "meltano",
    "taskwho",
)


@dataclass
class Scene:
    """A sync on its way."""

    project: Project
    org: Sandbox
    url: str
    sync: subprocess.Popen[str]

    def pages(self) -> int:
        """Pages served, counts not among them."""
        return sum(request.rows > 0 for request in self.org.queries())

    def log(self) -> str:
        """What Meltano and its plugins have said so far."""
        file = self.project.folder / ".taskwho" / "sync.log"
        return file.read_text("utf-8") if file.exists() else ""

    def process(self, victim: str) -> psutil.Process | None:
        """The victim, once it lives."""
        return psutil.Process(self.sync.pid) if victim == SYNC else plugin(self.sync.pid, victim)


@dataclass(frozen=True)
class Point:
    """When it is killed, told by what is seen."""

    happens: Callable[[Scene], object]
    # a lock that keeps the loader from writing until the kill
    held: bool = False


POINTS = {
    "while the tap starts": Point(lambda scene: plugin(scene.sync.pid, TAP)),
    "before the first page": Point(lambda scene: scene.org.queries()),
    "in the middle": Point(lambda scene: scene.pages() > 3 and is_seen(scene.url, HAS_LANDED)),
    "while Meltano writes state": Point(lambda scene: "state has been updated" in scene.log()),
    "with all pages read and none written": Point(
        lambda scene: scene.pages() >= PAGES and is_seen(scene.url, WAITS_FOR_A_LOCK), held=True
    ),
}
ALL_READ = "with all pages read and none written"
FEW = [
    (TAP, "before the first page"),
    (TAP, "in the middle"),
    (TAP, "while Meltano writes state"),
    (LOADER, "in the middle"),
    (LOADER, ALL_READ),
    (MELTANO, "while the tap starts"),
    (MELTANO, "while Meltano writes state"),
    (SYNC, "in the middle"),
]
# a tap that has read everything has ended
ALL = [
    cell
    for cell in itertools.product((TAP, LOADER, MELTANO, SYNC), POINTS)
    if cell not in {(TAP, ALL_READ), (LOADER, "while the tap starts")}
]


@pytest.mark.parametrize(("victim", "point"), ALL if SOAK else FEW)
def test_after_a_kill_the_next_run_goes_on_from_the_state_and_nothing_is_lost(
    tmp_path: Path, database_url: str, victim: str, point: str
) -> None:
    with Sandbox(rows=ROWS, latency_ms=20 if POINTS[point].held else 300) as org:
        project = filled_project(tmp_path, org, database_url)
        with connect(database_url) as connection:
            migrate(connection)
        sync = start(project, "sync", **SLOW)
        killed = kill(Scene(project, org, database_url, sync), victim, POINTS[point])
        assert "Traceback" not in killed.output
        if victim != SYNC:
            assert killed.code == 1, killed.output
            assert latest_twin(project)["status"] == "failed"
            assert last_line(killed).startswith(told_of(victim, point))
            assert_nothing_is_left(tmp_path)
        org.latency_ms = 0
        asked = len(org.queries())
        rest = taskwho(project, "sync")
        assert rest.code == 0, rest.output
        # pages that a Meltano whose sync was killed had in flight come before
        first = next(q for q in org.queries()[asked:] if "COUNT()" in str(q.soql))
        assert_goes_on_after(given_cursor(project), str(first.soql))
        assert_equal_to_the_org(org, database_url)
        assert_nothing_is_left(tmp_path)


def told_of(victim: str, point: str) -> tuple[str, ...]:
    """How the last line may begin."""
    if victim == MELTANO:
        return ("Error: ",)
    if point == "while the tap starts":
        # Meltano asks it for a catalog first, and misses it then
        return ("Error: The tap ", "Error: Meltano could not run the tap ")
    return ("Error: The ",)


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


def given_cursor(project: Project) -> str | None:
    """Where the state that Meltano gave to the last tap says that its window is open."""
    file = project.folder / ".meltano" / "run" / TAP / "state.json"
    if not file.exists():
        return None
    state = json.loads(file.read_text())
    cursor: str | None = state["bookmarks"]["task_who_relations"]["window"]["after_id"]
    return cursor


def assert_goes_on_after(cursor: str | None, query: str) -> None:
    assert (f"Id > '{cursor}'" if cursor else "FROM TaskWhoRelation") in query
    assert cursor or "Id >" not in query


def assert_nothing_is_left(folder: Path) -> None:
    assert not living(folder)
    assert not files_left(folder)
