"""What the tap reads and what the promotion takes: each object is declared alike in both."""

from __future__ import annotations

from tap_salesforce_taskwho.streams.deletes import TaskRelationDeletes
from tap_salesforce_taskwho.streams.journal import SyncBatches
from tap_salesforce_taskwho.streams.objects import OBJECTS
from taskwho.model.entities import DELETES, DELETES_FIELDS, ENTITIES, JOURNAL, JOURNAL_FIELDS

# what the tap calls a kind, as the promotion calls it
KINDS = {
    "text": {"text", "reference"},
    "boolean": {"boolean"},
    "date": {"date"},
    "datetime": {"timestamp"},
}
READ = {found.stream: found.fields for found in OBJECTS}
TAKEN = {entity.stream: entity.fields for entity in ENTITIES}


def test_every_object_that_is_read_is_promoted_and_no_other() -> None:
    assert READ.keys() == TAKEN.keys()


def test_the_fields_are_the_same_in_the_same_order_after_the_id() -> None:
    for stream, fields in READ.items():
        assert list(fields) == ["Id", *(field.source for field in TAKEN[stream])], stream


def test_the_objects_have_the_same_names() -> None:
    assert {found.stream: found.sobject for found in OBJECTS} == {
        entity.stream: entity.sobject for entity in ENTITIES
    }


def test_the_kinds_of_the_fields_fit() -> None:
    for stream, fields in READ.items():
        for field in TAKEN[stream]:
            assert field.kind in KINDS[fields[field.source]], (stream, field.source)


def test_the_journal_and_the_deletes_have_the_fields_that_land() -> None:
    assert (SyncBatches.name, TaskRelationDeletes.name) == (JOURNAL, DELETES)
    assert set(SyncBatches.schema["properties"]) == set(JOURNAL_FIELDS)
    assert set(TaskRelationDeletes.schema["properties"]) == {"Id", *DELETES_FIELDS}
