"""Reports as files: whole, beside each other, nothing overwritten."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from taskwho.model.errors import TaskwhoError
from taskwho.model.results.result import RunResult
from taskwho.report.files import publish

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2025, 7, 6, 18, 22, 14, tzinfo=UTC)
NAME = "taskwhorelation_sync_results_20250706_182214"


def run(run_id: int) -> RunResult:
    return RunResult(run_id=run_id, started_at=AT, finished_at=AT, run_ids=[f"run-{run_id}"])


def test_a_report_comes_with_its_twin_and_is_the_latest(tmp_path: Path) -> None:
    report = publish(run(1), tmp_path / "reports")
    assert sorted(file.name for file in report.parent.iterdir()) == [
        "index.html",
        "latest.html",
        "latest.json",
        "latest.md",
        f"{NAME}.html",
        f"{NAME}.json",
        f"{NAME}.md",
    ]
    assert (report.parent / "latest.md").read_text() == report.read_text()
    assert {file.stat().st_mode & 0o777 for file in report.parent.iterdir()} == {0o600}


def test_the_twin_says_what_the_report_says(tmp_path: Path) -> None:
    report = publish(run(1), tmp_path)
    twin = json.loads(report.with_suffix(".json").read_text())
    assert twin["schema_version"] == 1
    assert twin["report_name"] == NAME
    assert twin["next_steps"] == ["Nothing to do."]
    assert RunResult.from_dict(twin).run_id == 1


def test_two_runs_in_one_second_keep_both_reports(tmp_path: Path) -> None:
    first, second = publish(run(1), tmp_path), publish(run(2), tmp_path)
    assert (first.stem, second.stem) == (NAME, f"{NAME}_2")
    assert json.loads(first.with_suffix(".json").read_text())["run_id"] == 1


def test_a_report_written_again_takes_its_own_place(tmp_path: Path) -> None:
    named = replace(run(1), report_name=NAME)
    assert publish(named, tmp_path) == publish(named, tmp_path)
    assert len(list(tmp_path.glob("*.md"))) == 2


def test_a_past_report_written_again_is_not_the_latest(tmp_path: Path) -> None:
    named = replace(run(1), report_name=NAME)
    publish(run(2), tmp_path)
    latest = (tmp_path / "latest.md").read_bytes()
    publish(replace(named, mode="full"), tmp_path, is_latest=False)
    assert (tmp_path / "latest.md").read_bytes() == latest


def test_a_report_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path: Path) -> None:
    before = publish(run(1), tmp_path).with_name("latest.md").read_text()
    in_the_way = tmp_path / f"{NAME}_2.md"
    in_the_way.mkdir()
    with pytest.raises(TaskwhoError) as failed:
        publish(run(2), tmp_path)
    assert failed.value.message == (
        f"The report cannot be written to {tmp_path}: Is a directory. Make the folder writable, or "
        "name another one in TASKWHO_REPORTS_DIR, then run `taskwho post-load`, which writes it. A "
        "promotion that has ended is kept, and its result is in the table taskwho.runs."
    )
    assert failed.value.exit_code == 1
    assert (tmp_path / "latest.md").read_text() == before
    assert not list(tmp_path.glob(".*"))
