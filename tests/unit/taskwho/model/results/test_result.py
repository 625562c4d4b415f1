"""The result document: written, read again, also by another version."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from taskwho.model.results.counts import Counts, ParentCounts, Totals
from taskwho.model.results.result import ApiUsage, Missing, Record, RecordFiles, RunResult, Window

NOON = datetime(2025, 1, 31, 12, tzinfo=UTC)


def whole() -> RunResult:
    return RunResult(
        run_id=7,
        started_at=NOON,
        finished_at=NOON.replace(minute=2),
        run_ids=["a"],
        windows=[Window("a", "users", "full", None, "2025-01-31T12:00:00Z", True, "complete")],  # noqa: FBT003
        totals=Totals(in_table=94, waiting=2),
        counts=Counts(retrieved=4, successful=2, failed=1, set_aside=1),
        api=ApiUsage(calls=3, used=10, max=100),
        failed_records=[Record(False, "0RT", None, "003", "missing_task", "quarantined")],  # noqa: FBT003
        record_files=RecordFiles(successful="a.jsonl.gz"),
        missing={"tasks": Missing(["00T"], 5)},
        parents={"users": ParentCounts(inserted=1)},
    )


def test_a_result_reads_as_it_was_written() -> None:
    document = json.loads(json.dumps(whole().to_dict()))
    assert RunResult.from_dict(document) == whole()


def test_the_document_has_its_version_and_times_in_utc() -> None:
    document = whole().to_dict()
    assert document["schema_version"] == 1
    assert document["started_at"] == "2025-01-31T12:00:00Z"
    assert document["windows"][0]["from"] is None


def test_keys_of_a_later_version_are_passed_over() -> None:
    document = whole().to_dict() | {"moon_phase": "full"}
    document["counts"]["eclipsed"] = 1
    document["windows"][0]["tide"] = "high"
    document["failed_records"][0]["colour"] = "red"
    assert RunResult.from_dict(document) == whole()


def test_keys_that_an_earlier_version_did_not_have_get_their_defaults() -> None:
    document = whole().to_dict()
    for name in ("missing", "parents", "sweep", "warnings"):
        del document[name]
    read = RunResult.from_dict(document)
    assert (read.missing, read.parents, read.sweep, read.warnings) == ({}, {}, None, [])


def test_health_is_the_share_of_the_live_rows_that_are_in_the_table() -> None:
    assert Totals(in_table=95, waiting=5).percent == 95
    assert Totals(in_table=0, waiting=5).percent == 0
    assert Totals(in_table=0).percent is None  # nothing yet
    assert Totals().percent is None  # not known
    result = replace(whole(), totals=Totals(in_table=94, waiting=6))
    assert (result.health, result.is_degraded) == (94, True)
    assert not replace(whole(), totals=Totals(in_table=94, waiting=6, goal=94)).is_degraded
    assert not whole().is_degraded


def test_it_took_as_long_as_it_says() -> None:
    assert whole().seconds == 120
