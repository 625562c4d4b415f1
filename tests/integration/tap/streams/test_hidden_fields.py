"""Fields that the user may not see: left out, warned of once, and never in the SCHEMA."""

from __future__ import annotations

import gzip
import json
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from tap_salesforce_taskwho.streams.objects import ESSENTIAL, OBJECTS

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, TapRun, run_tap, selecting

if TYPE_CHECKING:
    from tap_salesforce_taskwho.streams.objects import SalesforceObject

BY_STREAM = {declared.stream: declared for declared in OBJECTS}
FIELDS = [(declared, field) for declared in OBJECTS for field in declared.fields]
ESSENTIALS = [(declared, field) for declared, field in FIELDS if field in ESSENTIAL]
OTHERS = [(declared, field) for declared, field in FIELDS if field not in ESSENTIAL]


def name_of(value: object) -> str:
    return value if isinstance(value, str) else str(getattr(value, "sobject", value))


def schema_of(result: TapRun, stream: str) -> set[str]:
    [schema] = [m for m in result.messages if m["type"] == "SCHEMA" and m["stream"] == stream]
    return set(schema["schema"]["properties"])


def warnings_in(result: TapRun) -> list[str]:
    return [line for line in result.log.splitlines() if "is hidden from the user" in line]


@pytest.mark.parametrize(("declared", "field"), OTHERS, ids=name_of)
def test_a_hidden_field_is_left_out_and_warned_of_once(
    tmp_path: Path, declared: SalesforceObject, field: str
) -> None:
    hidden = f"{declared.sobject}.{field}"
    with Sandbox(rows=30, hidden=[hidden]) as org:
        result = run_tap(org, tmp_path, catalog=selecting(declared.stream))
        assert result.code == 0, result.log
        assert result.ids(declared.stream) == sorted(org.table(declared.sobject))
        kept = set(declared.fields) - {field}
        assert schema_of(result, declared.stream) == kept
        assert all(set(record) == kept for record in result.records(declared.stream))
        assert [hidden in line for line in warnings_in(result)] == [True]
        assert "Field Permissions" in result.log
        assert len([r for r in org.requests if r.status == 400]) == 1


@pytest.mark.parametrize(("declared", "field"), ESSENTIALS, ids=name_of)
def test_a_hidden_essential_field_is_said_with_the_permission(
    tmp_path: Path, declared: SalesforceObject, field: str
) -> None:
    with Sandbox(rows=30, hidden=[f"{declared.sobject}.{field}"]) as org:
        result = run_tap(org, tmp_path, catalog=selecting(declared.stream))
        assert result.code == 2
        assert f"The field {field} of {declared.sobject} is hidden" in result.last_line
        assert f"read access to {declared.sobject}.{field}" in result.last_line
        assert result.messages == [m for m in result.messages if m["type"] == "STATE"]


@pytest.mark.parametrize(("declared", "field"), FIELDS, ids=name_of)
def test_a_deselected_field_is_not_asked_for_unless_it_is_essential(
    tmp_path: Path, declared: SalesforceObject, field: str
) -> None:
    stream = declared.stream
    with Sandbox(rows=30) as org:
        result = run_tap(org, tmp_path, catalog=selecting(stream, without={stream: (field,)}))
        assert result.code == 0, result.log
        kept = set(declared.fields) - ({field} - ESSENTIAL)
        assert schema_of(result, stream) == kept
        assert all(set(record) == kept for record in result.records(stream))
        assert warnings_in(result) == []


def test_essential_fields_are_included_automatically() -> None:
    for entry in selecting()["streams"]:
        declared = BY_STREAM.get(entry["tap_stream_id"])
        if declared is not None:
            automatic = {
                part["breadcrumb"][-1]
                for part in entry["metadata"]
                if part["metadata"].get("inclusion") == "automatic"
            }
            assert automatic == ESSENTIAL & set(declared.fields)


def test_a_catalog_that_has_lost_an_essential_field_gets_it_back(tmp_path: Path) -> None:
    catalog = selecting(RELATIONS)
    for entry in catalog["streams"]:
        entry["schema"]["properties"].pop("RelationId", None)
        entry["schema"]["properties"].pop("Type", None)
        entry["metadata"] = [m for m in entry["metadata"] if m["breadcrumb"][-1:] != ["RelationId"]]
    with Sandbox(rows=30) as org:
        result = run_tap(org, tmp_path, catalog=catalog)
    assert "RelationId" in schema_of(result, RELATIONS)
    assert all(record["RelationId"] for record in result.records())
    assert all("Type" not in record for record in result.records())


@pytest.mark.parametrize("count", [2, 3])
def test_each_hidden_field_costs_one_refused_call(tmp_path: Path, count: int) -> None:
    optional = ("Email", "Phone", "Title", "Name")
    for fields in combinations(optional, count):
        with Sandbox(rows=30, hidden=[f"Contact.{field}" for field in fields]) as org:
            result = run_tap(org, tmp_path, catalog=selecting("contacts"))
            assert result.code == 0
            assert len([r for r in org.requests if r.status == 400]) == count
            assert len(warnings_in(result)) == count


def test_nothing_hidden_costs_no_call(tmp_path: Path) -> None:
    with Sandbox(rows=30) as org:
        assert run_tap(org, tmp_path).code == 0
        assert len(org.queries()) == 2  # the page and its count


def test_hidden_fields_of_parents_do_not_keep_relations_from_being_read(tmp_path: Path) -> None:
    hidden = ["Contact.Phone", "User.Email", "Task.Status", "TaskWhoRelation.CreatedById"]
    with Sandbox(rows=30, hidden=hidden) as org:
        streams = (RELATIONS, "users", "contacts", "tasks")
        result = run_tap(org, tmp_path, catalog=selecting(*streams))
        assert result.code == 0
        assert result.ids() == org.relation_ids()
        assert len(warnings_in(result)) == 4


def test_a_field_that_gets_hidden_between_two_windows_is_left_out_too(tmp_path: Path) -> None:
    with Sandbox(rows=600) as org:
        org.faults.add("daily_limit", when=lambda request: "Id > " in request.soql)
        first = run_tap(org, tmp_path, page_size=200, concurrency=1)
        assert first.bookmark()["window"]["after_id"]
        org.faults.clear()
        org.hidden = frozenset({"TaskWhoRelation.Type"})
        org.update(3)
        org.advance_clock(3_600)
        second = run_tap(org, tmp_path, page_size=200, state=first.state)
        assert second.code == 0, second.log
        assert "Type" not in schema_of(second, RELATIONS)
        assert set(first.ids() + second.ids()) == set(org.relation_ids())


@pytest.mark.parametrize("file_format", ["csv", "jsonl"])
def test_batch_files_do_not_hold_a_hidden_field(tmp_path: Path, file_format: str) -> None:
    batch = {
        "encoding": {"format": file_format, "compression": "gzip"},
        "storage": {"root": f"file://{tmp_path}/files"},
    }
    with Sandbox(rows=30, hidden=["Contact.Phone"]) as org:
        result = run_tap(org, tmp_path, catalog=selecting("contacts"), batch_config=batch)
    [message] = [m for m in result.messages if m["type"] == "BATCH"]
    content = gzip.decompress(Path(urlsplit(message["manifest"][0]).path).read_bytes())
    assert b"Email" in content
    assert b"Phone" not in content
    assert "Phone" not in schema_of(result, "contacts")


def test_stream_maps_see_the_fields_that_are_read(tmp_path: Path) -> None:
    maps = {"contacts": {"Mail": "Email", "Email": None}}
    with Sandbox(rows=30, hidden=["Contact.Phone"]) as org:
        result = run_tap(org, tmp_path, catalog=selecting("contacts"), stream_maps=maps)
        assert result.code == 0, result.log
        assert {"Phone", "Email"}.isdisjoint(schema_of(result, "contacts"))
        assert all(
            "Mail" in record and "Phone" not in record for record in result.records("contacts")
        )


def test_an_answer_that_names_another_field_than_was_asked_for_ends_the_run(
    tmp_path: Path,
) -> None:
    with Sandbox(rows=30) as org:
        org.faults.add("invalid_field", where=lambda path: "queryAll" in path)
        result = run_tap(org, tmp_path, catalog=without_type())
    assert result.code == 2
    assert "INVALID_FIELD" in result.last_line


def without_type() -> dict[str, Any]:
    return selecting(RELATIONS, without={RELATIONS: ("Type",)})


def test_the_dry_run_tries_the_selected_streams_alone(tmp_path: Path) -> None:
    with Sandbox(rows=30, hidden=["Contact", "User.Id"]) as org:
        result = run_tap(org, tmp_path, "--test")
        assert result.code == 0, result.log
        assert {m["stream"] for m in result.messages if m["type"] == "RECORD"} == {RELATIONS}
        chosen = run_tap(org, tmp_path, "--test", catalog=selecting("tasks"))
        assert {m["stream"] for m in chosen.messages if m["type"] == "RECORD"} == {"tasks"}
        refused = run_tap(org, tmp_path, "--test", catalog=selecting("contacts"))
        assert refused.code == 2


def test_a_config_and_a_catalog_may_come_in_any_order(tmp_path: Path) -> None:
    with Sandbox(rows=30) as org:
        config, catalog = tmp_path / "c.json", tmp_path / "k.json"
        config.write_text(json.dumps(org.settings()))
        catalog.write_text(json.dumps(selecting("users")))
        result = run_tap(org, tmp_path, "--test", "--catalog", str(catalog))
    assert {m["stream"] for m in result.messages if m["type"] == "RECORD"} == {"users"}
