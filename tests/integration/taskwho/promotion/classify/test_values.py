"""Strange values, strange landing tables: nothing is guessed, cut or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho.model.errors import Misconfigured
from taskwho.pipeline.post_load import post_load

from tests.sandbox.org import ids
from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import contact, land, reasons
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings


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


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("id text, taskid text", "small letters, as pipelinewise-target-postgres does: it has no"),
        ("_airbyte_raw_id text, _airbyte_data jsonb", "was made by Airbyte: it has no column Id"),
        ('"Id" text, "TaskId" jsonb', "by another loader: TaskId has the type jsonb."),
    ],
)
def test_a_landing_table_that_cannot_be_read_names_loader_and_columns(
    url: str, settings: PostLoadSettings, columns: str, said: str
) -> None:
    seed.land(url, [])
    query(url, "drop table taskwho.task_who_relations")
    query(url, f"create table taskwho.task_who_relations ({columns})")
    with pytest.raises(Misconfigured) as raised:
        post_load(url, settings)
    assert raised.value.exit_code == 2
    assert said in raised.value.message


def test_a_landing_table_without_a_column_was_read_without_its_values(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [])
    query(url, 'alter table taskwho.task_who_relations drop column "CreatedDate"')
    row = relation(1)
    del row["CreatedDate"]
    land(url, "task_who_relations", [row])
    post_load(url, settings)
    assert seed.quarantine(url)[row["Id"]]["reasons"] == ["hidden_field"]


def test_values_that_hold_what_stands_for_other_characters_are_counted(
    url: str, settings: PostLoadSettings
) -> None:
    replaced = "a\N{REPLACEMENT CHARACTER}b"
    seed.land(url, [relation(1, Type=replaced), relation(2)])
    land(url, "contacts", [contact(2, Phone=replaced, Title=replaced), contact(3)])
    result = post_load(url, settings)
    assert result.replaced == {"contacts": 2, "task_who_relations": 1}
    assert query(url, "select type from sf_taskwhorelations where type <> 'Contact'") == [
        (replaced,)
    ]
    assert post_load(url, settings).replaced == {}
