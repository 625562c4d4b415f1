"""What a sync puts out: for a person, for a program, and where nobody takes it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.meltano_project import SECONDS_TO_END, Project, Run
from tests.support.observing import files_left
from tests.support.sync_command import filled_project, last_line, latest_twin, taskwho

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 600
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (INFO   |WARNING) \S.*")


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as org:
        yield org


@pytest.fixture
def project(tmp_path: Path, org: Sandbox, database_url: str) -> Project:
    return filled_project(tmp_path, org, database_url)


def run(project: Project, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401 - subprocess's
    return subprocess.run(
        [str(project.folder / ".venv" / "bin" / "taskwho"), "sync", *words],
        cwd=project.folder,
        env=project.variables,
        text=True,
        timeout=SECONDS_TO_END,
        check=False,
        **options,
    )


def test_without_a_terminal_there_are_lines_with_time_and_level(project: Project) -> None:
    done = run(project, "--all", capture_output=True)
    assert done.returncode == 0, done.stderr
    shown = done.stdout.splitlines()
    lines = [line for line in shown if LINE.fullmatch(line)]
    verdict, read, report, step, *more = shown[len(lines) :]
    assert [line.rpartition("  ")[2] for line in lines] == [
        "Preparing.",
        "Reading users, contacts, tasks.",
        "Reading relations.",
        "Promoting.",
    ]
    assert verdict.startswith("Done: health 99.")
    assert re.match(r"Fresh until [-0-9: ]{16} UTC. Read 600: \d+ inserted, ", read)
    assert report.startswith("Report: reports/taskwhorelation_sync_results_")
    assert step.startswith("Next: ")
    assert len(more) <= 1
    assert max(map(len, shown[len(lines) :])) <= 80
    assert done.stderr == ""


def test_json_is_one_line_with_the_whole_result_and_the_rest_is_on_standard_error(
    project: Project,
) -> None:
    done = run(project, "--json", capture_output=True)
    (line,) = done.stdout.splitlines()
    result = json.loads(line)
    assert result["counts"]["retrieved"] == ROWS
    assert (result["exit_code"], done.returncode) == (0, 0)
    assert Path(project.folder, result["report_path"]).exists()
    assert all(LINE.fullmatch(line) for line in done.stderr.splitlines())


def test_json_of_a_failure_is_one_line_too(project: Project) -> None:
    project.variables["TAP_SALESFORCE_TASKWHO_CLIENT_SECRET"] = "wr0ng"
    done = run(project, "--json", capture_output=True)
    result = json.loads(done.stdout)
    assert (result["exit_code"], done.returncode) == (2, 2)
    assert "Set client_secret" in result["error"]


def test_a_sync_whose_output_nobody_reads_runs_to_its_end(
    project: Project, org: Sandbox, database_url: str
) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = run(project, stdout=write_end, stderr=write_end)
    os.close(write_end)
    assert done.returncode == 0
    assert latest_twin(project)["counts"]["retrieved"] == ROWS
    assert_equal_to_the_org(org, database_url)


def test_a_sync_whose_output_is_full_runs_to_its_end(
    project: Project, org: Sandbox, database_url: str
) -> None:
    with Path("/dev/full").open("w") as full:
        done = run(project, stdout=full, stderr=full)
    assert done.returncode == 0
    assert_equal_to_the_org(org, database_url)


def test_a_sync_without_any_standard_stream_runs_to_its_end(
    project: Project, org: Sandbox, database_url: str
) -> None:
    command = f"exec {project.folder}/.venv/bin/taskwho sync <&- >&- 2>&-"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=project.folder,
        env=project.variables,
        timeout=SECONDS_TO_END,
        check=False,
    )
    assert done.returncode == 0
    assert_equal_to_the_org(org, database_url)


def test_a_report_that_cannot_be_written_is_1_and_the_next_post_load_writes_it(
    project: Project, org: Sandbox, database_url: str
) -> None:
    in_the_way = project.folder / "reports" / "latest.md"
    in_the_way.mkdir(parents=True)
    done = taskwho(project, "sync")
    assert done.code == 1, done.output
    assert "The report cannot be written to reports: Is a directory." in last_line(done)
    assert "Traceback" not in done.output
    with psycopg.connect(database_url) as connection:
        kept = connection.execute("select report_status, report -> 'counts' from taskwho.runs")
        assert [(status, counts["retrieved"]) for status, counts in kept] == [("pending", ROWS)]
    assert_equal_to_the_org(org, database_url)
    in_the_way.rmdir()
    assert taskwho(project, "post-load").code == 0
    found = sorted(project.folder.glob("reports/taskwho*.json"))
    assert json.loads(found[0].read_text())["counts"]["retrieved"] == ROWS


def test_a_log_that_cannot_be_kept_stops_nothing(
    project: Project, org: Sandbox, database_url: str
) -> None:
    (project.folder / ".taskwho").mkdir()
    (project.folder / ".taskwho" / "logs").write_text("no folder")
    done = taskwho(project, "sync")
    assert done.code == 0, done.output
    assert_equal_to_the_org(org, database_url)


def test_a_full_disk_ends_a_sync_in_good_order_and_the_next_one_brings_everything(
    project: Project, org: Sandbox, database_url: str
) -> None:
    # no file may grow over 20 KB: a page's batch file cannot be written
    command = f"ulimit -f 40; exec {project.folder}/.venv/bin/taskwho sync"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=project.folder,
        env=project.variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS_TO_END,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stdout
    assert "File too large" in last_line(Run(done.returncode, done.stdout))
    assert latest_twin(project)["status"] == "failed"
    assert not files_left(project.folder)
    rest = taskwho(project, "sync")
    assert rest.code == 0, rest.output
    assert_equal_to_the_org(org, database_url)
