"""A field that a run did not read keeps its stored value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from taskwho.commands.checks.database import check_database
from taskwho.database import landing
from taskwho.model.entities import ENTITIES
from taskwho.pipeline.post_load import post_load

from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.promoting import EARLIER, LATER, land, reasons
from tests.support.seed import STAMP, USER, relation

if TYPE_CHECKING:
    from collections.abc import Callable

    from taskwho.model.entities import Entity, Field
    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

RELATIONS = "task_who_relations"
MAKE: dict[str, Callable[[int], seed.Row]] = {
    "users": promoting.user,
    "contacts": promoting.contact,
    "tasks": promoting.task,
    RELATIONS: relation,
}
TABLES = {"users": "sf_users", "contacts": "sf_contacts", "tasks": "sf_activities"}
# a second value of each kind; references keep to the parents that are there
VALUES = {"text": "other", "boolean": "true", "date": "2024-06-01", "reference": None}


def whole(entity: Entity, number: int) -> seed.Row:
    """A record with a value in every field."""
    made = MAKE[entity.stream](number)
    return {f.source: made.get(f.source) or "some" for f in entity.fields} | {"Id": made["Id"]}


def changed(entity: Entity, row: seed.Row) -> seed.Row:
    """A later version with another value in every field that has no parent."""
    found = dict(row)
    for field in entity.fields:
        if field.kind == "timestamp":
            found[field.source] = LATER
        elif VALUES[field.kind]:
            found[field.source] = VALUES[field.kind]
    return found


def promote(url: str, settings: PostLoadSettings, stream: str, *rows: seed.Row) -> RunResult:
    land(url, stream, rows)
    result = post_load(url, settings)
    assert result.accounting.closes
    return result


def kept_fields(url: str, entity: Entity) -> list[Field]:
    """The fields that the table has a column for, but for the stamp."""
    table = TABLES.get(entity.stream, "sf_taskwhorelations")
    asked = "select attname from pg_attribute where attrelid = %s::regclass"
    columns = {name for (name,) in query(url, asked, table)}
    return [f for f in entity.fields if f.target in columns and f.source != "SystemModstamp"]


def stored(url: str, entity: Entity) -> dict[str, dict[str, Any]]:
    table = TABLES.get(entity.stream, "sf_taskwhorelations")
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as conn:
        rows = conn.execute(f"select * from {table}".encode()).fetchall()  # noqa: S608 - four names
    return {row["salesforce_id"]: row for row in rows}


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.stream)
def test_every_field_that_was_not_read_stays_as_it_is_stored(
    url: str, settings: PostLoadSettings, entity: Entity
) -> None:
    fields = kept_fields(url, entity)
    rows = {field: whole(entity, 10 + number) for number, field in enumerate(fields)}
    promote(url, settings, entity.stream, *rows.values())
    before = stored(url, entity)
    later = {field: changed(entity, row) for field, row in rows.items()}
    promote(url, settings, entity.stream, *(without(row, f) for f, row in later.items()))
    after = stored(url, entity)
    for field, row in rows.items():
        old, new = before[row["Id"]], after[row["Id"]]
        same = {name for name in old if old[name] == new[name]}
        assert field.target in same, field
        others = [f for f in fields if f is not field and VALUES.get(f.kind, True)]
        assert not same & {f.target for f in others}, field


def without(row: seed.Row, *fields: Field) -> seed.Row:
    return {name: row[name] for name in row if name not in {field.source for field in fields}}


def test_null_means_null(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, "contacts", promoting.contact(2, Phone="1", Title="Dr"))
    row = promoting.contact(2, Phone=None, SystemModstamp=LATER)
    del row["Title"]
    promote(url, settings, "contacts", row)
    asked = "select phone, title from sf_contacts where salesforce_id = %s"
    assert query(url, asked, seed.contact(2)) == [(None, "Dr")]


def test_a_version_of_the_same_second_that_lacks_a_field_is_unchanged(
    url: str, settings: PostLoadSettings
) -> None:
    row = relation(1)
    seed.land(url, [row])
    post_load(url, settings)
    del row["RelationId"]
    result = promote(url, settings, RELATIONS, row)
    assert result.counts.unchanged == 1
    assert query(url, "select relation_id from sf_taskwhorelations") == [(seed.contact(1),)]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("IsDeleted", "TaskWhoRelation.IsDeleted"),
        ("RelationId", "TaskWhoRelation.RelationId"),
        ("TaskId", "TaskWhoRelation.TaskId"),
        ("CreatedById", "TaskWhoRelation.CreatedById"),
        ("CreatedDate", "TaskWhoRelation.CreatedDate"),
        ("SystemModstamp", "TaskWhoRelation.SystemModstamp"),
    ],
)
def test_a_new_row_waits_for_a_field_that_it_needs(
    url: str, settings: PostLoadSettings, field: str, told: str
) -> None:
    row = relation(1)
    del row[field]
    assert promote(url, settings, RELATIONS, row).errors == {"hidden_field": 1}
    [waiting] = seed.quarantine(url).values()
    assert waiting["error"] == (
        f"hidden_field: {told} was not read: give the integration user read access to it"
    )
    assert waiting["record"] == row
    # it is no matter of the health: nothing new goes in until somebody has given the right
    standing = post_load(url, replace(settings, fail_below=0.0))
    assert (standing.exit_code, standing.status) == (2, "failed")
    assert standing.error == (
        f"New relations cannot go in without {told}, which was not read. Waiting: 1. The field is "
        "hidden from the integration user, or it is not selected. Give that user read access to "
        "it (Setup, the permission set, Field Permissions) and select it, then run `taskwho sync "
        "--mode full`. All that has landed is kept."
    )
    assert [found.mark for found in check_database(url, settings) if "Hidden" in found.text] == [
        "FAIL"
    ]
    seed.land(url, [relation(1)])
    healed = post_load(url, settings)
    assert (healed.counts.healed, healed.exit_code) == (1, 0)


def test_a_new_row_goes_in_without_a_field_that_it_does_not_need(
    url: str, settings: PostLoadSettings
) -> None:
    row = relation(1)
    del row["Type"]
    assert promote(url, settings, RELATIONS, row).counts.inserted == 1
    assert query(url, "select type from sf_taskwhorelations") == [(None,)]


def test_a_parent_waits_for_a_field_that_its_table_needs_until_it_needs_it_no_more(
    url: str, settings: PostLoadSettings
) -> None:
    row = promoting.contact(2)
    del row["LastName"]
    assert promote(url, settings, "contacts", row).parents["contacts"].failed == 1
    assert query(url, "select reasons from taskwho.failed_parents") == [(["hidden_field"],)]
    query(url, "alter table sf_contacts alter column last_name drop not null")
    assert post_load(url, settings).parents["contacts"].inserted == 1


def test_a_stamp_that_was_not_read_makes_a_stored_row_wait_too(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    post_load(url, settings)
    row = relation(1, Type="Other")
    del row["SystemModstamp"]
    assert promote(url, settings, RELATIONS, row).errors == {"hidden_field": 1}


def test_a_waiting_row_keeps_what_an_earlier_run_read(url: str, settings: PostLoadSettings) -> None:
    row = relation(1, TaskId=seed.task(9))
    seed.land(url, [row])
    post_load(url, settings)
    later = relation(1, TaskId=seed.task(8), SystemModstamp=LATER)
    del later["CreatedById"], later["Type"]
    assert promote(url, settings, RELATIONS, later).errors["missing_task"] == 1
    assert reasons(url) == {row["Id"]: ["missing_task"]}
    seed.add_task(url, 8)
    assert post_load(url, settings).counts.healed == 1
    asked = "select created_by_id, type from sf_taskwhorelations"
    assert query(url, asked) == [(USER, "Contact")]


def test_a_waiting_row_without_a_field_leaves_the_stored_one_as_it_is(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1, Type="Old")])
    post_load(url, settings)
    row = relation(1, TaskId=seed.task(9), SystemModstamp=LATER)
    del row["Type"]
    promote(url, settings, RELATIONS, row)
    assert seed.quarantine(url)[row["Id"]]["record"] == row
    seed.add_task(url, 9)
    assert post_load(url, settings).counts.healed == 1
    asked = "select type, task_id from sf_taskwhorelations"
    assert query(url, asked) == [("Old", seed.task(9))]


@pytest.mark.parametrize(
    ("stamps", "stored_type"),
    [((EARLIER, STAMP, LATER), "second"), ((LATER, STAMP, EARLIER), "first")],
)
def test_of_versions_that_land_together_the_newest_that_has_a_field_gives_it(
    url: str, settings: PostLoadSettings, stamps: tuple[str, ...], stored_type: str
) -> None:
    first, second, third = (relation(1, SystemModstamp=stamp) for stamp in stamps)
    third["CreatedDate"] = first["CreatedDate"] = LATER
    rows = [first | {"Type": "first"}, second | {"Type": "second"}, without_type(third)]
    assert promote(url, settings, RELATIONS, *rows).counts.inserted == 1
    asked = "select type, sf_created_date::text from sf_taskwhorelations"
    assert query(url, asked) == [(stored_type, "2024-05-01 08:00:01")]


def without_type(row: seed.Row) -> seed.Row:
    return {name: value for name, value in row.items() if name != "Type"}


def test_a_column_that_another_loader_s_table_lacks_was_not_read(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1, Type="Old")])
    post_load(url, settings)
    query(url, "drop table taskwho.task_who_relations")
    columns = [name for name in relation(1) if name not in {"Type", "landed_seq"}]
    made = ", ".join(f'"{name}" varchar' for name in columns)
    query(url, f"create table taskwho.task_who_relations ({made})")
    rows = [without_type(relation(number, SystemModstamp=LATER)) for number in (1, 1, 2)]
    result = promote(url, settings, RELATIONS, *rows)
    assert (result.counts.updated, result.counts.inserted) == (1, 1)
    found = {key: row["type"] for key, row in seed.stored(url).items()}
    assert found == {relation(1)["Id"]: "Old", relation(2)["Id"]: None}


def test_null_means_null_in_another_loader_s_table(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1, Type="Old")])
    post_load(url, settings)
    query(url, "drop table taskwho.task_who_relations")
    made = ", ".join(f'"{name}" varchar' for name in relation(1))
    query(url, f"create table taskwho.task_who_relations ({made})")
    promote(url, settings, RELATIONS, without_type(relation(1, SystemModstamp=LATER)))
    assert query(url, "select type from sf_taskwhorelations") == [(None,)]


def test_a_lead_without_its_person_is_still_a_lead(url: str, settings: PostLoadSettings) -> None:
    row = relation(1, Type="Lead")
    del row["RelationId"]
    assert promote(url, settings, RELATIONS, row).counts.set_aside == 1
    assert query(url, "select record from taskwho.set_aside") == [(row,)]


def test_every_landed_field_but_the_id_tells_when_it_was_not_read(url: str) -> None:
    for entity in ENTITIES:
        land(url, entity.stream, [{"Id": seed.contact(1)}])
        names = ", ".join(f'"{field.source}"' for field in entity.fields)
        asked = f'select {names} from taskwho."{entity.stream}"'  # noqa: S608 - the test's own
        assert query(url, asked) == [(landing.NOT_READ,) * len(entity.fields)]
