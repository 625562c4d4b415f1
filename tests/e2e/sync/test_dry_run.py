"""`taskwho sync --dry-run` says what would be read, and writes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import psycopg

from tests.sandbox import Sandbox
from tests.support.sync_command import filled_project, last_line, taskwho

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.meltano_project import Project


def test_it_names_windows_rows_calls_and_time_and_writes_nothing(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=4_500) as org:
        project = filled_project(tmp_path, org, database_url)
        before = contents(project, database_url)
        planned = taskwho(project, "sync", "--dry-run", "--all")
        assert contents(project, database_url) == before
        assert planned.code == 0, planned.output
        users, *_, relations, calls, nothing = planned.output.splitlines()
        assert users.startswith("users, the beginning to ")
        assert relations.startswith("task_who_relations, the beginning to ")
        assert ": 4,500 rows, about 4 API calls, about " in relations
        assert calls.startswith("The org has used ")
        assert nothing == "Nothing was read or written."
        assert all("COUNT()" in str(query.soql) for query in org.queries())
        assert taskwho(project, "sync").code == 0
        again = taskwho(project, "sync", "--dry-run", "--json")
        (window,) = json.loads(again.output)["windows"]
        assert (window["stream"], window["rows"]) == ("task_who_relations", 0)
        wrong = taskwho(
            project, "sync", "--dry-run", TAP_SALESFORCE_TASKWHO_CLIENT_SECRET="wr0ng-secret"
        )
        assert wrong.code == 2
        assert "Set client_secret" in last_line(wrong)


def contents(project: Project, url: str) -> tuple[list[str], list[tuple[str]]]:
    """The files of the project and the tables of the database."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "select schemaname || '.' || tablename from pg_tables order by 1"
        ).fetchall()
    return sorted(path.name for path in project.folder.iterdir()), tables
