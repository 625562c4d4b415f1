"""A database without the sf_* tables, and roles that may not make them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from taskwho.model.errors import TaskwhoError
from taskwho.model.settings import ParentTable, PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.promoting import statements_in
from tests.support.schemas.dumps import restore
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult

CONSTRAINTS = """
select conname, pg_get_constraintdef(oid), convalidated from pg_constraint
where conrelid = 'sf_taskwhorelations'::regclass and contype <> 'n'
"""


def test_tables_made_by_us_have_the_seeds_constraints_and_no_other(
    database_url: str, settings: PostLoadSettings
) -> None:
    promoting.land_parents(database_url)
    seed.land(database_url, [relation(1), relation(2, TaskId=seed.task(9))])
    assert post_load(database_url, settings).counts.inserted == 1
    assert set(query(database_url, CONSTRAINTS)) == {
        ("sf_taskwhorelations_pkey", "PRIMARY KEY (id)", True),
        ("sf_taskwhorelations_salesforce_id_key", "UNIQUE (salesforce_id)", True),
        *(
            (
                f"sf_taskwhorelations_{column}_fkey",
                f"FOREIGN KEY ({column}) REFERENCES {parent}(salesforce_id)",
                True,
            )
            for column, parent in (
                ("task_id", "sf_activities"),
                ("relation_id", "sf_contacts"),
                ("created_by_id", "sf_users"),
                ("last_modified_by_id", "sf_users"),
            )
        ),
    }


def test_tables_made_by_us_have_an_index_for_each_join(
    database_url: str, settings: PostLoadSettings
) -> None:
    promoting.land_parents(database_url)
    seed.land(database_url, [relation(1)])
    post_load(database_url, settings)
    indexed = query(
        database_url,
        "select indexdef from pg_indexes where tablename = 'sf_taskwhorelations'",
    )
    assert {re.sub(r".*\((.*)\)", r"\1", definition) for (definition,) in indexed} == {
        "id",
        "salesforce_id",
        "task_id",
        "relation_id",
        "created_by_id",
        "last_modified_by_id",
    }


def test_the_first_load_and_the_second_give_the_same_rows_as_one_on_live_keys(
    database_url: str, settings: PostLoadSettings
) -> None:
    promoting.land_parents(database_url, range(1, 5))
    rows = [
        relation(n, TaskId=seed.task(1 + n % 5), RelationId=seed.contact(1 + n % 6))
        for n in range(1, 200)
    ]
    seed.land(database_url, rows[:100])
    post_load(database_url, settings)
    seed.land(database_url, rows)
    second = post_load(database_url, settings)
    complete = {
        row["Id"] for i, row in enumerate(rows, start=1) if i % 5 != 4 and i % 6 not in (4, 5)
    }
    assert set(seed.stored(database_url)) == complete
    assert second.counts.inserted + second.counts.unchanged == len(complete)


def test_names_of_schema_tables_and_keys_are_the_users(
    database_url: str, settings: PostLoadSettings
) -> None:
    query(database_url, 'create schema "My CRM"')
    named = PostLoadSettings(
        reports_dir=settings.reports_dir,
        schema="My CRM",
        relations_table='who"does',
        parents={
            "users": ParentTable("people", "sf id"),
            "contacts": ParentTable("Contacts", "sfid"),
            "tasks": ParentTable("activities; drop", "sfid"),
        },
    )
    promoting.land_parents(database_url)
    seed.land(database_url, [relation(1)])
    assert post_load(database_url, named).counts.inserted == 1
    seed.land(database_url, [relation(1, SystemModstamp=promoting.LATER), relation(2)])
    result = post_load(database_url, named)
    assert (result.counts.inserted, result.counts.updated) == (1, 1)
    assert query(database_url, 'select count(*) from "My CRM"."who""does"') == [(2,)]


def test_a_schema_that_is_not_there_is_named(database_url: str, settings: PostLoadSettings) -> None:
    promoting.land_parents(database_url)
    with pytest.raises(TaskwhoError, match="The schema crm does not exist") as refused:
        post_load(database_url, PostLoadSettings(reports_dir=settings.reports_dir, schema="crm"))
    assert refused.value.exit_code == 2


def test_a_role_without_rights_is_told_what_an_administrator_must_run_until_it_works(
    database_url: str, guest: str, settings: PostLoadSettings
) -> None:
    for right in ("create schema", 'on schema "public"'):
        with pytest.raises(TaskwhoError, match=right) as refused:
            land_and_promote(guest, settings)
        assert refused.value.exit_code == 2
        query(database_url, statements_in(refused.value.message))
    assert land_and_promote(guest, settings).counts.inserted == 1


def land_and_promote(url: str, settings: PostLoadSettings) -> RunResult:
    promoting.land_parents(url)
    seed.land(url, [relation(1)])
    return post_load(url, settings)


@pytest.mark.parametrize("parents", [False, True])
def test_a_role_without_rights_on_tables_that_are_there_is_told_them_all_at_once(
    database_url: str, guest: str, settings: PostLoadSettings, *, parents: bool
) -> None:
    seed.create(database_url)
    seed.land(database_url, [relation(1)])
    if parents:
        promoting.land_parents(database_url, [1, 2])
    with pytest.raises(TaskwhoError, match="lacks a right") as refused:
        post_load(guest, settings)
    assert refused.value.exit_code == 2
    query(database_url, statements_in(refused.value.message))
    result = post_load(guest, settings)
    assert result.counts.inserted == 1
    assert [counts.retrieved for counts in result.parents.values()] == ([2] * 3 if parents else [])


def test_a_database_that_another_role_made_is_migrated_when_an_administrator_gave_it_away(
    database_url: str, guest: str, settings: PostLoadSettings
) -> None:
    restore(database_url)
    for told in ("permission denied for schema taskwho", "must be owner of"):
        with pytest.raises(TaskwhoError, match=told) as refused:
            post_load(guest, settings)
        assert refused.value.exit_code == 2
        query(database_url, statements_in(refused.value.message))
    assert post_load(guest, settings).counts.inserted > 0
    seed.check_counts(database_url)


def test_a_policy_that_hides_parents_is_told_with_its_cure(
    database_url: str, guest: str, settings: PostLoadSettings
) -> None:
    seed.create(database_url)
    seed.land(database_url, [relation(1)])
    with pytest.raises(TaskwhoError) as refused:
        post_load(guest, settings)
    query(database_url, statements_in(refused.value.message))
    query(database_url, "alter table sf_contacts enable row level security")
    with pytest.raises(TaskwhoError, match="row-level security policy") as refused:
        post_load(guest, settings)
    assert refused.value.exit_code == 2
    query(database_url, statements_in(refused.value.message))
    assert post_load(guest, settings).counts.inserted == 1


def test_a_role_that_may_only_refer_to_its_parents_is_enough(
    database_url: str, guest: str, settings: PostLoadSettings
) -> None:
    seed.create(database_url)
    role = sql.Identifier(str(psycopg.conninfo.conninfo_to_dict(guest)["user"]))
    with psycopg.connect(database_url) as admin:
        admin.execute("drop table sf_taskwhorelations")
        admin.execute(sql.SQL("grant create on schema public to {}").format(role))
        admin.execute("create schema taskwho")
        admin.execute(sql.SQL("grant all on schema taskwho to {}").format(role))
        admin.execute(sql.SQL("grant select on sf_contacts to {}").format(role))
        admin.execute(sql.SQL("grant select on sf_users, sf_activities to {}").format(role))
    seed.land(guest, [relation(1)])
    with pytest.raises(TaskwhoError, match="references") as refused:
        post_load(guest, settings)
    query(database_url, statements_in(refused.value.message))
    assert post_load(guest, settings).counts.inserted == 1


def test_parents_without_a_unique_key_are_named_with_the_cure(
    database_url: str, settings: PostLoadSettings
) -> None:
    seed.create(database_url)
    query(database_url, "drop table sf_taskwhorelations")
    query(database_url, "alter table sf_contacts drop constraint sf_contacts_salesforce_id_key")
    seed.land(database_url, [relation(1)])
    with pytest.raises(TaskwhoError, match=r"sf_contacts.*add unique") as refused:
        post_load(database_url, settings)
    assert refused.value.exit_code == 2


def test_nothing_landed_and_no_tables_is_no_error(
    database_url: str, settings: PostLoadSettings
) -> None:
    result = post_load(database_url, settings)
    assert (result.status, result.exit_code) == ("nothing", 0)
    assert result.accounting.closes
