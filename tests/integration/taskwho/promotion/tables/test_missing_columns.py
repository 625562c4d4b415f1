"""Columns that a table of the user's does not have: left out, or named with the statement to run.

Each promotion runs in a transaction that is rolled back, so that there is time for many.
"""

from __future__ import annotations

import random
import re
from itertools import combinations, zip_longest
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql
from taskwho.database.connection import connect
from taskwho.model.entities import CONTACTS, KEY, RELATIONS, TASKS, USERS
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.post_load import post_load
from taskwho.promotion.promote import promote
from taskwho.report.record_files import RecordFileWriter

from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.promoting import LATER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.entities import Entity
    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

TABLES = {
    RELATIONS: "sf_taskwhorelations",
    USERS: "sf_users",
    CONTACTS: "sf_contacts",
    TASKS: "sf_activities",
}
# what the promotion makes up or stamps
OWN = ("id", "created_at", "updated_at")
RANDOM_SUBSETS = 50
Columns = tuple[str, ...]
Rows = list[dict[str, Any]]


def subsets(entity: Entity) -> Iterator[Columns]:
    """Every column, every pair, all but the key, and random ones: of all columns, of some."""
    columns = [KEY, *(field.target for field in entity.fields), *OWN]
    yield from combinations(columns, 1)
    yield from combinations(columns, 2)
    yield tuple(columns[1:])
    spared = [column for column in columns if column not in needed_of(entity)]
    chance = random.Random(entity.name)  # noqa: S311 -- the same subsets every time
    for some in (columns, spared):
        for _ in range(RANDOM_SUBSETS):
            yield tuple(chance.sample(some, chance.randint(3, len(some))))


def needed_of(entity: Entity) -> set[str]:
    """The columns that no table may lack."""
    return {KEY, *entity.needed_columns}


@pytest.fixture
def landed(url: str, settings: PostLoadSettings) -> Iterator[psycopg.Connection[Any]]:
    """A database with a row in each table, and a newer version and a new row in front of each."""
    for table in ("sf_users", "sf_activities"):
        query(url, f"update {table} set sf_system_modstamp = '2020-01-01'")  # noqa: S608 -- the test's own
    for stamp, numbers in ((seed.STAMP, (1,)), (LATER, (1, 2))):
        stamps = {"SystemModstamp": stamp}
        made = {"users": promoting.user, "contacts": promoting.contact, "tasks": promoting.task}
        for stream, make in made.items():
            promoting.land(url, stream, [make(number, **stamps) for number in numbers])
        seed.land(url, [seed.relation(number, **stamps) for number in numbers])
        if stamp == seed.STAMP:
            post_load(url, settings)
    with connect(url) as connection:
        yield connection


def promoted(conn: psycopg.Connection[Any], settings: PostLoadSettings) -> RunResult:
    files = RecordFileWriter(settings.reports_dir)
    result, _ = promote(conn, settings, None, files)
    files.discard()
    assert result.accounting.closes
    return result


def rows(conn: psycopg.Connection[Any], table: str) -> Rows:
    cursor = conn.cursor(row_factory=psycopg.rows.dict_row)
    found = cursor.execute(sql.SQL("select * from {}").format(sql.Identifier(table))).fetchall()
    kept = [{name: row[name] for name in row if name not in OWN} for row in found]
    return sorted(kept, key=lambda row: str(row.get(KEY)))


def drop(conn: psycopg.Connection[Any], table: str, columns: Columns) -> None:
    if not columns:
        return
    parts = [sql.SQL("drop column if exists {} cascade").format(sql.Identifier(c)) for c in columns]
    statement = sql.SQL("alter table {} {}").format(
        sql.Identifier(table), sql.SQL(", ").join(parts)
    )
    conn.execute(statement)


def statement_in(error: TaskwhoError) -> bytes:
    found = re.search("`(alter table .*?)`", error.message)
    assert found, error.message
    return found[1].encode()


def test_columns_that_a_table_can_spare_are_left_out(
    landed: psycopg.Connection[Any], settings: PostLoadSettings
) -> None:
    # each promotion writes all tables, so each of them takes one subset
    spared = {
        entity: [missing for missing in subsets(entity) if not needed_of(entity) & set(missing)]
        for entity in TABLES
    }
    with landed.transaction(force_rollback=True):
        promoted(landed, settings)
        whole = {table: rows(landed, table) for table in TABLES.values()}
    assert {len(found) for found in whole.values()} == {2}
    for shape in zip_longest(*spared.values(), fillvalue=()):
        with landed.transaction(force_rollback=True):
            for table, missing in zip(TABLES.values(), shape, strict=True):
                drop(landed, table, missing)
            result = promoted(landed, settings)
            assert result.counts.failed == 0, (shape, result.errors)
            for table, missing in zip(TABLES.values(), shape, strict=True):
                assert rows(landed, table) == [
                    {name: row[name] for name in row if name not in missing} for row in whole[table]
                ], (table, missing)


@pytest.mark.parametrize("entity", TABLES, ids=lambda entity: entity.name)
def test_columns_that_a_table_needs_are_named_with_the_statement_to_run(
    landed: psycopg.Connection[Any], settings: PostLoadSettings, entity: Entity
) -> None:
    for other in TABLES.keys() - {entity}:
        landed.execute(f"truncate taskwho.{other.stream}".encode())
    for missing in subsets(entity):
        needed = needed_of(entity) & set(missing)
        if not needed:
            continue
        with landed.transaction(force_rollback=True):
            drop(landed, TABLES[entity], missing)
            with pytest.raises(TaskwhoError) as refused, landed.transaction():
                promoted(landed, settings)
            assert refused.value.exit_code == 2
            said = refused.value.message
            assert KEY in said if KEY in missing else all(name in said for name in needed)
            landed.execute(statement_in(refused.value))


def test_the_statement_for_a_missing_column_makes_the_table_whole(
    landed: psycopg.Connection[Any], settings: PostLoadSettings
) -> None:
    landed.execute("alter table sf_taskwhorelations drop column task_id, drop column is_deleted")
    with pytest.raises(TaskwhoError) as refused, landed.transaction():
        promoted(landed, settings)
    assert refused.value.message == (
        "The table public.sf_taskwhorelations lacks columns that relations need: is_deleted, "
        'task_id. Run `alter table "public"."sf_taskwhorelations" add column "is_deleted" boolean, '
        'add column "task_id" varchar(18)`, then `taskwho sync --mode full`, which fills them. '
        "Nothing was changed, and what landed is kept: the next post-load promotes it."
    )
    landed.execute(statement_in(refused.value))
    with landed.transaction():
        assert promoted(landed, settings).counts.failed == 0
    assert {row["task_id"] for row in rows(landed, "sf_taskwhorelations")} == {seed.task(1)}
