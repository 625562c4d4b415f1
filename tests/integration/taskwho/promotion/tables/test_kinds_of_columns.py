"""Columns of every kind in tables of the user's: served, left alone with a warning, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import conninfo, sql
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.post_load import post_load

from tests.support import promoting, seed
from tests.support.postgresql import guest_url, query
from tests.support.promoting import LATER, land
from tests.support.seed import relation

if TYPE_CHECKING:
    from typing import LiteralString

    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

PARENTS = {"sf_users": "users", "sf_contacts": "contacts", "sf_activities": "tasks"}
TABLES = ("sf_taskwhorelations", *PARENTS)
KEYS = {
    "text": "text",
    "char": "char(18)",
    "wide char": "char(20)",
    "domain": "sf_id",
    "domain of a domain": "sf_other_id",
    "citext": "citext",
    "name": "name",
    "case-insensitive": 'varchar(18) collate "ignore_case"',
}
TYPES = """
    create domain sf_id as varchar(18) check (length(value) <= 18);
    create domain sf_other_id as sf_id check (value <> '')
"""
UNFIT_KEYS = {
    "array": ("text[]", "array[salesforce_id]", "text[]"),
    "number": ("bigint", "1", "bigint"),
    "uuid": ("uuid", "gen_random_uuid()", "uuid"),
    "bytes": ("bytea", "salesforce_id::bytea", "bytea"),
    "json": ("jsonb", "to_jsonb(salesforce_id)", "jsonb"),
}


def add_types(url: str, kind: str) -> None:
    """What the kinds need, where this server has it."""
    query(url, TYPES)
    needed = {
        "citext": "create extension citext",
        "case-insensitive": "create collation ignore_case (provider = icu, locale = "
        "'und-u-ks-level2', deterministic = false)",
    }
    if kind in needed:
        try:
            query(url, needed[kind])
        except (psycopg.errors.FeatureNotSupported, psycopg.errors.UndefinedFile) as error:
            pytest.skip(f"this server has none: {error}")


def change_key(url: str, table: str, kind: str, using: str = "salesforce_id") -> None:
    """Give a table another type of key, and drop the foreign keys that do not go with it."""
    with psycopg.connect(url) as connection:
        for name, on in connection.execute(
            "select conname, conrelid::regclass::text from pg_constraint where contype = 'f' "
            "and (confrelid = %s::regclass or conrelid = %s::regclass)",
            [table, table],
        ).fetchall():
            connection.execute(f"alter table {on} drop constraint {name}".encode())
        connection.execute(
            f"alter table {table} drop constraint {table}_salesforce_id_key".encode()
        )
        connection.execute(
            f"alter table {table} alter column salesforce_id type {kind} using {using}".encode()
        )
        connection.execute(f"alter table {table} add unique (salesforce_id)".encode())


def promote(
    url: str, settings: PostLoadSettings, numbers: tuple[int, ...], stamp: str
) -> RunResult:
    """Land one version of everything, and promote it; nothing is refused."""
    stamps = {"SystemModstamp": stamp}
    land(url, "users", [promoting.user(n, **stamps) for n in numbers])
    land(url, "contacts", [promoting.contact(n, **stamps) for n in numbers])
    land(url, "tasks", [promoting.task(n, **stamps) for n in numbers])
    of_parent = [{"TaskId": seed.task(n), "RelationId": seed.contact(n)} for n in numbers]
    seed.land(url, [relation(n, **stamps, **of) for n, of in zip(numbers, of_parent, strict=True)])
    result = post_load(url, settings)
    assert result.accounting.closes
    assert result.counts.failed == 0, result.errors
    assert all(counts.failed == 0 for counts in result.parents.values())
    return result


def check_both(url: str, settings: PostLoadSettings) -> RunResult:
    """Insert one row, then update it and insert another one."""
    promote(url, settings, (1,), seed.STAMP)
    result = promote(url, settings, (1, 2), LATER)
    assert (result.counts.inserted, result.counts.updated) == (1, 1)
    stored = query(url, "select rtrim(salesforce_id::text), task_id from sf_taskwhorelations")
    assert sorted(stored) == [(relation(n)["Id"], seed.task(n)) for n in (1, 2)]
    return result


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", KEYS)
def test_a_key_that_compares_with_text_is_served(
    url: str, settings: PostLoadSettings, table: str, kind: str
) -> None:
    add_types(url, kind)
    change_key(url, table, KEYS[kind])
    check_both(url, settings)


@pytest.mark.parametrize("kind", KEYS)
def test_a_new_result_refers_to_parents_with_such_keys(
    url: str, settings: PostLoadSettings, kind: str
) -> None:
    add_types(url, kind)
    query(url, "drop table sf_taskwhorelations")
    change_key(url, "sf_contacts", KEYS[kind])
    seed.land(url, [relation(1)])
    result = post_load(url, settings)
    assert (result.counts.inserted, result.exit_code) == (1, 0)
    keys = (
        "select conname from pg_constraint where conname = 'sf_taskwhorelations_relation_id_fkey'"
    )
    assert bool(query(url, keys)) != any("no foreign key" in said for said in result.warnings)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", UNFIT_KEYS)
def test_another_key_is_refused_with_column_and_type(
    url: str, settings: PostLoadSettings, table: str, kind: str
) -> None:
    type_name, using, shown = UNFIT_KEYS[kind]
    change_key(url, table, type_name, using)
    seed.land(url, [relation(1)])
    with pytest.raises(TaskwhoError) as refused:
        post_load(url, settings)
    assert refused.value.exit_code == 2
    assert refused.value.message.startswith(
        f"The column salesforce_id of public.{table} has the type {shown}. It has to hold "
        "Salesforce Ids, and PostgreSQL does not compare this type with text."
    )


LEFT_ALONE = {
    "generated": (
        "drop column {0} cascade, add column {0} {1} generated always as ({2}) stored",
        "is generated by the database",
    ),
    "array": ("alter column {0} type text[] using null", "has the type text[]"),
    "number": ("alter column {0} type integer using null", "has the type integer"),
}
COLUMNS = {
    "sf_taskwhorelations": ("type", "text", "'made'"),
    "sf_users": ("first_name", "text", "'made'"),
    "sf_contacts": ("phone", "text", "'made'"),
    "sf_activities": ("activity_date", "date", "'2020-01-01'::date"),
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", LEFT_ALONE)
def test_a_column_that_cannot_be_written_is_left_alone_and_named(
    url: str, settings: PostLoadSettings, table: str, kind: str
) -> None:
    statement, why = LEFT_ALONE[kind]
    column = COLUMNS[table]
    if table == "sf_users":
        query(url, "alter table sf_users add column first_name text")
    query(url, f"alter table {table} {statement.format(*column)}")
    result = check_both(url, settings)
    assert f"{column[0]} ({why})" in " ".join(result.warnings)
    expected = "made" if kind == "generated" and column[1] == "text" else None
    found = query(url, f"select distinct {column[0]}::text from {table}")  # noqa: S608 -- the test's own
    assert found == [("2020-01-01" if kind == "generated" and expected is None else expected,)]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("identity", ["always", "by default"])
def test_an_identity_column_fills_itself(
    url: str, settings: PostLoadSettings, table: str, identity: str
) -> None:
    query(
        url,
        f"alter table {table} drop column id, "
        f"add column id bigint generated {identity} as identity primary key",
    )
    check_both(url, settings)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("right", ["insert", "update", "select"])
def test_a_column_without_a_grant_is_left_alone_and_named(
    url: str, settings: PostLoadSettings, table: str, right: LiteralString
) -> None:
    left = {"sf_contacts": "email", "sf_activities": "subject", "sf_taskwhorelations": "type"}
    column = left.get(table, "first_name")
    query(url, "alter table sf_users add column first_name text")
    with guest_url(url) as guest:
        for _ in ("the schema taskwho", "the tables"):
            with pytest.raises(TaskwhoError) as refused:
                promote(guest, settings, (1,), seed.STAMP)
            query(url, promoting.statements_in(refused.value.message))
        withhold(url, guest, table, right, column)
        result = check_both(guest, settings)
    assert f"{column} (may not be written by this role)" in " ".join(result.warnings)
    assert query(url, f"select {column} from {table} where {column} = 'Call'") == []  # noqa: S608 -- the test's own


def withhold(url: str, guest: str, table: str, right: LiteralString, column: str) -> None:
    """Take a right on one column from a role that has it on the whole table."""
    role = sql.Identifier(str(conninfo.conninfo_to_dict(guest)["user"]))
    on, privilege = sql.Identifier(table), sql.SQL(right)
    with psycopg.connect(url) as admin:
        found = admin.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 "
            "and attname <> %s",
            [table, column],
        ).fetchall()
        columns = sql.SQL(", ").join(sql.Identifier(name) for (name,) in found)
        admin.execute(sql.SQL("revoke {} on {} from {}").format(privilege, on, role))
        admin.execute(sql.SQL("grant {} ({}) on {} to {}").format(privilege, columns, on, role))


@pytest.mark.parametrize("table", PARENTS)
def test_ids_that_a_parent_holds_twice_are_named_and_the_rest_goes_in(
    url: str, settings: PostLoadSettings, table: str
) -> None:
    query(url, "drop table sf_taskwhorelations")
    double(url, table)
    result = check_both(url, settings)
    repeated = {
        "sf_users": seed.USER,
        "sf_contacts": seed.contact(1),
        "sf_activities": seed.task(1),
    }
    assert (
        f"public.{table} holds Ids more than once: {repeated[table]}. Each of them counts as one. "
        f'Remove the copies, then run `alter table "public"."{table}" add unique '
        '("salesforce_id")`.'
    ) in result.warnings


def double(url: str, table: str) -> None:
    """Put each row of a table into it once more."""
    query(url, f"alter table {table} drop constraint {table}_salesforce_id_key cascade")
    query(url, f"alter table {table} drop constraint {table}_pkey")
    query(url, f"insert into {table} select * from {table}")  # noqa: S608 -- the test's own names


def test_ids_that_the_result_holds_twice_are_named_and_kept_alike(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    post_load(url, settings)
    double(url, "sf_taskwhorelations")
    seed.land(url, [relation(1, SystemModstamp=LATER, Type="New"), relation(2)])
    result = post_load(url, settings)
    assert (result.counts.updated, result.counts.inserted, result.counts.failed) == (1, 1, 0)
    types = query(url, "select type from sf_taskwhorelations order by 1")
    assert [kind for (kind,) in types] == ["Contact", "New", "New"]
    assert "public.sf_taskwhorelations holds Ids more than once" in " ".join(result.warnings)
