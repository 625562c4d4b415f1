"""A run that finds no database leaves a report that says so, whichever step notices it first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from psycopg import conninfo
from taskwho import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOWHERE = "postgresql://somebody:s3cr3t-w0rd@127.0.0.1:1/nowhere"
DATABASES = {
    "not set": ("", "DATABASE_URL is not set"),
    "of another kind": ("mysql://somebody:s3cr3t-w0rd@127.0.0.1/x", "does not begin with"),
    "refused": (NOWHERE, "Connection refused"),
    "not there": (None, 'database "nowhere" does not exist'),
}
STEPS = ["sync", "post-load", "prepare"]


@pytest.fixture
def run(
    tmp_path: Path,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., str]:
    """Run a command in an empty folder; what it prints. It ends with 2."""
    there = conninfo.conninfo_to_dict(database_url) | {"dbname": "nowhere"}
    address = "postgresql:///?" + "&".join(f"{name}={value}" for name, value in there.items())
    monkeypatch.chdir(tmp_path)

    def command(url: str | None, *words: str) -> str:
        monkeypatch.setenv("DATABASE_URL", address if url is None else url)
        monkeypatch.setattr("sys.argv", ["taskwho", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        assert ended.value.code == 2
        return " ".join((said.out + said.err).split())  # lines are as wide as the terminal

    return command


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("url", "said"), DATABASES.values(), ids=DATABASES)
def test_a_run_without_its_database_leaves_a_report(
    run: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    url: str | None,
    said: str,
    step: str,
) -> None:
    monkeypatch.setenv("MELTANO_UTILITY_NAME", "taskwho")
    output = run(url, step)
    report = (tmp_path / "reports" / "latest.md").read_text("utf-8")
    for text in (output, report.replace("\\", "")):
        assert said in text
        assert "s3cr3t-w0rd" not in text
        assert "Traceback" not in text
    assert "The run failed." in report
    assert "Report: reports/taskwhorelation_sync_results_" in output
    twin = json.loads((tmp_path / "reports" / "latest.json").read_text("utf-8"))
    assert (twin["status"], twin["exit_code"]) == ("failed", 2)
    assert url != "" or not (tmp_path / ".taskwho").exists(), "nothing was started"


@pytest.mark.parametrize(("url", "said"), DATABASES.values(), ids=DATABASES)
def test_what_is_no_run_leaves_none(
    run: Callable[..., str], tmp_path: Path, url: str | None, said: str
) -> None:
    for words in (["prepare"], ["sync", "--dry-run"], ["runs"], ["verify"], ["report"]):
        assert said in run(url, *words)
    assert not (tmp_path / "reports").exists()


def test_a_folder_in_which_nothing_has_run_stays_as_it_is(
    run: Callable[..., str], tmp_path: Path
) -> None:
    run("", "sync")
    run("", "post-load")
    assert list(tmp_path.iterdir()) == []


def test_a_program_is_told_in_one_line(run: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()  # a run has been here
    found = json.loads(run("", "sync", "--json"))
    assert (found["status"], found["exit_code"]) == ("failed", 2)
    assert "DATABASE_URL is not set" in found["error"]
    assert found["report_path"].startswith("reports/")
