"""Changes in the sandbox org, and which of them queries and the log of deletes show."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.sandbox.org.timestamps import stored
from tests.sandbox.reader import ROOT, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

SOQL = "SELECT Id, IsDeleted, SystemModstamp, TaskId, RelationId, Type FROM TaskWhoRelation"


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=300) as sandbox:
        yield sandbox


@pytest.fixture
def reader(org: Sandbox) -> Iterator[Reader]:
    with Reader(org) as made:
        yield made


def shown(reader: Reader, endpoint: str = "queryAll") -> dict[str, dict[str, Any]]:
    records = reader.rest(reader.page(SOQL, endpoint))
    return {record["Id"]: record for record in records}


def restamped(org: Sandbox, reader: Reader, ids: list[str]) -> bool:
    now, found = org.now, shown(reader)
    recent = {stored(now - timedelta(seconds=seconds)) for seconds in range(60)}
    return all(found[record_id]["SystemModstamp"] in recent for record_id in ids)


def test_new_relations_join_records_that_readers_have(org: Sandbox, reader: Reader) -> None:
    before = shown(reader)
    made = org.insert(20)
    known = {name: {r["Id"] for r in records} for name, records in org.parents().items()}
    after = shown(reader)
    assert set(after) - set(before) == set(made)
    assert restamped(org, reader, made)
    assert all(after[i]["TaskId"] in known["tasks"] for i in made)
    assert all(after[i]["RelationId"] in known["contacts"] for i in made)
    pairs = [(row["TaskId"], row["RelationId"]) for row in after.values()]
    assert len(pairs) == len(set(pairs))
    assert any(made_id < max(before) for made_id in made)


def test_a_late_commit_has_a_stamp_from_before_it_shows(org: Sandbox, reader: Reader) -> None:
    made = org.commit_late(2, stamp_age_seconds=500)
    stamps = {shown(reader)[i]["SystemModstamp"] for i in made}
    assert max(stamps) < stored(org.now - timedelta(seconds=400))


def test_an_orphan_is_healed_by_its_task(org: Sandbox) -> None:
    org.heal(1_000)
    made = org.insert_orphans(3)
    tasks = {org.table("TaskWhoRelation")[i]["TaskId"] for i in made}
    assert set(org.withheld) == tasks
    assert {task["Id"] for task in org.heal(3)["tasks"]} == tasks


def test_an_update_sets_the_stamp_and_may_write_any_value(org: Sandbox, reader: Reader) -> None:
    assert restamped(org, reader, org.update(5))
    changed = org.update(1, Type="Odd")[0]
    assert shown(reader)[changed]["Type"] == "Odd"


def test_query_all_shows_a_deleted_relation_until_the_bin_is_emptied(
    org: Sandbox, reader: Reader
) -> None:
    gone = org.soft_delete(5)
    assert not set(gone) & set(shown(reader, "query"))
    assert all(shown(reader)[i]["IsDeleted"] for i in gone)
    assert restamped(org, reader, gone)
    back = org.undelete(gone[:2])
    assert set(back) <= set(shown(reader, "query"))
    org.empty_recycle_bin()
    assert set(shown(reader)) == set(shown(reader, "query"))
    assert not set(gone[2:]) & set(shown(reader))


def test_a_task_is_deleted_and_restored_with_its_relations(org: Sandbox, reader: Reader) -> None:
    task = next(row["TaskId"] for row in org.truth() if not row["IsDeleted"])
    relations = org.delete_tasks(task)
    assert relations
    assert org.table("Task")[task]["IsDeleted"]
    assert not set(relations) & set(shown(reader, "query"))
    assert restamped(org, reader, relations)
    assert set(org.undelete_tasks(task)) == set(relations)
    assert set(relations) <= set(shown(reader, "query"))


def test_the_relations_of_an_archived_task_stay_with_new_stamps(
    org: Sandbox, reader: Reader
) -> None:
    relations = org.archive_tasks(3)
    assert set(relations) <= set(shown(reader, "query"))
    assert restamped(org, reader, relations)


def test_a_deleted_contact_s_relations_vanish(org: Sandbox, reader: Reader) -> None:
    person = next(row["RelationId"] for row in org.truth() if row["Type"] == "Contact")
    relations = org.delete_contacts(person)
    assert relations
    assert not set(relations) & set(shown(reader))


def test_a_converted_lead_s_relation_points_to_a_contact(org: Sandbox, reader: Reader) -> None:
    relation = org.convert_leads(1)[0]
    record = shown(reader)[relation]
    assert record["Type"] == "Contact"
    assert record["RelationId"] in org.table("Contact")


def deletes(org: Sandbox, reader: Reader, **changes: timedelta) -> dict[str, Any]:
    times = {"start": org.now - timedelta(days=1), "end": org.now + timedelta(minutes=1)}
    times |= {name: org.now + change for name, change in changes.items()}
    arguments = {name: at.isoformat(timespec="seconds") for name, at in times.items()}
    answer = reader.get(f"{ROOT}/sobjects/TaskRelation/deleted/", params=arguments).json()
    found: dict[str, Any] = answer if isinstance(answer, dict) else answer[0]
    return found


def test_the_delete_log_shows_what_no_query_does(org: Sandbox, reader: Reader) -> None:
    direct, by_task = org.hard_delete(3), org.soft_delete(2)
    back = org.soft_delete(1)
    org.undelete(back)
    org.advance_clock(120)
    found = deletes(org, reader)
    assert {record["id"] for record in found["deletedRecords"]} == {*direct, *by_task}
    assert all(record["deletedDate"].endswith(".000+0000") for record in found["deletedRecords"])
    covered = stored(org.now + timedelta(minutes=1))
    assert found["latestDateCovered"] < covered
    assert found["earliestDateAvailable"] < stored(org.now - timedelta(days=14))


@pytest.mark.parametrize(
    "changes",
    [
        {"start": timedelta(days=-16)},
        {"start": timedelta(0), "end": timedelta(minutes=-5)},
        {"start": timedelta(0), "end": timedelta(seconds=59)},
        {"start": timedelta(minutes=5), "end": timedelta(minutes=50)},
    ],
    ids=["too early", "end before start", "too short", "not yet"],
)
def test_the_delete_log_refuses_other_windows(
    org: Sandbox, reader: Reader, changes: dict[str, timedelta]
) -> None:
    assert deletes(org, reader, **changes)["errorCode"] == "INVALID_REPLICATION_DATE"


def test_the_delete_log_can_be_purged(org: Sandbox, reader: Reader) -> None:
    org.delete_log.purge()
    assert deletes(org, reader)["errorCode"] == "INVALID_REPLICATION_DATE"


def test_the_delete_log_refuses_too_many_ids() -> None:
    with Sandbox(rows=100, deleted_most_ids=4) as org, Reader(org) as reader:
        org.hard_delete(5)
        org.advance_clock(120)
        assert deletes(org, reader)["errorCode"] == "EXCEEDED_ID_LIMIT"


def test_the_delete_log_waits_for_long_transactions() -> None:
    with Sandbox(rows=100, transaction_seconds=600) as org, Reader(org) as reader:
        org.hard_delete(5)
        org.advance_clock(300)
        found = deletes(org, reader)
        assert found["deletedRecords"] == []
        assert found["latestDateCovered"] <= stored(org.now - timedelta(seconds=600))


def test_changes_and_reads_at_the_same_time_do_no_harm(org: Sandbox) -> None:
    stop = Event()

    def work() -> None:
        # a pause, and no more rows than before: readers would never come to an end
        while not stop.wait(0.001):
            org.insert(5)
            org.update(5)
            org.soft_delete(2)
            org.hard_delete(5)

    worker = Thread(target=work)
    worker.start()
    try:
        with Reader(org) as reader:
            for _ in range(30):
                page = reader.page(f"{SOQL} ORDER BY Id", "queryAll", batch=200)
                ids = [record["Id"] for record in reader.rest(page)]
                assert ids == sorted(set(ids))
    finally:
        stop.set()
        worker.join()
    with Reader(org) as reader:
        assert set(shown(reader)) == {row["Id"] for row in org.truth()}
    assert org.crashes == []
