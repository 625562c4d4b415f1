"""Names of schemas, tables and keys that hold SQL: they stay names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support import promoting, seed
from tests.support.meltano_project import Project
from tests.support.sync_command import taskwho

if TYPE_CHECKING:
    from pathlib import Path

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
NAMES = [
    'x"; drop schema public cascade; --',
    "x'; drop schema public cascade; --",
    "public.sf_users",
    "{target} %s %(x)s $taskwho$",
    "line\nbreak\x1b[2J",
    "İstanbul",
]
# a schema or a key must exist; the table of relations is created
SETTINGS = ("SCHEMA", "USERS_TABLE", "CONTACTS_KEY", "RELATIONS_TABLE")


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_that_holds_sql_stays_a_name(tmp_path: Path, database_url: str, name: str) -> None:
    seed.create(database_url)
    seed.land(database_url, [seed.relation(1)])
    project = Project(tmp_path, DATABASE_URL=database_url)
    before = promoting.query(database_url, "select count(*) from sf_users")
    for setting in SETTINGS:
        run = taskwho(project, "post-load", **{f"TASKWHO_{setting}": name})
        assert "Traceback" not in run.output
        assert not CONTROL.search(run.output)
        assert run.code in {0, 2}, run.output
        assert (run.code == 0) == (setting == "RELATIONS_TABLE"), run.output
    assert promoting.query(database_url, "select count(*) from sf_users") == before
    made = promoting.query(
        database_url,
        "select tablename from pg_tables where tablename !~ '^sf_' and schemaname = 'public'",
    )
    assert made == [(name,)]


@pytest.mark.parametrize("length", [0, 58, 59, 64])
def test_a_name_that_postgresql_would_cut_is_refused(
    tmp_path: Path, database_url: str, length: int
) -> None:
    seed.create(database_url)
    seed.land(database_url, [seed.relation(1)])
    project = Project(tmp_path, DATABASE_URL=database_url)
    run = taskwho(project, "post-load", "--relations-table", "r" * length)
    assert run.code == (0 if length == 58 else 2), run.output
    assert length == 58 or "1 to " in run.output
