"""What post-load and report print where all goes well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support import seed
from tests.support.meltano_project import Project, Run
from tests.support.seed import relation
from tests.support.sync_command import latest_twin, taskwho

if TYPE_CHECKING:
    from pathlib import Path


def test_a_promotion_is_told_in_six_lines_and_its_report_can_be_written_again(
    tmp_path: Path, database_url: str
) -> None:
    seed.create(database_url)
    seed.land(database_url, [relation(1)])
    project = Project(tmp_path, DATABASE_URL=database_url)
    run = taskwho(project, "post-load")
    report = f"reports/{latest_twin(project)['report_name']}.md"
    assert run == Run(
        0,
        "Health 100.00%: live relations in the table 1, waiting 0.\n"
        "Retrieved 1: 1 successful (100.00%), 0 failed, 0 set aside.\n"
        "Inserted 1, updated 0, deleted 0, unchanged 0, healed 0; in quarantine now: 0.\n"
        "Fresh until unknown: no window has been read to its end yet.\n"
        f"Report: {report}\n"
        "Next: Nothing to do.\n",
    )
    text = (tmp_path / report).read_text()
    assert (tmp_path / "reports" / "latest.md").read_text() == text
    (tmp_path / report).unlink()
    (tmp_path / "reports" / "latest.md").unlink()
    assert taskwho(project, "report") == Run(0, f"Report: {report}\n")
    assert (tmp_path / report).read_text() == text
    assert not (tmp_path / "reports" / "latest.md").exists()


def test_the_last_runs_are_listed_the_newest_first(tmp_path: Path, database_url: str) -> None:
    project = Project(tmp_path, DATABASE_URL=database_url)
    assert taskwho(project, "runs") == Run(0, "There is no run yet.\n")
    seed.create(database_url)
    seed.land(database_url, [relation(1)])
    for _ in range(2):
        assert taskwho(project, "post-load").code == 0
    newest, oldest = taskwho(project, "runs").output.splitlines()
    assert re.fullmatch(
        r" +1  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  ok +"
        r"retrieved 1, inserted 1, updated 0, deleted 0, failed 0",
        oldest,
    )
    assert newest.split()[0] == "2"
    assert taskwho(project, "runs", "--limit", "1").output.splitlines() == [newest]


def test_a_database_that_does_not_run_is_stopped_already(tmp_path: Path) -> None:
    assert taskwho(Project(tmp_path), "prepare", "--stop") == Run(
        0, "The embedded PostgreSQL was not running.\n"
    )
