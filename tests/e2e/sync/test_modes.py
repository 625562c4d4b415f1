"""What the flags of `taskwho sync` read, and what they leave alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from tests.sandbox import Sandbox
from tests.support.comparing.truth import Truth, stored_rows
from tests.support.sync_command import filled_project, last_line, latest_twin, taskwho

if TYPE_CHECKING:
    from pathlib import Path


def test_a_limited_full_run_leaves_the_bookmark_and_the_next_run_misses_nothing(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=1_500) as org:
        project = filled_project(tmp_path, org, database_url)
        limited = taskwho(project, "sync", "--mode", "full", "--limit", "1000")
        assert limited.code == 0, limited.output
        assert latest_twin(project)["counts"]["retrieved"] == 1000
        first = taskwho(project, "sync")
        assert first.code == 0, first.output
        before = project.states()
        org.insert(5)
        again = taskwho(project, "sync", "--mode", "full", "--limit", "1000")
        assert again.code == 0, again.output
        assert project.states() == before
        last = project.meltano("run", "sync")
        assert last.code == 0, last.output
        with psycopg.connect(database_url) as connection:
            assert stored_rows(connection) == Truth(org, connection).rows


def test_a_run_with_nothing_new_writes_a_report_all_the_same(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=30) as org:
        project = filled_project(tmp_path, org, database_url)
        assert taskwho(project, "sync").code == 0
        empty = taskwho(project, "sync")
    assert empty.code == 0, empty.output
    twin = latest_twin(project)
    assert twin["counts"]["retrieved"] == 0
    assert "**Total Records Retrieved**: 0" in (tmp_path / "reports" / "latest.md").read_text()
    assert len(list((tmp_path / "reports").glob("taskwho*.json"))) == 2


def test_recent_and_custom_read_their_window_and_keep_no_bookmark(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=300) as org:
        project = filled_project(tmp_path, org, database_url)
        recent = taskwho(project, "sync", "--mode", "recent", "--days", "30")
        custom = taskwho(
            project,
            "sync",
            "--mode",
            "custom",
            "--start-date",
            "2001-01-01",
            "--end-date",
            "2001-01-31",
        )
        assert (recent.code, custom.code) == (0, 0), recent.output + custom.output
        asked = [query.soql or "" for query in org.queries() if "COUNT" not in (query.soql or "")]
    assert latest_twin(project)["counts"]["retrieved"] == 0
    assert "SystemModstamp >= 2001-01-01T00:00:00Z" in asked[-1]
    assert "SystemModstamp < 2001-02-01T00:00:00Z" in asked[-1]
    assert all(
        not state["singer_state"]
        .get("bookmarks", {})
        .get("task_who_relations", {})
        .get("replication_key_value")
        for state in project.states().values()
    )


def test_too_low_a_success_rate_is_4_where_it_was_asked_for(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=100, orphans=0.5) as org:
        project = filled_project(tmp_path, org, database_url)
        run = taskwho(project, "sync", "--fail-below", "99.5")
    assert run.code == 4, run.output
    assert "Traceback" not in run.output


def test_days_imply_recent_and_a_date_implies_custom(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=30) as org:
        project = filled_project(tmp_path, org, database_url)
        assert taskwho(project, "sync", "--days", "3").code == 0
        assert latest_twin(project)["mode"] == "recent"
        assert taskwho(project, "sync", "--start-date", "2001-01-01").code == 0
        assert latest_twin(project)["mode"] == "custom"
        both = taskwho(project, "sync", "--days", "3", "--start-date", "2001-01-01")
    assert both.code == 2
    assert last_line(both) == (
        "Error: Both days and dates were given, and no mode says which of them count. Days mean "
        "the mode recent, dates mean the mode custom. Give one of them, or the mode too. Nothing "
        "was started."
    )


def test_the_streams_asked_for_are_read(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=30) as org:
        project = filled_project(tmp_path, org, database_url)
        users = taskwho(project, "sync", "--streams", "users, contacts")
        assert users.code == 0, users.output
        assert {str(query.soql).partition(" FROM ")[2].split()[0] for query in org.queries()} == {
            *("User", "Contact")
        }
