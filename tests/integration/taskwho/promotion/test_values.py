"""Strange values, strange landing tables: nothing is guessed, cut or lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from taskwho.pipeline.post_load import post_load

from tests.sandbox.org import ids
from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import EARLIER, LATER, land, reasons
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2024-02-29T23:59:59.000Z", "2024-02-29 23:59:59"),
        ("2024-05-01T08:00:00.123Z", "2024-05-01 08:00:00.123"),
        ("2024-05-01T08:00:00Z", "2024-05-01 08:00:00"),
        ("2024-05-01T08:00:00.000+0000", "2024-05-01 08:00:00"),
        ("2024-05-01T08:00:00.000+05:30", "2024-05-01 02:30:00"),
        ("2024-05-01 08:00:00-08", "2024-05-01 16:00:00"),
        ("1999-12-31T23:00:00.000Z", "1999-12-31 23:00:00"),
    ],
)
def test_a_time_is_kept_in_utc(
    url: str, settings: PostLoadSettings, text: str, stored: str
) -> None:
    seed.land(url, [relation(1, CreatedDate=text)])
    post_load(url, settings)
    assert query(url, "select sf_created_date::text from sf_taskwhorelations") == [(stored,)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-05-01",
        "2024-05-01T08:00:00.000",  # of which zone?
        "2024-13-01T08:00:00.000Z",
        "2023-02-29T08:00:00.000Z",
        "2024-05-01T24:00:00.000Z",  # PostgreSQL would take it for the next day
        "2024-05-01T08:00:60.000Z",  # and this for the next minute
        "2024-05-01T08:61:00.000Z",
        "0000-05-01T08:00:00.000Z",
        "1699-12-31T23:59:59.000Z",
        "4001-01-01T00:00:00.000Z",
        "-infinity",
        "epoch",
        "today",
        "allballs",
        "20240501T080000Z",
        "2024-05-01T08:00:00.000Z\n",
        "2024-05-01T08:00:00.000Z; select 1",
        "2024-1-01T008:00:00.000Z",
        "٢٠٢٤-05-01T08:00:00.000Z",
    ],
)
@pytest.mark.parametrize("field", ["CreatedDate", "SystemModstamp"])
def test_text_that_is_no_time_is_invalid(
    url: str, settings: PostLoadSettings, field: str, text: str
) -> None:
    seed.land(url, [relation(1, **{field: text}), relation(2)])
    result = post_load(url, settings)
    assert reasons(url) == {relation(1)["Id"]: ["invalid_value"]}
    assert result.counts.inserted == 1


@pytest.mark.parametrize("text", ["2024-05-01T08:00:00.000Z", "2024-05-01 08:00:00-08", "soon"])
def test_times_of_one_text_come_to_what_each_would_come_to(
    url: str, settings: PostLoadSettings, text: str
) -> None:
    stamps = ("CreatedDate", "LastModifiedDate", "SystemModstamp")
    seed.land(url, [relation(1, **dict.fromkeys(stamps, text)), relation(2, LastModifiedDate=text)])
    post_load(url, settings)
    told = query(url, "select error from taskwho.failed_relations order by salesforce_id")
    stored = query(
        url,
        "select sf_created_date = sf_last_modified_date, sf_created_date = sf_system_modstamp "
        "from sf_taskwhorelations order by salesforce_id limit 1",
    )
    if text == "soon":
        cannot = "cannot be stored as it is"
        assert told == [
            (f"invalid_value: {', '.join(stamps)} {cannot}",),
            (f"invalid_value: LastModifiedDate {cannot}",),
        ]
    else:
        assert (told, stored) == ([], [(True, True)])


@pytest.mark.parametrize("text", ["2024-05-02T08:00:00.000Z", "2024-05-02 08:00:00-08", "soon"])
def test_a_stamp_that_repeats_the_last_change_comes_to_what_that_comes_to(
    url: str, settings: PostLoadSettings, text: str
) -> None:
    changed = dict.fromkeys(("LastModifiedDate", "SystemModstamp"), text)
    seed.land(url, [relation(1, CreatedDate="2024-05-01T08:00:00.000Z", **changed)])
    post_load(url, settings)
    told = query(url, "select error from taskwho.failed_relations")
    stored = query(
        url,
        "select sf_created_date::text, sf_last_modified_date = sf_system_modstamp, "
        "sf_system_modstamp > sf_created_date from sf_taskwhorelations",
    )
    if text == "soon":
        cannot = "cannot be stored as it is"
        assert told == [(f"invalid_value: LastModifiedDate, SystemModstamp {cannot}",)]
    else:
        assert (told, stored) == ([], [("2024-05-01 08:00:00", True, True)])


@pytest.mark.parametrize(("hours", "fits"), [(23, True), (25, False)])
def test_a_stamp_may_be_ahead_by_a_day_at_most(
    url: str,
    settings: PostLoadSettings,
    hours: int,
    fits: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=hours)
    seed.land(url, [relation(1, SystemModstamp=f"{ahead:%Y-%m-%dT%H:%M:%S}.000Z")])
    assert post_load(url, settings).counts.inserted == int(fits)


@pytest.mark.parametrize(
    ("text", "stored"), [("true", True), ("t", True), ("True", True), ("false", False)]
)
def test_both_spellings_of_a_boolean_are_known(
    url: str,
    settings: PostLoadSettings,
    text: str,
    stored: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    seed.land(url, [relation(1, IsDeleted=text)])
    post_load(url, settings)
    assert query(url, "select is_deleted from sf_taskwhorelations") == [(stored,)]


@pytest.mark.parametrize("text", ["yes", "1", "", "on", "null", "truefalse"])
def test_other_words_are_no_boolean(url: str, settings: PostLoadSettings, text: str) -> None:
    seed.land(url, [relation(1, IsDeleted=text)])
    post_load(url, settings)
    assert reasons(url) == {relation(1)["Id"]: ["invalid_value"]}


@pytest.mark.parametrize("key", ["", "0RT", "0RT" + "x" * 16, "0RT00000000000-AAA", "é" * 18])
def test_an_id_that_is_none_waits_under_its_text(
    url: str, settings: PostLoadSettings, key: str
) -> None:
    seed.land(url, [relation(1, Id=key)])
    result = post_load(url, settings)
    assert reasons(url) == {key: ["invalid_value"]}
    assert result.accounting.closes


def test_nulls_that_salesforce_allows_are_kept(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1, TaskId=None, RelationId=None, Type=None)])
    assert post_load(url, settings).counts.inserted == 1
    rows = query(url, "select task_id, relation_id, type from sf_taskwhorelations")
    assert rows == [(None, None, None)]


def test_a_person_without_a_relation_id_but_of_type_lead_is_set_aside(
    url: str, settings: PostLoadSettings
) -> None:
    converted = relation(2, Type="Lead")  # points to a contact since it was converted
    seed.land(url, [relation(1, Type="Lead", RelationId=None), converted])
    result = post_load(url, settings)
    assert (result.counts.set_aside, result.counts.inserted) == (1, 1)
    assert set(seed.stored(url)) == {converted["Id"]}


def test_a_lead_is_known_by_its_id_alone(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1, Type=None, RelationId=ids.make("Lead", 1))])
    assert post_load(url, settings).counts.set_aside == 1


def test_escaped_nul_characters_are_text_like_any_other(
    url: str, settings: PostLoadSettings
) -> None:
    escaped = "a\\u0000b"
    seed.land(url, [relation(1, Type=escaped.replace("\\", "\\"))])
    post_load(url, settings)
    assert query(url, "select type from sf_taskwhorelations") == [(escaped,)]


def test_every_reason_of_a_row_is_told(url: str, settings: PostLoadSettings) -> None:
    row = relation(
        1,
        TaskId=seed.task(9),
        RelationId=seed.contact(9),
        CreatedById=ids.make("User", 9),
        IsDeleted=None,
        Type="x" * 51,
    )
    seed.land(url, [row])
    result = post_load(url, settings)
    everything = ["missing_task", "missing_contact", "missing_user", "null_value", "invalid_value"]
    assert reasons(url) == {row["Id"]: everything}
    assert result.errors == dict.fromkeys([*everything, "foreign_key"], 1)
    assert seed.quarantine(url)[row["Id"]]["missing_ids"] == [
        row["TaskId"],
        row["RelationId"],
        row["CreatedById"],
    ]


def test_a_landing_table_of_the_stock_loader_is_understood(
    url: str, settings: PostLoadSettings
) -> None:
    """Typed columns, one that we do not know, none for the order of landing."""
    seed.land(url, [])
    query(url, "drop table taskwho.task_who_relations")
    query(
        url,
        'create table taskwho.task_who_relations ("Id" varchar, "IsDeleted" boolean, '
        '"Type" varchar, "RelationId" varchar, "TaskId" varchar, "CreatedById" varchar, '
        '"LastModifiedById" varchar, "CreatedDate" timestamp, "LastModifiedDate" timestamptz, '
        '"SystemModstamp" timestamp, "_sdc_batched_at" timestamp)',
    )
    land(url, "task_who_relations", [relation(1, Type="first"), relation(1, Type="last")])
    assert post_load(url, settings).counts.inserted == 1
    rows = query(
        url,
        "select type, sf_system_modstamp::text, sf_last_modified_date::text "
        "from sf_taskwhorelations",
    )
    assert rows == [("last", "2024-05-01 08:00:00", "2024-05-01 08:00:00")]
    land(url, "task_who_relations", [relation(1, Type="later")])
    assert query(url, "select landed_seq is not null from taskwho.task_who_relations") == [(True,)]


def test_a_landing_table_without_a_column_lacks_its_values(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [])
    query(url, 'alter table taskwho.task_who_relations drop column "CreatedDate"')
    row = relation(1)
    del row["CreatedDate"]
    land(url, "task_who_relations", [row])
    post_load(url, settings)
    assert seed.quarantine(url)[row["Id"]]["reasons"] == ["null_value"]


def test_the_order_of_landing_decides_whatever_the_order_on_disk(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1, Type="first"), relation(1, Type="second")])
    # the first row's new version lies behind the second's
    query(url, "update taskwho.task_who_relations set \"Type\" = 'moved' where \"Type\" = 'first'")
    post_load(url, settings)
    assert query(url, "select type from sf_taskwhorelations") == [("second",)]


def test_a_version_whose_stamp_is_no_time_yields_to_one_with_a_stamp(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1, SystemModstamp=EARLIER), relation(1, SystemModstamp="later")])
    result = post_load(url, settings)
    assert (result.counts.retrieved, result.counts.inserted) == (1, 1)


def test_a_landed_version_replaces_the_one_that_waits(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1, TaskId=seed.task(9))])
    post_load(url, settings)
    seed.land(url, [relation(1, TaskId=seed.task(8), SystemModstamp=LATER)])
    post_load(url, settings)
    [waiting] = seed.quarantine(url).values()
    assert (waiting["missing_ids"], waiting["attempts"]) == ([seed.task(8)], 2)
    assert waiting["last_failed_at"] > waiting["first_failed_at"]
    seed.land(url, [relation(1, SystemModstamp=LATER)])
    result = post_load(url, settings)
    assert (result.counts.healed, result.counts.inserted) == (1, 1)


def test_a_row_that_waits_replaces_a_stored_one_of_its_second(
    url: str, settings: PostLoadSettings
) -> None:
    # it can only wait for having landed after the stored one, which it would replace at once else
    seed.land(url, [relation(1, SystemModstamp=LATER)])
    post_load(url, settings)
    seed.land(url, [relation(1, SystemModstamp=LATER, RelationId=seed.contact(2), Type="Other")])
    assert post_load(url, settings).counts.failed == 1
    seed.add_contact(url, 2)
    result = post_load(url, settings)
    assert (result.counts.updated, result.counts.healed) == (1, 1)
    assert query(url, "select type from sf_taskwhorelations") == [("Other",)]
    assert seed.quarantine(url) == {}


def test_a_row_that_a_constraint_refuses_waits_on_beside_a_stored_one_of_its_second(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, "alter table sf_taskwhorelations add check (type <> 'Other')")
    seed.land(url, [relation(1)])
    post_load(url, settings)
    seed.land(url, [relation(1, Type="Other")])
    post_load(url, settings)
    result = post_load(url, settings)
    assert (result.counts.failed_again, result.counts.quarantined_now) == (1, 1)


def test_a_row_that_waits_replaces_an_older_one(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1)])
    post_load(url, settings)
    seed.land(url, [relation(1, SystemModstamp=LATER, RelationId=seed.contact(2))])
    post_load(url, settings)
    seed.add_contact(url, 2)
    result = post_load(url, settings)
    assert (result.counts.updated, result.counts.healed) == (1, 1)


def test_nothing_is_done_twice(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1), relation(2, TaskId=seed.task(9)), relation(3, IsDeleted="true")])
    post_load(url, settings)
    statement = (
        "select (select array_agg(r::text || r.xmin::text order by id) "
        "from sf_taskwhorelations r), (select array_agg(f::text || f.xmin::text) "
        "from taskwho.quarantine f)"
    )
    before = query(url, statement)
    result = post_load(url, settings)
    assert (result.counts.retrieved, result.status) == (0, "nothing")
    assert query(url, statement) == before
