"""The dump of what an earlier commit left holds every kind of row that it could leave."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql

from tests.support.schemas.dumps import DUMPS, restore

if TYPE_CHECKING:
    from collections.abc import Iterable

Rows = list[tuple[Any, ...]]
MADE = "2711345d4e3a6870851c8337e28391779c417f55e0c3ec8465462ba215fa0e3b"
LANDED = {
    "taskwho.users": 1,
    "taskwho.contacts": 1,
    "taskwho.tasks": 3,
    "taskwho.task_who_relations": 8,
    "taskwho.task_relation_deletes": 1,
    "taskwho.sync_batches": 5,
}
STORED = {"sf_users": 4, "sf_contacts": 33, "sf_activities": 21, "sf_taskwhorelations": 50}
FAILING = {
    ("missing_task",): 9,
    ("missing_contact",): 4,
    ("missing_user",): 5,
    ("missing_task", "missing_contact", "missing_user"): 1,
    ("missing_task", "missing_contact", "missing_user", "null_value"): 1,
    ("missing_task", "null_value", "invalid_value"): 1,
    ("null_value",): 1,
    ("invalid_value",): 2,
    ("constraint",): 2,
    ("suppressed",): 2,
}
SET_ASIDE = {
    ("missing_task",): 1,
    ("missing_task", "missing_contact"): 1,
    ("missing_user",): 1,
}
FAILED_PARENTS = {
    ("users", "null_value"): 1,
    ("users", "invalid_value"): 1,
    ("contacts", "invalid_value"): 1,
    ("contacts", "constraint"): 1,
    ("tasks", "null_value"): 1,
    ("tasks", "null_value", "invalid_value"): 1,
    ("tasks", "suppressed"): 1,
}
COUNTED = ("taskwho.missing_parents", "taskwho.waiting_counts")
RUNS = [
    *[("ok", "incremental", "published")] * 3,
    ("ok", "full", "published"),
    ("ok", "incremental", "published"),
    ("failed", "incremental", "published"),
    ("quota", "incremental", "published"),
    ("ok", "incremental", "published"),
    ("nothing", None, "published"),
    ("ok", "incremental", "pending"),
]


@pytest.fixture
def url(database_url: str) -> str:
    restore(database_url)
    return database_url


def ask(url: str, query: str) -> Rows:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def sizes(url: str, tables: Iterable[str]) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        count = sql.SQL("select count(*) from {}")
        return {
            table: next(connection.execute(count.format(sql.Identifier(*table.split(".")))))[0]
            for table in tables
        }


def test_the_dump_is_as_it_was_made() -> None:
    assert hashlib.sha256((DUMPS / "f248733.sql").read_bytes()).hexdigest() == MADE


def test_rows_have_landed_that_no_promotion_has_seen(url: str) -> None:
    assert sizes(url, LANDED) == LANDED


def test_the_next_row_lands_after_those_that_have(url: str) -> None:
    [(following, last)] = ask(
        url,
        "select nextval('taskwho.landed_seq'), max(landed_seq) from taskwho.task_who_relations",
    )
    assert following > last


def test_the_readers_tables_are_filled(url: str) -> None:
    assert sizes(url, STORED) == STORED


def test_the_result_has_its_keys_each_with_an_index(url: str) -> None:
    keys = ask(
        url,
        "select attribute.attname from pg_constraint as key "
        "join pg_attribute as attribute on attribute.attrelid = key.conrelid "
        "and attribute.attnum = key.conkey[1] "
        "where key.conrelid = 'sf_taskwhorelations'::regclass and key.contype = 'f'"
        "and key.convalidated and exists (select from pg_index as found "
        "where found.indrelid = key.conrelid and found.indkey[0] = key.conkey[1])",
    )
    assert {name for (name,) in keys} == {
        "task_id",
        "relation_id",
        "created_by_id",
        "last_modified_by_id",
    }


def test_relations_fail_for_every_reason(url: str) -> None:
    found = ask(url, "select reasons from taskwho.failed_relations where not is_set_aside")
    assert Counter(tuple(reasons) for (reasons,) in found) == FAILING


def test_deleted_relations_wait_for_parents_set_aside(url: str) -> None:
    found = ask(
        url,
        "select reasons, record ->> 'IsDeleted' from taskwho.failed_relations where is_set_aside",
    )
    assert Counter(tuple(reasons) for reasons, _ in found) == SET_ASIDE
    assert {deleted for _, deleted in found} == {"true"}


def test_relations_wait_for_either_author_and_for_both(url: str) -> None:
    found = ask(
        url,
        "select missing_created_by_id is not null, missing_last_modified_by_id is not null "
        "from taskwho.failed_relations where reasons = '{missing_user}' and not is_set_aside",
    )
    assert Counter(found) == {(True, False): 1, (False, True): 2, (True, True): 2}


def test_a_record_without_an_id_waits_under_a_key_of_its_own(url: str) -> None:
    found = ask(
        url,
        "select record -> 'Id' from taskwho.failed_relations where salesforce_id like 'no-id-%'",
    )
    assert found == [(None,)]


def test_what_changed_while_it_waited_says_so(url: str) -> None:
    found = ask(
        url,
        "select attempts, first_failed_at < last_failed_at from taskwho.failed_relations",
    )
    assert Counter(found) == {(1, False): 25, (2, True): 6}


def test_what_waits_is_counted(url: str) -> None:
    missing = ask(
        url,
        "select parent, count(*), sum(waiting), sum(failing) from taskwho.missing_parents "
        "group by parent",
    )
    assert {parent: tuple(map(int, counts)) for parent, *counts in missing} == {
        "tasks": (13, 14, 12),
        "contacts": (7, 7, 6),
        "users": (9, 12, 11),
    }
    counted = ask(url, "select is_set_aside, reasons, relations from taskwho.waiting_counts")
    assert {tuple(reasons): rows for aside, reasons, rows in counted if aside} == SET_ASIDE
    assert {tuple(reasons): rows for aside, reasons, rows in counted if not aside} == FAILING


def test_the_triggers_go_on_counting(url: str) -> None:
    ask(url, "delete from taskwho.failed_relations returning salesforce_id")
    assert sizes(url, COUNTED) == dict.fromkeys(COUNTED, 0)


def test_nobody_but_its_owner_may_make_triggers_of_the_counting(url: str) -> None:
    query = "select has_function_privilege('public', 'taskwho.{}()', 'execute')"
    assert ask(url, query.format("count_waiting")) == [(False,)]
    assert ask(url, query.format("forget_waiting")) == [(True,)]


def test_parents_of_every_kind_wait(url: str) -> None:
    found = ask(url, "select stream, reasons, attempts from taskwho.failed_parents")
    assert Counter((stream, *reasons) for stream, reasons, _ in found) == FAILED_PARENTS
    assert Counter(attempts for *_, attempts in found) == {1: 6, 2: 1}


def test_removals_are_kept_and_two_are_not_applied(url: str) -> None:
    applied = ask(url, "select is_applied from taskwho.deleted_relations")
    assert Counter(applied) == {(True,): 12, (False,): 2}
    live = ask(
        url,
        "select stored.type, stored.is_deleted from sf_taskwhorelations as stored "
        "join taskwho.deleted_relations as kept using (salesforce_id) where not kept.is_applied",
    )
    assert live == [("Pinned", False)] * 2


def test_stored_relations_are_deleted_and_live(url: str) -> None:
    found = ask(url, "select is_deleted from sf_taskwhorelations")
    assert Counter(found) == {(False,): 40, (True,): 10}


def test_every_run_is_there_with_its_report(url: str) -> None:
    runs = ask(url, "select status, mode, report_status from taskwho.runs order by run_id")
    assert runs == RUNS
    reports = ask(url, "select run_id, report, report_path from taskwho.runs")
    assert all(report["run_id"] == run_id for run_id, report, _ in reports)
    paths = [path for *_, path in reports if path is not None]
    assert len(paths) == 9
    assert all(path.startswith("reports/") for path in paths)


@pytest.mark.parametrize(
    ("count", "total"),
    [
        ("healed", 5),
        ("set_aside", 30),
        ("deleted", 4),
        ("swept", 1),
        ("removed", 3),
        ("removed_waiting", 1),
        ("listed_as_removed", 14),
        ("suppressed", 18),
    ],
)
def test_the_runs_have_counted_every_outcome(url: str, count: str, total: int) -> None:
    query = f"select sum((counts ->> '{count}')::integer)::integer from taskwho.runs"  # noqa: S608 -- the test's own names
    assert ask(url, query) == [(total,)]


def test_the_journal_is_kept_with_every_stream_and_outcome(url: str) -> None:
    found = ask(url, "select stream, outcome from taskwho.batches")
    assert Counter(found) == {
        ("users", "complete"): 3,
        ("contacts", "complete"): 3,
        ("tasks", "complete"): 3,
        ("task_relation_deletes", "complete"): 2,
        ("task_who_relations", "complete"): 7,
        ("task_who_relations", "failed"): 1,
        ("task_who_relations", "quota"): 1,
    }


def test_columns_have_their_comments(url: str) -> None:
    [(comments,)] = ask(
        url,
        "select count(*) from pg_description join pg_class on pg_class.oid = objoid "
        "where classoid = 'pg_class'::regclass and relnamespace = 'taskwho'::regnamespace",
    )
    assert comments == 10
