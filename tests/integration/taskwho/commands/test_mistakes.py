"""A mistake of the user's: the whole output of the command, and its exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import seed
from tests.support.meltano_project import Project, Run
from tests.support.seed import relation
from tests.support.sync_command import last_line, taskwho

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, database_url: str) -> Project:
    return Project(tmp_path, DATABASE_URL=database_url)


def usage(command: str, message: str) -> str:
    name = command.split(maxsplit=1)[0]
    return f"Usage: taskwho {command}\nTry 'taskwho {name} --help' for help.\n\nError: {message}\n"


@pytest.mark.parametrize(
    ("words", "output"),
    [
        (
            ["sync", "--mode", "sideways"],
            usage(
                "sync [OPTIONS]",
                "Invalid value for '--mode': 'sideways' is not one of 'incremental', 'full', "
                "'recent', 'custom'.",
            ),
        ),
        (
            ["sync", "--limit", "0"],
            usage("sync [OPTIONS]", "Invalid value for '--limit': 0 is not in the range x>=1."),
        ),
        (
            ["post-load", "--max-delete-percent", "101"],
            usage(
                "post-load [OPTIONS]",
                "Invalid value for '--max-delete-percent' (env var: 'TASKWHO_MAX_DELETE_PERCENT'): "
                "101.0 is not in the range 0<=x<=100.",
            ),
        ),
        (["doctor", "--fix"], usage("doctor [OPTIONS]", "No such option '--fix'.")),
        (
            ["report", "last"],
            usage(
                "report [OPTIONS] [RUN]",
                "Invalid value for '[RUN]': 'last' is not a valid integer.",
            ),
        ),
        (["why"], usage("why [OPTIONS] ID", "Missing argument 'ID'.")),
        (
            ["why", "0RT0000"],
            (
                "Error: '0RT0000' is not a Salesforce Id. An Id has 15 or 18 letters and digits, "
                "and upper and lower case differ. Copy the Id from the record's address in "
                "Salesforce, or from a report.\n"
            ),
        ),
        (
            ["post-load", "--schema", ""],
            (
                "Error: The name '' has 0 bytes. It may have 1 to 63. PostgreSQL cuts every name "
                "after 63 bytes, also the names of keys, which are made from names of tables. Set "
                "a name of another length.\n"
            ),
        ),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_an_argument_that_cannot_be_meant_ends_with_2(
    tmp_path: Path, words: list[str], output: str
) -> None:
    assert taskwho(Project(tmp_path), *words) == Run(2, output)
    assert not (tmp_path / ".taskwho").exists(), "nothing was started"


def test_a_value_in_the_environment_is_checked_like_an_option(tmp_path: Path) -> None:
    run = taskwho(Project(tmp_path), "post-load", TASKWHO_WAIT_SECONDS="soon")
    assert run.code == 2
    assert run.output.endswith(
        "Error: Invalid value for '--wait-seconds' (env var: 'TASKWHO_WAIT_SECONDS'): 'soon' is "
        "not a valid integer range.\n"
    )


def test_an_id_that_no_run_has_read_ends_with_1(project: Project) -> None:
    record = relation(1)["Id"]
    assert taskwho(project, "why", record) == Run(
        1,
        f"{record}:\nNothing is known of this Id: no run has read it. "
        f"`taskwho why {record} --live` asks Salesforce about it.\n",
    )


def test_without_a_run_there_is_no_report(project: Project) -> None:
    assert taskwho(project, "report") == Run(
        1,
        "Error: This database holds no run with a report. Run `taskwho sync`, which writes one.\n",
    )
    assert taskwho(project, "prepare") == Run(
        0, "The database is ready.\nNext: `taskwho doctor` says what a run still lacks.\n"
    )
    assert taskwho(project, "report", "7") == Run(
        1,
        "Error: This database holds no run 7 with a report. Give a number of the column run_id of "
        "the table taskwho.runs.\n",
    )


def test_a_folder_that_cannot_take_the_report_ends_with_1_and_the_run_is_kept(
    project: Project, database_url: str
) -> None:
    seed.create(database_url)
    seed.land(database_url, [relation(1)])
    (project.folder / "file").touch()
    project.variables["TASKWHO_REPORTS_DIR"] = "file/reports"
    not_written = (
        "Error: The report cannot be written to file/reports: Not a directory. Make the folder "
        "writable, or name another one in TASKWHO_REPORTS_DIR, then run `taskwho post-load`, which "
        "writes it. A promotion that has ended is kept, and its result is in the table "
        "taskwho.runs.\n"
    )
    run = taskwho(project, "post-load")
    assert (run.code, run.output.splitlines()[0]) == (
        1,
        "Failed: health 100.00% (goal 95%), 1 in the table, 0 waiting.",
    )
    assert f"{last_line(run)}\n" == not_written
    assert set(seed.stored(database_url)) == {relation(1)["Id"]}
    assert taskwho(project, "report") == Run(1, not_written)
    del project.variables["TASKWHO_REPORTS_DIR"]
    assert taskwho(project, "report").code == 0


def test_a_folder_of_its_own_that_cannot_be_made_is_named(project: Project) -> None:
    file = project.folder / ".taskwho"
    file.touch()
    run = taskwho(project, "sync")
    assert run.code == 2
    assert run.output.endswith(
        f"Error: The folder {file} cannot be written: File exists. A run keeps its batch files and "
        "its log there. Make it writable, or set TASKWHO_HOME to a folder that is. Nothing was "
        "read.\n"
    )


def test_a_dotenv_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    assert taskwho(Project(tmp_path), "doctor") == Run(
        2, f"Error: The file {tmp_path / '.env'} is not UTF-8 text. Save it as UTF-8.\n"
    )
