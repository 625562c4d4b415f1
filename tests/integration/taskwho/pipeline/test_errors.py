"""What ends a promotion, word for word: nothing is changed, and what landed is kept."""

from __future__ import annotations

import signal
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from taskwho.model.errors import Interrupted, TaskwhoError
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load
from taskwho.pipeline.promote_and_report import promote_and_report

from tests.support import seed
from tests.support.postgresql import query
from tests.support.seed import relation

if TYPE_CHECKING:
    from pathlib import Path

KEPT = "Nothing was changed, and what landed is kept: the next post-load promotes it."
# ends the statement with an SQLSTATE that no row is at fault for
ENDS = """
    create function ends() returns trigger language plpgsql
    as $$ begin raise exception '{said}' using errcode = '{code}'; end $$;
    create trigger ends before insert on sf_taskwhorelations
    for each row execute function ends()
"""


@pytest.fixture
def url(database_url: str) -> str:
    seed.create(database_url)
    seed.land(database_url, [relation(1)])
    return database_url


@pytest.fixture
def settings(tmp_path: Path) -> PostLoadSettings:
    return PostLoadSettings(reports_dir=tmp_path)


def error(url: str, settings: PostLoadSettings) -> tuple[int, str]:
    with pytest.raises(TaskwhoError) as ended:
        post_load(url, settings)
    assert seed.stored(url) == {}
    assert query(url, "select count(*) from taskwho.task_who_relations") == [(1,)]
    return ended.value.exit_code, ended.value.message


def test_a_connection_lost_after_the_commit_leaves_the_report_to_the_next_post_load(
    url: str, settings: PostLoadSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(conn: psycopg.Connection[Any], *_: object) -> None:
        query(url, "select pg_terminate_backend(%s)", conn.info.backend_pid)

    # the step between commit and report
    monkeypatch.setattr("taskwho.pipeline.post_load.explain_missing", lose)
    result = promote_and_report(url, settings)
    assert (result.exit_code, result.report_path, result.counts.inserted) == (1, None, 1)
    assert result.error is not None
    assert result.error.startswith("The connection to the database was lost before the report")
    assert result.error.endswith(
        "Check that PostgreSQL runs, then run `taskwho post-load`, which writes it. The promotion "
        "is kept, and its result is in the table taskwho.runs."
    )
    assert len(seed.stored(url)) == 1
    monkeypatch.undo()
    promote_and_report(url, settings)
    written = "select count(*) from taskwho.runs where report_status = 'published'"
    assert query(url, written) == [(2,)]


def test_a_lock_of_another_session(url: str, settings: PostLoadSettings) -> None:
    with psycopg.connect(url) as holder:
        holder.execute("lock table sf_taskwhorelations in share mode")
        ended = error(url, replace(settings, lock_timeout_seconds=1))
    assert ended == (
        1,
        "Another session has held a lock for more than 1 seconds (canceling statement due to lock "
        "timeout). End that session or wait for it, then run `taskwho post-load`. " + KEPT,
    )


def test_an_error_that_no_row_is_at_fault_for(url: str, settings: PostLoadSettings) -> None:
    query(url, ENDS.format(said="no space left", code="53100"))
    assert error(url, settings) == (
        1,
        "PostgreSQL ended the promotion: no space left (SQLSTATE 53100). Fix the cause, then run "
        "`taskwho post-load`. " + KEPT,
    )


def test_a_missing_right_comes_with_the_statements_to_run(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, ENDS.format(said="not for you", code="42501"))
    code, message = error(url, settings)
    first_line, *statements = message.splitlines()
    assert code == 2
    assert first_line == (
        "The role of DATABASE_URL lacks a right: not for you. " + KEPT + " An administrator has to "
        "run:"
    )
    assert statements
    assert all(line.startswith("    ") for line in statements)


def test_ctrl_c_in_the_promotion_ends_it_with_a_report(
    url: str, settings: PostLoadSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("taskwho.pipeline.promote_and_report.post_load", interrupted)
    with pytest.raises(Interrupted) as stopped:
        promote_and_report(url, settings)
    result = stopped.value.result
    assert (result.status, result.exit_code) == ("stopped", 130)
    assert result.error == (
        "The promotion was stopped. Run again, or run `taskwho post-load` for the promotion alone. "
        + KEPT
    )
    assert result.report_path is not None
    report = (settings.reports_dir / "latest.md").read_text()
    assert f"> The run was stopped by hand.\n>\n> {result.error}" in report


def test_a_report_that_cannot_be_written_costs_no_row(
    url: str, settings: PostLoadSettings, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "no-folder"
    in_the_way.touch()
    result = promote_and_report(url, replace(settings, reports_dir=in_the_way, max_records=0))
    assert len(seed.stored(url)) == 1
    assert (result.status, result.exit_code, result.report_path) == ("ok", 1, None)
    assert result.error == (
        f"The report cannot be written to {in_the_way}: File exists. Make the folder writable, or "
        "name another one in TASKWHO_REPORTS_DIR, then run `taskwho post-load`, which writes it. "
        "A promotion that has ended is kept, and its result is in the table taskwho.runs."
    )
    assert result.warnings == [
        f"The file {result.report_name}_successful.jsonl.gz could not be written: File exists."
    ]
    later = promote_and_report(url, settings)
    assert later.exit_code == 0
    assert len(list(settings.reports_dir.glob("taskwho*.json"))) == 2
