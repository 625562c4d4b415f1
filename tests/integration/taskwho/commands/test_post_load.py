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


def test_a_promotion_is_told_in_four_lines_and_its_report_can_be_written_again(
    tmp_path: Path, database_url: str
) -> None:
    seed.create(database_url)
    seed.land(database_url, [relation(1)])
    project = Project(tmp_path, DATABASE_URL=database_url)
    run = taskwho(project, "post-load")
    report = f"reports/{latest_twin(project)['report_name']}.md"
    assert run == Run(
        0,
        "Done: health 100.00% (goal 95%), 1 in the table, 0 waiting.\n"
        "No window is read to its end yet. Read 1: 1 inserted.\n"
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
    assert taskwho(project, "runs") == Run(
        0, "There is no run yet. `taskwho sync` makes the first.\n"
    )
    seed.create(database_url)
    seed.land(database_url, [relation(1)])
    for _ in range(2):
        assert taskwho(project, "post-load").code == 0
    head, newest, oldest = taskwho(project, "runs").output.splitlines()
    assert head == ("Run  Began (UTC)       Result        Health  Waiting  Read  Written  Failed")
    assert re.fullmatch(
        r"  1  \d{4}-\d\d-\d\d \d\d:\d\d  Done         100.00%        0     1        1       0",
        oldest,
    )
    assert newest.split()[0] == "2"
    assert taskwho(project, "runs", "--limit", "1").output.splitlines()[1:] == [newest]


def test_a_database_that_does_not_run_is_stopped_already(tmp_path: Path) -> None:
    assert taskwho(Project(tmp_path), "prepare", "--stop") == Run(
        0, "The embedded PostgreSQL was not running.\n"
    )
