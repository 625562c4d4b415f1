"""Databases of commit f248733 and before: migrated, they are like new ones and go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.promoting import LATER, land, page
from tests.support.schemas.dumps import restore
from tests.support.schemas.listing import schema_of
from tests.support.seed import relation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EARLIER = {
    "f248733": "",
    "anybody could use the function": "grant execute on function taskwho.count_waiting() to public",
    "no list of deletes": "drop table taskwho.task_relation_deletes, taskwho.deleted_relations",
    "no counts": """
        drop table taskwho.missing_parents, taskwho.waiting_counts;
        drop function taskwho.count_waiting() cascade;
        drop function taskwho.forget_waiting() cascade;
        drop function taskwho.parents_missed(text, text, text, text);
        drop index taskwho.failed_relations_no_parent_idx;
    """,
    "no counts of reasons": "drop table taskwho.waiting_counts",
    "no quarantine": "drop table taskwho.failed_relations",
    "no rows": """
        truncate taskwho.runs, taskwho.batches, taskwho.failed_relations, taskwho.failed_parents,
            taskwho.deleted_relations restart identity;
        truncate taskwho.task_who_relations, taskwho.users, taskwho.contacts, taskwho.tasks,
            taskwho.task_relation_deletes, taskwho.sync_batches;
        drop table sf_taskwhorelations, sf_activities, sf_contacts, sf_users;
    """,
}
TABLES = """
    select relnamespace::regnamespace::text, relname
    from pg_class
    where relkind in ('r', 'v') and (relnamespace = 'taskwho'::regnamespace or relname like 'sf%')
"""
ADDED = (
    "schema_version", "quarantine", "missing_references", "missing_parents", "waiting_counts",
    "promoted_tables", "bookmarks", "result_tables", "set_aside", "missing_answers", "why_missing",
    "live_rows", "org_counts", "last_alert", "shards",
)  # fmt: skip
# counts of the quarantine, which `check_counts` compares with it
RECOUNTED = ("missing_parents", "waiting_counts")
# what is another value in each run and database
PASSING = [
    "id", "started_at", "finished_at", "first_failed_at", "last_failed_at", "listed_at",
    "applied_at", "created_at", "updated_at", "counted_at", "report", "report_name", "report_path",
]  # fmt: skip


def earlier(url: str, change: str) -> str:
    restore(url)
    query(url, change)
    with connect(url) as connection:
        migrate(connection)
    return url


def new(url: str) -> str:
    with connect(url) as connection:
        migrate(connection)
    return url


def rows_of(url: str) -> dict[str, list[Any]]:
    """Every row of the product's tables and the reader's, without what is never the same."""
    statement = sql.SQL(
        "select jsonb_strip_nulls(to_jsonb(stored)) - %s::text[] from {} as stored order by 1"
    )
    with psycopg.connect(url) as connection:
        return {
            table: connection.execute(
                statement.format(sql.Identifier(schema, table)), [PASSING]
            ).fetchall()
            for schema, table in connection.execute(TABLES).fetchall()
        }


def run_three_times(url: str, settings: PostLoadSettings) -> None:
    """New rows of every kind, then what heals, changes and deletes some, then nothing."""
    promoting.land_parents(url, range(1, 4))
    land(url, "users", [promoting.user(9, LastName=None)])
    land(url, "sync_batches", [page(1), page(2, outcome="complete")])
    seed.land(
        url,
        [
            relation(1),
            relation(2, TaskId=seed.task(4), RelationId=seed.contact(4)),
            relation(3, TaskId=seed.task(5)),
            relation(4, IsDeleted="maybe"),
            relation(5, IsDeleted="true", TaskId=seed.task(4)),
            relation(6),
        ],
    )
    post_load(url, settings)
    promoting.land_parents(url, [4])
    land(url, "users", [promoting.user(9, SystemModstamp=LATER)])
    land(url, "task_relation_deletes", [{"Id": relation(6)["Id"], "deletedDate": LATER}])
    seed.land(url, [relation(1, SystemModstamp=LATER, RelationId=seed.contact(2))])
    post_load(url, settings)
    post_load(url, settings)


@pytest.mark.parametrize("change", EARLIER.values(), ids=EARLIER)
def test_an_earlier_database_gets_the_schema_of_a_new_one(
    make_database: Callable[[], str], change: str
) -> None:
    assert schema_of(earlier(make_database(), change)) == schema_of(new(make_database()))


@pytest.mark.parametrize("change", EARLIER.values(), ids=EARLIER)
def test_what_waits_in_an_earlier_database_is_counted_and_promoted_on(
    database_url: str, change: str, tmp_path: Path
) -> None:
    seed.check_counts(earlier(database_url, change))
    settings = PostLoadSettings(reports_dir=tmp_path)
    promoting.land_parents(database_url, range(1, 10))
    assert post_load(database_url, settings).accounting.closes
    seed.check_counts(database_url)


def test_the_same_runs_leave_the_same_rows_in_a_migrated_and_a_new_database(
    make_database: Callable[[], str], tmp_path: Path
) -> None:
    left = []
    for url in (earlier(make_database(), EARLIER["no rows"]), new(make_database())):
        run_three_times(url, PostLoadSettings(reports_dir=tmp_path))
        left.append(rows_of(url))
    assert left[0] == left[1]
    assert left[0]["sf_taskwhorelations"]
    assert left[0]["failed_relations"]


def test_no_row_is_lost_by_migrating(make_database: Callable[[], str]) -> None:
    before, after = make_database(), make_database()
    restore(before)
    kept = rows_of(before)
    migrated = rows_of(earlier(after, EARLIER["f248733"]))
    assert {page.pop("is_void") for (page,) in migrated["batches"]} == {False}, "a new column"
    assert {table: rows for table, rows in migrated.items() if table not in ADDED} == {
        table: rows for table, rows in kept.items() if table not in RECOUNTED
    }
    assert len(migrated["quarantine"]) == len(kept["failed_relations"] + kept["failed_parents"])
