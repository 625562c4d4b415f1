"""What the API returns, raises and tells meanwhile."""

from __future__ import annotations

import logging
import os
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import taskwho
from taskwho import Progress

from tests.e2e.api.test_places import arguments
from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = 2_000
SLOW = {"page_size": 200, "concurrency": 1}


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as org:
        yield org


@pytest.fixture
def given(org: Sandbox, database_url: str, tmp_path: Path) -> dict[str, Any]:
    return arguments(org, database_url, tmp_path)


def slowly(given: dict[str, Any], **more: object) -> dict[str, Any]:
    return {**given, "salesforce": {**given["salesforce"], **SLOW, **more}}


def test_a_run_returns_its_result_says_how_far_it_is_and_prints_nothing(
    org: Sandbox, given: dict[str, Any], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    seen: list[Progress] = []
    result = taskwho.sync(**given, parents=True, on_progress=seen.append)
    assert (result.status, result.exit_code) == ("ok", 0)
    assert result.counts.inserted > 0
    # whatever the two clocks show: no lag is set, and Salesforce tells whole seconds
    here = datetime.fromisoformat(str(result.totals.fresh_until_here))
    assert -2 <= (result.finished_at - here).total_seconds() <= result.seconds + 2
    assert str(result.report_path).startswith(str(tmp_path / "reports"))
    assert [*dict.fromkeys(progress.stage for progress in seen)] == [
        *("prepare", "parents", "relations", "promote")
    ]
    last = [progress for progress in seen if progress.stage == "relations"][-1]
    assert (last.rows, last.total) == (ROWS, ROWS)
    assert last.api_calls + result.explanation.calls == len(org.queries())
    assert capfd.readouterr() == ("", "")
    assert not (tmp_path / "home" / "runs" / "anything").exists()
    assert list((tmp_path / "home" / "runs").iterdir()) == []


def test_arguments_win_over_the_environment_and_no_env_file_is_read(
    org: Sandbox,
    given: dict[str, Any],
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(f"DATABASE_URL={database_url}\n")
    with pytest.raises(taskwho.DatabaseUnavailable, match="No database_url was given"):
        taskwho.sync(salesforce=given["salesforce"])
    assert sorted(path.name for path in tmp_path.iterdir()) == [".env"]
    for name, value in org.settings().items():
        monkeypatch.setenv(f"TAP_SALESFORCE_TASKWHO_{name.upper()}", str(value))
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("TASKWHO_REPORTS_DIR", "elsewhere")
    monkeypatch.setenv("TAP_SALESFORCE_TASKWHO_MODE", "full")
    before = dict(os.environ)
    result = taskwho.sync(mode="recent", days=36_000)
    assert dict(os.environ) == before
    assert (result.mode, result.counts.retrieved) == ("recent", ROWS)
    assert str(result.report_path).startswith("elsewhere/")
    assert (tmp_path / ".taskwho" / "logs").is_dir()


def test_a_stop_ends_between_two_pages_and_the_next_run_goes_on(
    org: Sandbox, given: dict[str, Any], database_url: str
) -> None:
    org.latency_ms = 300
    stop = threading.Event()

    def stop_soon(progress: Progress) -> None:
        if progress.rows:
            stop.set()

    result = taskwho.sync(**slowly(given), on_progress=stop_soon, stop=stop)
    assert (result.status, result.exit_code) == ("stopped", 130)
    assert 0 < result.counts.retrieved < ROWS
    org.latency_ms = 0
    rest = taskwho.sync(**given)
    assert rest.counts.retrieved == ROWS - result.counts.retrieved
    assert_equal_to_the_org(org, database_url)


def test_a_stop_before_anything_is_read_reads_nothing(org: Sandbox, given: dict[str, Any]) -> None:
    stop = threading.Event()
    stop.set()
    assert taskwho.sync(**given, stop=stop).status == "stopped"
    assert not org.requests


def test_the_quota_raises_with_what_was_read(org: Sandbox, given: dict[str, Any]) -> None:
    org.api_used, org.api_max = 70, 100
    with pytest.raises(taskwho.QuotaReached, match="api_quota_percent_total") as raised:
        taskwho.sync(**slowly(given))
    result = raised.value.result
    assert result is not None
    assert (raised.value.exit_code, result.status) == (3, "quota")
    assert result.counts.retrieved == 9 * 200
    assert str(result.report_path) in str(raised.value)


def test_a_login_that_fails_is_told_apart(given: dict[str, Any]) -> None:
    wrong = {**given, "salesforce": {**given["salesforce"], "client_secret": "wr0ng"}}
    with pytest.raises(taskwho.LoginFailed, match="Set client_secret") as raised:
        taskwho.sync(**wrong)
    assert raised.value.exit_code == 2
    assert "wr0ng" not in str(raised.value)


def test_an_org_that_is_down_raises_with_a_report(org: Sandbox, given: dict[str, Any]) -> None:
    org.faults.add("503")
    with pytest.raises(taskwho.RunFailed, match="failed 1 times") as raised:
        taskwho.sync(**slowly(given, max_attempts=1))
    assert raised.value.result is not None
    assert raised.value.result.report_path is not None


def test_another_run_into_the_same_database_is_busy(given: dict[str, Any], tmp_path: Path) -> None:
    raised: list[taskwho.TaskwhoError] = []

    def run_another(progress: Progress) -> None:
        if progress.stage == "relations" and not raised:
            with pytest.raises(taskwho.Busy) as busy:
                taskwho.sync(**given)
            raised.append(busy.value)

    taskwho.sync(**given, on_progress=run_another)
    assert [error.exit_code for error in raised] == [5]
    assert raised[0].result is None
    assert len(list((tmp_path / "reports").glob("taskwho*.json"))) == 1


def test_what_the_tap_warns_of_is_logged(
    org: Sandbox, given: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    org.queryall_refused = True
    with caplog.at_level(logging.WARNING, "taskwho"):
        taskwho.sync(**given)
    assert "The org refuses queryAll for TaskWhoRelation" in caplog.text


def test_low_health_raises_nothing(given: dict[str, Any], database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("delete from sf_contacts")
    settings = {**given["settings"], "fail_below": 90}
    result = taskwho.sync(**{**given, "settings": settings})
    assert result.exit_code == 4
    assert result.is_degraded
    assert round(result.health or 0) < 90


def test_exit_codes_are_plain_numbers(given: dict[str, Any]) -> None:
    """Engines keep what a task returns as JSON or metadata, and refuse an enum of ours."""
    result, found = taskwho.sync(**given), taskwho.verify(**given)
    with pytest.raises(taskwho.DatabaseUnavailable) as unreachable:
        taskwho.sync(**{**given, "database_url": "postgresql://127.0.0.1:1/none"})
    assert unreachable.value.result is not None
    ended = (result, found, unreachable.value, unreachable.value.result)
    assert [(type(each.exit_code), each.exit_code) for each in ended] == [
        (int, 0),
        (int, 0),
        (int, 2),
        (int, 2),
    ]


def test_post_load_and_runs_work_alone(
    given: dict[str, Any], database_url: str, make_database: Callable[[], str]
) -> None:
    assert taskwho.runs(database_url=make_database()) == []
    taskwho.sync(**given)
    promoted = taskwho.post_load(database_url=database_url, settings=given["settings"])
    assert promoted.counts.retrieved == 0
    newest, oldest = taskwho.runs(database_url=database_url)
    assert newest.report_path == promoted.report_path
    assert oldest.counts.retrieved == ROWS
    assert [run.run_id for run in taskwho.runs(database_url=database_url, limit=1)] == [
        promoted.run_id
    ]


def test_an_emptied_parent_raises_from_a_run_and_from_a_promotion_alone(
    org: Sandbox, given: dict[str, Any], database_url: str
) -> None:
    taskwho.sync(**given)
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "alter table sf_taskwhorelations drop constraint sf_taskwhorelations_relation_id_fkey"
        )
        connection.execute("truncate sf_contacts")
    org.insert(5)
    org.advance_clock(60)
    only_database = {name: given[name] for name in ("database_url", "settings")}
    runs: list[tuple[Callable[..., object], dict[str, Any]]] = [
        (taskwho.sync, given),
        (taskwho.post_load, only_database),
    ]
    for run, how in runs:
        with pytest.raises(taskwho.Misconfigured, match="sf_contacts is empty") as ended:
            run(**how)
        assert ended.value.result is not None
        assert ended.value.result.exit_code == 2
        assert ended.value.result.report_path


@pytest.mark.parametrize("run", [taskwho.sync, taskwho.post_load])
def test_a_run_that_knows_no_database_leaves_a_report_where_runs_have_left_theirs(
    run: Callable[..., object], tmp_path: Path
) -> None:
    settings = {"reports_dir": tmp_path / "reports"}
    with pytest.raises(taskwho.DatabaseUnavailable) as ended:
        run(settings=settings)
    assert ended.value.result is None, "nothing has run here: it may be the wrong folder"
    (tmp_path / "reports").mkdir()
    with pytest.raises(taskwho.DatabaseUnavailable) as ended:
        run(settings=settings)
    result = ended.value.result
    assert result is not None
    assert (result.status, result.exit_code) == ("failed", 2)
    assert Path(str(result.report_path)).read_text().count("No database") > 0
