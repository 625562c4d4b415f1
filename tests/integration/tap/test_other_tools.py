"""Catalogs and states of other and older tools: honoured, or refused with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import EVERYTHING, RELATIONS, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 40
ALL = {
    *("Id", "IsDeleted", "Type", "RelationId", "TaskId", "CreatedById", "LastModifiedById"),
    *("CreatedDate", "LastModifiedDate", "SystemModstamp"),
}
AT = "2030-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as sandbox:
        yield sandbox


def entry(**changes: object) -> dict[str, Any]:
    """The relations' entry of a catalog."""
    streams = selecting(RELATIONS)["streams"]
    found: dict[str, Any] = next(each for each in streams if each["tap_stream_id"] == RELATIONS)
    return found | changes


def root(**changes: object) -> dict[str, Any]:
    """The same with other metadata of the stream."""
    found = entry()
    for part in found["metadata"]:
        if not part["breadcrumb"]:
            part["metadata"] |= changes
    return found


def legacy(*, without: str | None = None) -> dict[str, Any]:
    """The same as tools wrote it before there was metadata."""
    found = entry()
    del found["metadata"]
    found["schema"]["selected"] = True
    for name, field in found["schema"]["properties"].items():
        field["selected"] = name != without
    return found


HONOURED: dict[str, tuple[dict[str, Any], set[str]]] = {
    "selected in the schema": (legacy(), ALL),
    "a field not selected in the schema": (legacy(without="Type"), ALL - {"Type"}),
    "selected beside the schema": (entry(metadata=[], selected=True), ALL),
    "no metadata": (entry(metadata=[]), ALL),
    "selected as text": (root(selected="true"), ALL),
    "selected null": (root(selected=None), ALL),
    "keys of a database's tap": (entry(database_name="x", table_name="t", is_view=False), ALL),
    "the replication key as it is": (root(**{"replication-key": "SystemModstamp"}), ALL),
    "the key as it is": (root(**{"table-key-properties": ["Id"]}), ALL),
    "few fields in the schema": (
        entry(schema={"properties": {"Id": {"type": "string"}, "Type": {"type": "string"}}}),
        {"Id", "IsDeleted", "Type", "RelationId", "TaskId", "SystemModstamp"},
    ),
}


@pytest.mark.parametrize("name", HONOURED)
def test_a_catalog_of_another_tool_is_honoured(org: Sandbox, tmp_path: Path, name: str) -> None:
    catalog, fields = HONOURED[name]
    result = run_tap(org, tmp_path, catalog={"streams": [catalog]})
    assert result.code == 0, result.log
    assert len(result.records()) == ROWS
    assert set(result.records()[0]) == fields


FULL_TABLE: dict[str, dict[str, Any]] = {
    "in the entry": entry(replication_method="FULL_TABLE"),
    "in the metadata": root(**{"replication-method": "FULL_TABLE"}),
}


@pytest.mark.parametrize("name", FULL_TABLE)
def test_a_catalog_that_says_full_table_reads_everything(
    org: Sandbox, tmp_path: Path, name: str
) -> None:
    state = run_tap(org, tmp_path).state
    catalog = {"streams": [FULL_TABLE[name]]}
    assert len(run_tap(org, tmp_path, state=state, catalog=catalog).records()) == ROWS


def test_a_catalog_without_keys_lets_a_target_append(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, catalog={"streams": [entry(key_properties=[])]})
    (schema,) = (each for each in result.messages if each["type"] == "SCHEMA")
    assert (result.code, schema["key_properties"]) == (0, [])


FIXED = "task_who_relations the {} {}; the tap can follow {} only."
REFUSED: dict[str, tuple[list[dict[str, Any]], str]] = {
    "no streams": ([], "The catalog selects none of the tap's streams"),
    "streams of another tap": ([entry(tap_stream_id="Task")], "selects none of the tap's streams"),
    "nothing selected": ([root(selected=False)], "selects none of the tap's streams"),
    "nothing selected, as text": ([root(selected="false")], "selects none of the tap's streams"),
    "selected another text": ([root(selected="maybe")], "selected is 'maybe', not true or false"),
    "another replication key": (
        [entry(replication_key="LastModifiedDate")],
        FIXED.format("replication key", "LastModifiedDate", "SystemModstamp"),
    ),
    "another replication key in the metadata": (
        [root(**{"replication-key": "CreatedDate"})],
        FIXED.format("replication key", "CreatedDate", "SystemModstamp"),
    ),
    "by log": (
        [root(**{"replication-method": "LOG_BASED"})],
        FIXED.format("replication method", "LOG_BASED", "INCREMENTAL or FULL_TABLE"),
    ),
    "another key": ([entry(key_properties=["TaskId"])], FIXED.format("key", "TaskId", "Id")),
    "two keys in the metadata": (
        [root(**{"table-key-properties": ["Id", "TaskId"]})],
        FIXED.format("key", "Id, TaskId", "Id"),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_catalog_that_cannot_be_followed_is_refused(
    org: Sandbox, tmp_path: Path, name: str
) -> None:
    streams, said = REFUSED[name]
    result = run_tap(org, tmp_path, catalog={"streams": streams})
    assert result.code == 2
    assert said in result.last_line
    assert "Traceback" not in result.log


BEGINS: dict[str, dict[str, Any]] = {
    "ours": {"replication_key": "SystemModstamp", "replication_key_value": AT},
    "of singer-python": {"SystemModstamp": AT},
    "of an interrupted run of the SDK": {
        "starting_replication_value": AT,
        "progress_markers": {"replication_key": "SystemModstamp", "replication_key_value": "2031"},
    },
}


@pytest.mark.parametrize("name", BEGINS)
def test_a_state_of_an_older_tool_is_where_the_run_begins(tmp_path: Path, name: str) -> None:
    with Sandbox(rows=ROWS, clock_offset_seconds=10 * 365 * 86_400) as org:
        state = {"bookmarks": {RELATIONS: BEGINS[name]}, "currently_syncing": RELATIONS}
        result = run_tap(org, tmp_path, state=state)
        assert result.code == 0, result.log
        asked = [str(query.soql) for query in org.queries()]
    assert all("SystemModstamp >= 2029-12-31T23:45:00Z" in soql for soql in asked)


STATES: dict[str, tuple[dict[str, Any], str]] = {
    "of singer-io's tap-salesforce": (
        {"bookmarks": {"Task": {"SystemModstamp": AT, "version": 1}}, "current_stream": "Task"},
        "The state has bookmarks of Task, and this tap has the streams",
    ),
    "of another tap with a stream of this name": (
        {"bookmarks": {"users": {"version": 5}}},
        "The state of users has only 'version', which is not what this tap writes.",
    ),
    "by another replication key": (
        {"bookmarks": {"users": {"replication_key": "updated_at", "replication_key_value": AT}}},
        "The state of users has replication_key 'updated_at', which is not SystemModstamp or",
    ),
    "of Airbyte": (
        {"type": "STREAM", "stream": {"stream_descriptor": {"name": "Task"}, "stream_state": {}}},
        "The state is not one of this tap",
    ),
    "of Meltano's database": (
        {"completed": {"singer_state": {"bookmarks": {}}}, "partial": {}},
        "The state is not one of this tap",
    ),
}


@pytest.mark.parametrize("name", STATES)
def test_a_state_of_another_tap_is_refused(org: Sandbox, tmp_path: Path, name: str) -> None:
    state, said = STATES[name]
    result = run_tap(org, tmp_path, state=state, catalog=selecting(*EVERYTHING))
    assert result.code == 2
    assert said in result.last_line
    assert "Traceback" not in result.log
