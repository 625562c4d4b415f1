"""Migrations: once for everybody, all or nothing, and never of a newer database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from typing import TYPE_CHECKING
from unittest import mock

import psycopg
import pytest
from taskwho.database import landing
from taskwho.database.connection import ADVISORY_LOCK, connect
from taskwho.database.migrate import Migration, migrate, migrations, schema_state
from taskwho.model.errors import TaskwhoError

from tests.support.observing import WAITS_FOR_A_LOCK, is_seen, wait_for
from tests.support.postgresql import query
from tests.support.schemas.dumps import restore
from tests.support.schemas.listing import schema_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RELEASE = metadata.version("taskwho")
NEWEST = migrations()[-1]
NEXT = NEWEST.number + 1
APPLIED = "select number, name, release from taskwho.schema_version order by number"
UNCOMMENTED = """
    select relname, attname
    from pg_class
    join pg_attribute on attrelid = pg_class.oid
    where relnamespace = 'taskwho'::regnamespace and relkind in ('r', 'v') and attnum > 0
        and not attisdropped
        and (obj_description(pg_class.oid, 'pg_class') is null
            or col_description(pg_class.oid, attnum) is null)
"""


def migrated(url: str, known: Sequence[Migration] | None = None) -> str:
    with connect(url) as connection:
        migrate(connection, known=known)
    return url


def refusal(url: str, known: Sequence[Migration] | None = None) -> str:
    with pytest.raises(TaskwhoError) as refused:
        migrated(url, known)
    assert refused.value.exit_code == 2
    return refused.value.message


def with_next(statements: bytes) -> list[Migration]:
    return [*migrations(), Migration(NEXT, "trial", statements)]


def test_every_migration_is_recorded_with_the_release_that_applied_it(database_url: str) -> None:
    migrated(database_url)
    expected = [(migration.number, migration.name, RELEASE) for migration in migrations()]
    assert query(database_url, APPLIED) == expected


def test_a_second_time_does_no_harm(database_url: str) -> None:
    schema = schema_of(migrated(database_url))
    rows = query(database_url, "select xmin::text, * from taskwho.schema_version")
    assert schema_of(migrated(database_url)) == schema
    assert query(database_url, "select xmin::text, * from taskwho.schema_version") == rows


def test_nothing_missing_is_one_query(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with connect(migrated(database_url)) as connection:
        executed = mock.Mock(wraps=connection.execute)
        monkeypatch.setattr(connection, "execute", executed)
        migrate(connection)
    assert executed.call_count == 1


def test_twenty_at_once_on_an_empty_database_all_end_well(database_url: str) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(migrated, [database_url] * 20))
    assert query(database_url, "select count(*) from taskwho.schema_version") == [
        (len(migrations()),)
    ]


def test_a_migrated_dump_has_the_schema_of_a_new_database(
    make_database: Callable[[], str],
) -> None:
    old, new = make_database(), make_database()
    restore(old)
    assert schema_of(migrated(old)) == schema_of(migrated(new))


def test_every_table_and_column_has_a_comment(database_url: str) -> None:
    assert query(migrated(database_url), UNCOMMENTED) == []


def test_a_newer_database_names_the_release_to_install(database_url: str) -> None:
    newer = "insert into taskwho.schema_version values (%s, 'later', '7.2.0')"
    query(migrated(database_url), newer, NEXT)
    message = (
        f"The schema taskwho of the database has version {NEXT}, and taskwho {RELEASE} knows "
        f"version {NEWEST.number}. A later release has migrated it. Install that release: "
        "`pip install 'taskwho==7.2.0'`. Nothing was changed, and what landed is kept."
    )
    assert refusal(database_url) == message


def test_the_next_migration_is_applied_alone(database_url: str) -> None:
    migrated(database_url)
    migrated(database_url, with_next(b"create table taskwho.more (id int)"))
    assert query(database_url, APPLIED)[-1] == (NEXT, "trial", RELEASE)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            b"alter table taskwho.runs add constraint in_time check (status <> 'late')",
            (
                'check constraint "in_time" of relation "runs" is violated by some row '
                "(SQLSTATE 23514)"
            ),
        ),
        (
            b"create unique index one_status on taskwho.runs (status)",
            (
                'could not create unique index "one_status": Key (status)=(late) is duplicated '
                "(SQLSTATE 23505)"
            ),
        ),
    ],
)
def test_data_in_the_way_is_named_and_nothing_is_changed(
    database_url: str, statement: bytes, told: str
) -> None:
    late = (
        "insert into taskwho.runs (run_ids, started_at, status, report_status) "
        "select '{}', now(), 'late', 'pending' from generate_series(1, 2)"
    )
    query(migrated(database_url), late)
    before = schema_of(database_url)
    message = refusal(database_url, with_next(b"create table taskwho.more (id int);" + statement))
    assert message == (
        f"The migration {NEXT:04}_trial of the schema taskwho failed: {told}. A table of the "
        "schema, or a row of it, is not as taskwho made it. Change or remove what is named, then "
        "run `taskwho prepare`. Nothing was changed, and what landed is kept."
    )
    assert schema_of(database_url) == before
    assert query(database_url, APPLIED)[-1][0] == NEWEST.number


def test_a_table_of_somebody_else_in_the_schema_is_named(database_url: str) -> None:
    query(database_url, "create schema taskwho; create table taskwho.runs (mine int)")
    named = 'column "run_id" of relation "taskwho.runs" does not exist (SQLSTATE 42703)'
    assert named in refusal(database_url)
    assert query(database_url, "select to_regclass('taskwho.schema_version')") == [(None,)]


def test_a_landing_table_that_is_gone_is_made_again(database_url: str) -> None:
    schema = schema_of(migrated(database_url))
    query(database_url, "drop table taskwho.users")
    with connect(database_url) as connection:
        assert schema_state(connection).missing == ["users"]
    assert schema_of(migrated(database_url)) == schema


def test_landing_tables_that_a_loader_made_stay_as_they_are(database_url: str) -> None:
    made = 'create table taskwho.users ("Id" varchar primary key, "SystemModstamp" timestamp)'
    query(database_url, "create schema taskwho")
    query(database_url, made)
    migrated(database_url)
    columns = (
        "select attname, format_type(atttypid, null), col_description(attrelid, attnum) "
        "from pg_attribute where attrelid = 'taskwho.users'::regclass and attnum > 0"
    )
    assert query(database_url, columns) == [
        ("Id", "character varying", "Id as it landed."),
        ("SystemModstamp", "timestamp without time zone", "SystemModstamp as it landed."),
    ]
    with connect(database_url) as connection:
        assert landing.existing(connection, landing.streams()) == list(landing.streams())


def test_autovacuum_holds_no_lock_on_a_landing_table_that_the_promotion_waits_for(
    database_url: str,
) -> None:
    query(database_url, "create schema taskwho")
    query(database_url, 'create table taskwho.users ("Id" text)')  # as a loader makes one
    migrated(database_url)
    watched = """
        select relname
        from pg_class
        where oid = any(
            select to_regclass('taskwho.' || stream) from unnest(%s::text[]) as stream
        ) and reloptions is distinct from '{autovacuum_enabled=false}'
    """
    with connect(database_url) as connection:
        assert connection.execute(watched, [list(landing.streams())]).fetchall() == []


def test_a_migration_waits_for_a_promotion_to_end(database_url: str) -> None:
    with ThreadPoolExecutor(1) as pool, psycopg.connect(database_url) as promotion:
        promotion.execute("select pg_advisory_xact_lock(%s)", (ADVISORY_LOCK,))
        waiting = pool.submit(migrated, database_url)
        wait_for_a_waiting_session(database_url)
        promotion.commit()
        waiting.result()


@pytest.mark.parametrize(
    "statement",
    ["create schema taskwho", "create table taskwho.users ()"],
    ids=["schema", "table"],
)
def test_what_a_loader_makes_at_the_same_moment_is_taken_as_it_is(
    database_url: str, statement: str
) -> None:
    if "table" in statement:
        query(database_url, "create schema taskwho")
    with ThreadPoolExecutor(1) as pool, psycopg.connect(database_url) as loader:
        loader.execute(statement.encode())
        waiting = pool.submit(migrated, database_url)
        wait_for_a_waiting_session(database_url)
        loader.commit()
        waiting.result()
    with connect(database_url) as connection:
        assert schema_state(connection).missing == []


def test_a_migration_that_the_server_ends_changes_nothing(database_url: str) -> None:
    end = "select pg_terminate_backend(pid) from pg_locks where not granted"
    with ThreadPoolExecutor(1) as pool, psycopg.connect(database_url) as promotion:
        promotion.execute("select pg_advisory_xact_lock(%s)", (ADVISORY_LOCK,))
        waiting = pool.submit(migrated, database_url)
        wait_for_a_waiting_session(database_url)
        query(database_url, end)
        with pytest.raises(TaskwhoError) as ended:
            waiting.result()
    assert ended.value.exit_code == 1
    assert ended.value.message == (
        "PostgreSQL ended the migration of the schema taskwho: terminating connection due to "
        "administrator command. The server stopped it, or another session held a lock for more "
        "than 10 minutes. End that session or wait for it, then run `taskwho prepare`. Nothing was "
        "changed, and what landed is kept."
    )
    assert query(database_url, "select to_regnamespace('taskwho')") == [(None,)]


def wait_for_a_waiting_session(url: str) -> None:
    wait_for(lambda: is_seen(url, WAITS_FOR_A_LOCK), "a session that waits")
