"""What a killed run leaves on the disk is removed, and what a living one has there is not."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.sync_command import filled_project, taskwho

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.meltano_project import Project

DAYS_OPEN = 4 * 86_400


@pytest.fixture
def org() -> Iterator[Sandbox]:
    # its clock may go on by days without being ahead of the database's
    with Sandbox(rows=1_000, latency_ms=10_000_000, clock_offset_seconds=-DAYS_OPEN) as org:
        yield org
        org.latency_ms = 0


@pytest.fixture
def project(tmp_path: Path, org: Sandbox, database_url: str) -> Project:
    return filled_project(tmp_path, org, database_url)


def test_a_killed_meltano_s_config_files_are_removed_a_day_later(project: Project) -> None:
    run = project.folder / ".meltano" / "run"
    young, old = (run / "tap" / f"{name}.config.json" for name in ("young", "old"))
    young.parent.mkdir(parents=True)
    run.chmod(0o755)
    for file in (young, old):
        file.write_text("{}")
    os.utime(old, (0, 0))
    assert taskwho(project, "prepare").code == 0
    assert (young.exists(), old.exists()) == (True, False)
    assert stat.S_IMODE(run.stat().st_mode) == 0o700


def test_a_window_left_open_for_days_is_finished_and_caught_up_with_in_one_run(
    project: Project, org: Sandbox, database_url: str
) -> None:
    org.latency_ms = 0
    org.faults.add("500", when=lambda request: "Id > '" in str(request.soql), nth=range(3, 99))
    cut = taskwho(
        project,
        "sync",
        TAP_SALESFORCE_TASKWHO_PAGE_SIZE="200",
        TAP_SALESFORCE_TASKWHO_CONCURRENCY="1",
        TAP_SALESFORCE_TASKWHO_MAX_ATTEMPTS="1",
    )
    assert cut.code == 1, cut.output
    org.faults.clear()
    org.advance_clock(DAYS_OPEN)
    org.insert(50)
    org.update(40)
    org.soft_delete(30)
    org.advance_clock(60)
    asked = len(org.queries())
    done = taskwho(project, "sync")
    assert done.code == 0, done.output
    finished, *_, caught_up = [
        str(q.soql) for q in org.queries()[asked:] if "COUNT()" in str(q.soql)
    ]
    assert "Id > '" in finished
    assert "Id >" not in caught_up
    assert "SystemModstamp >= " in caught_up
    assert_equal_to_the_org(org, database_url)
