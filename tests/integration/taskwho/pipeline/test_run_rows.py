"""Every run has a row from its beginning, and a report whatever becomes of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from taskwho.database.connection import connect
from taskwho.model.errors import TaskwhoError
from taskwho.model.outcome import RunOutcome
from taskwho.pipeline import run_rows
from taskwho.pipeline.prepare import prepare
from taskwho.pipeline.promote_and_report import promote_and_report
from taskwho.pipeline.sync_lock import alone

from tests.support import seed
from tests.support.postgresql import query
from tests.support.seed import relation

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.settings import PostLoadSettings

RUNS = "select status, finished_at is not null, report_status from taskwho.runs order by run_id"
DID_NOT_FINISH = (
    "did not finish: no post-load ended it. It was killed, or its tap or loader failed, after "
    "which Meltano runs no further step. Find the cause in Meltano's output, or in the last file "
    "of .taskwho/logs. Then run again: it goes on where it stopped. What had landed is kept, and "
    "the next post-load promotes it."
)


@pytest.fixture
def as_meltano(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("MELTANO_UTILITY_NAME", "taskwho")


def reports(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(file.read_text()) for file in sorted(folder.glob("taskwho*.json"))]


@pytest.mark.usefixtures("as_meltano")
def test_post_load_ends_the_run_that_prepare_began(
    url: str, settings: PostLoadSettings, tmp_path: Path
) -> None:
    prepare(tmp_path, settings)
    assert query(url, RUNS) == [("running", False, "pending")]
    seed.land(url, [relation(1)])
    result = promote_and_report(url, settings)
    assert query(url, RUNS) == [("ok", True, "published")]
    [(began,)] = query(url, "select started_at from taskwho.runs")
    assert (result.run_id, result.started_at) == (1, began)


@pytest.mark.usefixtures("as_meltano")
def test_a_run_that_no_post_load_ended_is_reported_by_the_next_prepare(
    url: str, settings: PostLoadSettings, tmp_path: Path
) -> None:
    promote_and_report(url, settings)
    for _ in range(3):  # the tap fails each time
        prepare(tmp_path, settings)
    assert query(url, RUNS)[1:] == [
        ("failed", True, "published"),
        ("failed", True, "published"),
        ("running", False, "pending"),
    ]
    last = reports(settings.reports_dir)[-1]
    assert last["error"].endswith(DID_NOT_FINISH)
    assert (last["status"], last["exit_code"], last["totals"]["in_table"]) == ("failed", 1, 0)
    assert "> The run failed. Nothing yet" in (settings.reports_dir / "latest.md").read_text()
    assert promote_and_report(url, settings).run_id == 4


@pytest.mark.usefixtures("as_meltano")
def test_a_prepare_that_fails_in_a_run_leaves_a_report(
    settings: PostLoadSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:s3cr3t-w0rd@127.0.0.1:1/nowhere")
    with pytest.raises(TaskwhoError) as failed:
        prepare(tmp_path, settings)
    [report] = reports(settings.reports_dir)
    assert (report["error"], report["exit_code"]) == (failed.value.message, 2)
    assert report["totals"]["in_table"] is None


def test_a_prepare_by_hand_begins_no_run(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    prepare(tmp_path)
    assert query(url, RUNS) == []
    assert not reports(tmp_path)


def test_a_sync_that_lives_is_left_alone_and_one_that_died_is_reported(
    url: str, settings: PostLoadSettings
) -> None:
    with connect(url) as conn:
        run_rows.open_run(conn, settings.reports_dir, ["lives"])
        run_rows.open_run(conn, settings.reports_dir, ["dead"])
    # the second one ended the first, which held no lock
    assert [status for status, *_ in query(url, RUNS)] == ["failed", "running"]
    with alone(url, ["lives"]):
        query(url, "update taskwho.runs set finished_at = null, status = 'running'")
        promote_and_report(url, settings)
        assert [status for status, *_ in query(url, RUNS)] == ["running", "failed", "nothing"]
        own = promote_and_report(url, settings, RunOutcome(run_id="lives"))
    assert own.run_id == 1


def test_a_promotion_that_fails_ends_its_row_and_shows_the_last_totals(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    promote_and_report(url, settings)
    query(url, "drop table sf_users cascade")
    seed.land(url, [relation(2)])
    with pytest.raises(TaskwhoError) as failed:
        promote_and_report(url, settings)
    result = failed.value.result
    assert result is not None
    assert (result.status, result.exit_code, result.health) == ("failed", 2, 100)
    assert [(result.run_id,)] == query(url, "select max(run_id) from taskwho.runs")
    assert query(url, RUNS)[1] == ("failed", True, "published")
    assert len(reports(settings.reports_dir)) == 2
