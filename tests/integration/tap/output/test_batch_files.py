"""BATCH files: one a page, as jsonl or csv, and the states that follow them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=3_000) as sandbox:
        yield sandbox


@pytest.mark.parametrize("compression", ["gzip", "none"])
@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_batch_files_hold_the_pages_and_states_follow_them(
    org: Sandbox, tmp_path: Path, kind: str, compression: str
) -> None:
    batch = {
        "encoding": {"format": kind, "compression": compression},
        "storage": {"root": f"file://{tmp_path}/files", "prefix": "x-"},
    }
    catalog = selecting(RELATIONS, "sync_batches")
    result = run_tap(org, tmp_path, catalog=catalog, batch_config=batch)
    assert result.code == 0, result.log
    found: list[str] = []
    for message in result.messages:
        if message["type"] == "BATCH":
            assert message["encoding"] == batch["encoding"]
            found += [record["Id"] for record in records_of(message)]
        elif message["type"] == "STATE":
            assert message["value"]["bookmarks"][RELATIONS]["window"]["after_id"] in {
                found[-1],
                None,
            }
    assert found == org.relation_ids()
    assert result.records() == []
    assert len(result.journal) >= 2
    [directory] = (tmp_path / "files").iterdir()
    assert (directory / ".lock").exists()


def records_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands in a BATCH message's file; CSV is read by the standard library."""
    [url] = message["manifest"]
    raw = Path(urlsplit(url).path).read_bytes()
    text = (gzip.decompress(raw) if message["encoding"]["compression"] == "gzip" else raw).decode()
    if message["encoding"]["format"] == "csv":
        return list(csv.DictReader(io.StringIO(text)))
    return [json.loads(line) for line in text.splitlines()]


def test_csv_has_the_records_of_jsonl_with_the_datetimes_as_salesforce_writes_them(
    org: Sandbox, tmp_path: Path
) -> None:
    found = {}
    for kind in ("jsonl", "csv"):
        batch = {
            "encoding": {"format": kind, "compression": "none"},
            "storage": {"root": f"file://{tmp_path}/{kind}"},
        }
        result = run_tap(org, tmp_path, batch_config=batch)
        messages = [message for message in result.messages if message["type"] == "BATCH"]
        found[kind] = [record for message in messages for record in records_of(message)]
    written = {True: "true", False: "false", None: "null"}
    assert found["csv"] == [
        {k: re.sub(r"(:\d\d\.000)Z$", r"\1+0000", written.get(v, v)) for k, v in record.items()}
        for record in found["jsonl"]
    ]
    assert found["csv"][0]["SystemModstamp"].endswith(".000+0000")


@pytest.mark.parametrize("name", ['"Zoë"', "back\\slash", "two\nlines", "\x00", "\ud800"])
def test_a_page_that_csv_and_json_spell_differently_is_a_jsonl_file(
    org: Sandbox, tmp_path: Path, name: str
) -> None:
    [first, *_] = org.relation_ids()
    org.update([first], Type=name)
    batch = {
        "encoding": {"format": "csv", "compression": "none"},
        "storage": {"root": f"file://{tmp_path}/files"},
    }
    result = run_tap(org, tmp_path, batch_config=batch, page_size=200)
    messages = [message for message in result.messages if message["type"] == "BATCH"]
    kinds = [message["encoding"]["format"] for message in messages]
    assert kinds == ["jsonl"] + ["csv"] * (len(kinds) - 1)
    assert [
        record["Id"] for message in messages for record in records_of(message)
    ] == org.relation_ids()


def test_stream_maps_come_before_batch_files(org: Sandbox, tmp_path: Path) -> None:
    batch = {
        "encoding": {"format": "jsonl", "compression": "gzip"},
        "storage": {"root": f"file://{tmp_path}/files"},
    }
    maps = {RELATIONS: {"__filter__": "Type == 'Lead'"}}
    result = run_tap(org, tmp_path, batch_config=batch, stream_maps=maps)
    assert {record["Type"] for record in result.records()} == {"Lead"}


@pytest.mark.parametrize("kind", ["records", "jsonl", "csv"])
def test_what_no_loader_takes_becomes_the_replacement_character(
    org: Sandbox, tmp_path: Path, kind: str
) -> None:
    [first, second, third, *_] = org.relation_ids()
    org.update([first], Type="a\x00b\x00")
    org.update([second], Type="\ud83d")
    org.update([third], Type="\U0001f600 \\u0000")
    batch = {
        "encoding": {"format": kind, "compression": "none"},
        "storage": {"root": f"file://{tmp_path}/files"},
    }
    more: dict[str, Any] = {} if kind == "records" else {"batch_config": batch}
    result = run_tap(org, tmp_path, **more)
    assert result.code == 0, result.log
    records = result.records()
    for message in result.messages:
        if message["type"] == "BATCH":
            records += records_of(message)
    found = {record["Id"]: record["Type"] for record in records}
    assert found[first] == "a\ufffdb\ufffd"
    assert found[second] == "\ufffd"
    assert found[third] == "\U0001f600 \\u0000"


@pytest.mark.parametrize("umask", [0, 0o022, 0o077, 0o277])
def test_batch_files_are_their_owners_alone_under_any_umask(
    org: Sandbox, tmp_path: Path, umask: int
) -> None:
    batch = {
        "encoding": {"format": "csv", "compression": "none"},
        "storage": {"root": f"file://{tmp_path}/two/folders"},
    }
    before = os.umask(umask)
    try:
        result = run_tap(org, tmp_path, batch_config=batch)
    finally:
        os.umask(before)
    assert result.code == 0, result.log
    made = [tmp_path / "two", *(tmp_path / "two").rglob("*")]
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in made}
    assert modes == {(True, 0o700), (False, 0o600)}
