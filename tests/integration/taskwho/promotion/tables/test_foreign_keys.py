"""`foreign_keys = keep`: no run adds a foreign key to any table, and rows are judged the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from taskwho.commands.checks.database import check_database
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate
from taskwho.model.errors import TaskwhoError
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.promoting import statements_in
from tests.support.seed import relation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from taskwho.model.results.result import RunResult

PARENTS = ("sf_activities", "sf_contacts", "sf_users")
FOREIGN_KEYS = """
select conname from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
"""
QUESTIONS = {
    "waiting": "select salesforce_id, reasons, error, record from taskwho.quarantine order by 1",
    "aside": "select salesforce_id, reason from taskwho.set_aside order by 1",
    "missing": "select salesforce_id, field, parent_id from taskwho.missing_references order by 1",
}
INDEXES = """
select indexdef from pg_indexes where tablename = 'sf_taskwhorelations' order by indexdef
"""
JOBS = {
    "truncates": (
        "create table refilled as table {0}",
        "truncate {0}",
        "insert into {0} table refilled",
    ),
    "swaps": (
        "create table new (like {0} including all)",
        "insert into new table {0}",
        "alter table {0} rename to old",
        "alter table new rename to {0}",
    ),
}
ROWS = [
    relation(1),  # goes in
    relation(2, TaskId=seed.task(9)),  # misses its task
    relation(3, RelationId=seed.contact(9), IsDeleted="true"),  # misses its contact
    relation(4, CreatedById=None),  # has no author
    relation(5, Type="Lead", RelationId="00Q000000000001AAA"),  # refers to a lead
]


@pytest.fixture
def settings(tmp_path: Path) -> PostLoadSettings:
    """Those of people whose jobs truncate or swap the parents."""
    return PostLoadSettings(reports_dir=tmp_path, foreign_keys="keep")


@pytest.fixture
def url(database_url: str) -> str:
    """A database whose parents other jobs fill, without the table of relations."""
    seed.create(database_url)
    query(database_url, "drop table sf_taskwhorelations")
    with connect(database_url) as conn:
        migrate(conn)
    return database_url


def judged(url: str, result: RunResult) -> dict[str, object]:
    """What became of every row, and what the next run will know of it."""
    return {
        "counts": result.counts,
        "errors": result.errors,
        "stored": sorted(seed.stored(url)),
    } | {name: query(url, question) for name, question in QUESTIONS.items()}


def test_a_new_table_has_its_keys_and_indexes_and_no_foreign_key(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, ROWS)
    assert post_load(url, settings).counts.inserted == 1
    assert query(url, FOREIGN_KEYS) == []
    kinds = (
        "select contype::text from pg_constraint where conrelid = 'sf_taskwhorelations'::regclass"
    )
    assert {kind for (kind,) in query(url, kinds)} >= {"p", "u"}
    assert len(query(url, INDEXES)) == 6


def test_rows_are_judged_as_with_foreign_keys(
    url: str, settings: PostLoadSettings, make_database: Callable[[], str]
) -> None:
    other = make_database()
    seed.create(other)
    query(other, "drop table sf_taskwhorelations")
    found = []
    for at, given in ((url, settings), (other, replace(settings, foreign_keys="create"))):
        seed.land(at, ROWS)
        first = judged(at, post_load(at, given))
        seed.add_task(at, 9)
        second = post_load(at, given)
        assert second.counts.healed == 1
        found.append((first, judged(at, second)))
    assert found[0] == found[1]


def test_tables_that_the_run_makes_for_parents_have_none_either(
    database_url: str, settings: PostLoadSettings
) -> None:
    promoting.land_parents(database_url)
    seed.land(database_url, [relation(1)])
    assert post_load(database_url, settings).counts.inserted == 1
    assert query(database_url, FOREIGN_KEYS) == []


@pytest.mark.parametrize("parent", PARENTS)
@pytest.mark.parametrize("job", JOBS)
def test_a_job_may_truncate_or_swap_a_parent_between_two_runs(
    url: str, settings: PostLoadSettings, parent: str, job: str
) -> None:
    seed.land(url, [relation(1)])
    post_load(url, settings)
    for statement in JOBS[job]:
        query(url, statement.format(parent))
    seed.land(url, [relation(2), relation(1, SystemModstamp=promoting.LATER)])
    result = post_load(url, settings)
    assert (result.exit_code, result.counts.inserted, result.counts.updated) == (0, 1, 1)


def test_views_whose_keys_nothing_makes_unique_serve_as_parents(
    url: str, settings: PostLoadSettings
) -> None:
    for parent in PARENTS:
        query(url, f"alter table {parent} rename to of_{parent}")
        query(url, f"create view {parent} as table of_{parent}")
    seed.land(url, ROWS)
    with pytest.raises(TaskwhoError, match="Or set TASKWHO_FOREIGN_KEYS to keep"):
        post_load(url, replace(settings, foreign_keys="create"))
    assert post_load(url, settings).counts.inserted == 1


def test_a_role_that_may_only_read_the_parents_makes_the_table(
    url: str, guest: str, settings: PostLoadSettings
) -> None:
    seed.land(url, ROWS)
    with pytest.raises(TaskwhoError) as refused:
        post_load(guest, settings)
    assert "references" not in refused.value.message
    query(url, statements_in(refused.value.message))
    role = sql.Identifier(str(psycopg.conninfo.conninfo_to_dict(guest)["user"]))
    query(url, sql.SQL("grant create on schema public to {}").format(role))
    query(url, sql.SQL("alter schema taskwho owner to {}").format(role))
    assert post_load(guest, settings).counts.inserted == 1


def test_foreign_keys_that_are_there_stay(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1)])
    post_load(url, replace(settings, foreign_keys="create"))
    keys = query(url, FOREIGN_KEYS)
    assert len(keys) == 4
    seed.land(url, [relation(2)])
    post_load(url, settings)
    assert query(url, FOREIGN_KEYS) == keys


def test_doctor_asks_for_no_unique_key_and_no_right_to_refer(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, "alter table sf_contacts drop constraint sf_contacts_salesforce_id_key")
    [said] = [text for text in map(str, check_database(url, settings)) if "unique con" in text]
    assert said.startswith('warn The table "public"."sf_contacts" has no unique constraint')
    creating = replace(settings, foreign_keys="create")
    [said] = [text for text in map(str, check_database(url, creating)) if "unique con" in text]
    assert said.startswith('FAIL The table "public"."sf_contacts" has no unique constraint')
    assert said.endswith("Or set TASKWHO_FOREIGN_KEYS to keep, which adds no foreign key.")
