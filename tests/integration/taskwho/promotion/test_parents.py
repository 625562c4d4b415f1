"""Users, contacts and tasks: made, upserted, quarantined, and left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho.pipeline.post_load import post_load

from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.promoting import EARLIER, LATER, contact, land, task, user
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

    from tests.support.seed import Row

COLUMNS = """
select column_name, data_type, character_maximum_length, is_nullable
from information_schema.columns where table_name = %s
"""


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "sf_users",
            {
                ("salesforce_id", "character varying", 18, "NO"),
                ("username", "character varying", 80, "NO"),
                ("is_profile_photo_active", "boolean", None, "NO"),
                ("sf_system_modstamp", "timestamp without time zone", None, "NO"),
            },
        ),
        (
            "sf_contacts",
            {
                ("id", "uuid", None, "NO"),
                ("salesforce_id", "character varying", 18, "NO"),
                ("last_name", "character varying", 80, "NO"),
            },
        ),
        (
            "sf_activities",
            {
                ("id", "uuid", None, "NO"),
                ("subject", "character varying", 255, "YES"),
                ("activity_date", "date", None, "YES"),
                ("priority", "character varying", 20, "NO"),
                ("is_archived", "boolean", None, "NO"),
                ("type", "character varying", 50, "YES"),
            },
        ),
    ],
)
def test_a_parents_table_is_made_with_the_seeds_columns(
    database_url: str,
    settings: PostLoadSettings,
    table: str,
    expected: set[tuple[object, ...]],
) -> None:
    promoting.land_parents(database_url)
    post_load(database_url, settings)
    assert expected <= set(query(database_url, COLUMNS, table))


def test_parents_go_in_whole(database_url: str, settings: PostLoadSettings) -> None:
    promoting.land_parents(database_url, range(1, 4))
    result = post_load(database_url, settings)
    assert {name: counts.inserted for name, counts in result.parents.items()} == {
        "users": 3,
        "contacts": 3,
        "tasks": 3,
    }
    [row] = query(
        database_url,
        "select subject, activity_date::text, status, type, is_closed, "
        "sf_system_modstamp::text from sf_activities where salesforce_id = %s",
        seed.task(2),
    )
    assert row == ("Call", "2024-05-02", "Open", "Task", False, "2024-05-01 08:00:00")


def test_streams_that_ran_without_rows_make_their_tables(
    database_url: str, settings: PostLoadSettings
) -> None:
    land(
        database_url,
        "sync_batches",
        [
            promoting.page(1, stream=stream, outcome="complete")
            for stream in ("users", "contacts", "tasks", "task_who_relations")
        ],
    )
    result = post_load(database_url, settings)
    assert set(result.parents) == {"users", "contacts", "tasks"}
    assert query(database_url, "select count(*) from sf_taskwhorelations") == [(0,)]


@pytest.mark.parametrize(
    ("stamp", "name", "outcome"),
    [
        (EARLIER, "Old", "unchanged"),
        # two versions can share a second
        (seed.STAMP, "Same", "updated"),
        (seed.STAMP, "Moe", "unchanged"),
        (LATER, "New", "updated"),
    ],
)
def test_a_parent_is_replaced_by_a_version_that_is_not_older(
    database_url: str, settings: PostLoadSettings, stamp: str, name: str, outcome: str
) -> None:
    land(database_url, "contacts", [contact(1)])
    post_load(database_url, settings)
    land(database_url, "contacts", [contact(1, SystemModstamp=stamp, LastName=name)])
    counts = post_load(database_url, settings).parents["contacts"]
    assert getattr(counts, outcome) == 1
    [(stored,)] = query(database_url, "select last_name from sf_contacts")
    assert stored == (name if outcome == "updated" else "Moe")


def test_a_deleted_parent_stays_and_is_marked(
    database_url: str, settings: PostLoadSettings
) -> None:
    land(database_url, "tasks", [task(1)])
    post_load(database_url, settings)
    land(database_url, "tasks", [task(1, IsDeleted="true", SystemModstamp=LATER)])
    assert post_load(database_url, settings).parents["tasks"].deleted == 1
    assert query(database_url, "select is_deleted from sf_activities") == [(True,)]


@pytest.mark.parametrize(
    ("stream", "row", "reason"),
    [
        ("users", user(1, Email=None), "null_value"),
        ("users", user(1, IsProfilePhotoActive="perhaps"), "invalid_value"),
        ("contacts", contact(1, LastName=None), "null_value"),
        ("contacts", contact(1, LastName="x" * 81), "invalid_value"),
        ("contacts", contact(1, SystemModstamp="infinity"), "invalid_value"),
        ("tasks", task(1, ActivityDate="2024-02-30"), "invalid_value"),
        ("tasks", task(1, ActivityDate="today"), "invalid_value"),
        ("tasks", task(1, Id="no Id at all"), "invalid_value"),
        ("tasks", task(1, Id=None), "null_value"),
        ("tasks", task(1, Priority=None), "null_value"),
    ],
)
def test_a_bad_parent_waits_with_its_reason_and_no_other_does(
    database_url: str, settings: PostLoadSettings, stream: str, row: Row, reason: str
) -> None:
    promoting.land_parents(database_url, [2])
    land(database_url, stream, [row])
    result = post_load(database_url, settings)
    counts = result.parents[stream]
    assert (counts.inserted, counts.failed, counts.quarantined_now) == (1, 1, 1)
    assert query(database_url, "select stream, reasons from taskwho.failed_parents") == [
        (stream, [reason])
    ]


def test_a_bad_parent_is_replaced_by_a_good_version_and_its_relations_heal(
    database_url: str, settings: PostLoadSettings
) -> None:
    promoting.land_parents(database_url)
    land(database_url, "contacts", [contact(2, LastName=None)])
    seed.land(database_url, [relation(1, RelationId=seed.contact(2))])
    first = post_load(database_url, settings)
    assert first.errors == {"foreign_key": 1, "missing_contact": 1}
    land(database_url, "contacts", [contact(2, SystemModstamp=LATER)])
    second = post_load(database_url, settings)
    assert (second.counts.healed, second.counts.inserted) == (1, 1)
    assert query(database_url, "select count(*) from taskwho.failed_parents") == [(0,)]


def test_a_standing_bad_parent_is_not_written_again(
    database_url: str, settings: PostLoadSettings
) -> None:
    land(database_url, "contacts", [contact(1, LastName=None)])
    post_load(database_url, settings)
    before = query(database_url, "select xmin, ctid from taskwho.quarantine")
    again = post_load(database_url, settings)
    assert (again.parents["contacts"].retried, again.parents["contacts"].failed) == (1, 1)
    assert query(database_url, "select xmin, ctid from taskwho.quarantine") == before


def test_a_users_own_parents_get_the_columns_that_they_have(
    database_url: str, settings: PostLoadSettings
) -> None:
    seed.create(database_url)
    query(database_url, "alter table sf_contacts drop column phone, add column vip int")
    land(database_url, "contacts", [contact(1, Email="a@example.com"), contact(2)])
    counts = post_load(database_url, settings).parents["contacts"]
    assert (counts.inserted, counts.updated) == (1, 1)
    rows = query(database_url, "select last_name, email, vip from sf_contacts order by 2")
    assert rows == [("Moe", "a@example.com", None), ("Moe", None, None)]


def test_a_users_own_column_that_nobody_fills_keeps_new_parents_out_and_says_so(
    database_url: str, settings: PostLoadSettings
) -> None:
    seed.create(database_url)
    query(database_url, "alter table sf_contacts add column region text not null default 'x'")
    query(database_url, "alter table sf_contacts alter column region drop default")
    land(database_url, "contacts", [contact(1, LastName="New"), contact(2)])
    counts = post_load(database_url, settings).parents["contacts"]
    assert (counts.updated, counts.failed) == (1, 1)
    [(reasons, error)] = query(database_url, "select reasons, error from taskwho.failed_parents")
    assert reasons == ["constraint"]
    assert "region" in error


def test_a_column_of_another_type_is_left_alone_with_a_warning(
    database_url: str, settings: PostLoadSettings
) -> None:
    seed.create(database_url)
    query(database_url, "alter table sf_contacts alter column email type integer using null")
    land(database_url, "contacts", [contact(2, Email="a@example.com")])
    result = post_load(database_url, settings)
    assert result.parents["contacts"].inserted == 1
    assert any("email" in warning for warning in result.warnings)


def test_parents_whose_streams_did_not_run_are_not_touched(
    database_url: str, settings: PostLoadSettings
) -> None:
    seed.create(database_url)
    before = query(database_url, "select xmin from sf_contacts")
    seed.land(database_url, [relation(1)])
    assert post_load(database_url, settings).parents == {}
    assert query(database_url, "select xmin from sf_contacts") == before
