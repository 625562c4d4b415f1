"""Whatever a file, a setting or an answer holds: a sentence of its own, never a traceback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tap_salesforce_taskwho.cli import run

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, quiet_process, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DEEP = 100_000
# what stands in the place of a file
FILES: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: path.unlink(missing_ok=True),
    "a folder": lambda path: path.mkdir(),
    "a folder's name as a file": lambda path: path.parent.joinpath("x").touch(),
    "empty bytes": lambda path: path.write_bytes(b"\0\0"),
    "latin-1": lambda path: path.write_bytes('{"client_id": "Zoë"}'.encode("latin-1")),
    "utf-16": lambda path: path.write_bytes('{"client_id": "x"}'.encode("utf-16")),
    "cut off": lambda path: path.write_text('{"client_id": '),
    "a list": lambda path: path.write_text("[1]"),
    "a text": lambda path: path.write_text('"x"'),
    "null": lambda path: path.write_text("null"),
    "a number": lambda path: path.write_text("1" + "0" * 5_000),
    "nested deeply": lambda path: path.write_text('{"a":' * DEEP + "1" + "}" * DEEP),
    "lists in lists": lambda path: path.write_text("[" * DEEP + "]" * DEEP),
}


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=30) as sandbox:
        yield sandbox


def expect(code: int, log: str, allowed: set[int]) -> None:
    assert code in allowed, log
    assert "Traceback" not in log
    for words in ("nobody foresaw", "fault of the tap", " bug"):
        assert words not in log.lower().splitlines()[-1]


@pytest.mark.parametrize("option", ["--config", "--catalog", "--state"])
@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_cannot_be_used_is_said(
    org: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, kind: str
) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(org.settings()))
    FILES[kind](bad)
    with quiet_process():
        code = run(["--config", str(good), option, str(bad)])
    log = capsys.readouterr().err.strip()
    expect(code, log, {2})
    assert option.strip("-") in log.splitlines()[-1].lower()


def of_stream(**changes: object) -> dict[str, Any]:
    catalog = selecting(RELATIONS)
    for entry in catalog["streams"]:
        if entry["tap_stream_id"] == RELATIONS:
            entry.update(changes)
    return catalog


ROOT = {"breadcrumb": [], "metadata": {"selected": True}}
CATALOGS: dict[str, Callable[[], Any]] = {
    "no streams": dict,
    "streams null": lambda: {"streams": None},
    "streams a number": lambda: {"streams": 5},
    "streams an object": lambda: {"streams": {"a": 1}},
    "a stream null": lambda: {"streams": [None]},
    "a stream a text": lambda: {"streams": ["users"]},
    "a stream without anything": lambda: {"streams": [{}]},
    "an unknown stream": lambda: {
        "streams": [{"tap_stream_id": "x", "schema": {}, "metadata": []}]
    },
    "a stream twice": lambda: {"streams": selecting(RELATIONS)["streams"] * 2},
    "metadata null": lambda: of_stream(metadata=None),
    "metadata a number": lambda: of_stream(metadata=5),
    "metadata of texts": lambda: of_stream(metadata=["x"]),
    "metadata without breadcrumb": lambda: of_stream(metadata=[{"metadata": {}}]),
    "a breadcrumb null": lambda: of_stream(metadata=[{"breadcrumb": None, "metadata": {}}]),
    "a breadcrumb of numbers": lambda: of_stream(
        metadata=[ROOT, {"breadcrumb": [1], "metadata": {}}]
    ),
    "selected a text": lambda: of_stream(
        metadata=[{"breadcrumb": [], "metadata": {"selected": "x"}}]
    ),
    "schema null": lambda: of_stream(schema=None),
    "schema a text": lambda: of_stream(schema="x"),
    "schema without properties": lambda: of_stream(schema={"type": "object"}),
    "properties a list": lambda: of_stream(schema={"properties": []}),
    "a property null": lambda: of_stream(schema={"properties": {"Id": None}}),
    "keys a number": lambda: of_stream(key_properties=5),
    "keys unknown": lambda: of_stream(key_properties=["Nope"]),
    "replication key unknown": lambda: of_stream(replication_key="Nope"),
    "replication method unknown": lambda: of_stream(replication_method="SOMETIMES"),
    "replication method a number": lambda: of_stream(replication_method=5),
    "stream renamed": lambda: of_stream(stream="other"),
    "stream a number": lambda: of_stream(stream=5),
}


@pytest.mark.parametrize("name", CATALOGS)
def test_an_odd_catalog_is_read_or_said(org: Sandbox, tmp_path: Path, name: str) -> None:
    result = run_tap(org, tmp_path, catalog=CATALOGS[name]())
    expect(result.code, result.log, {0, 2})
    if result.code == 2:
        assert "catalog" in result.last_line


STATES: dict[str, Any] = {
    "bookmarks null": {"bookmarks": None},
    "bookmarks a text": {"bookmarks": "x"},
    "a bookmark a list": {"bookmarks": {RELATIONS: []}},
    "a bookmark of an unknown stream": {"bookmarks": {"x": {"partitions": 5}}},
    "partitions": {"bookmarks": {RELATIONS: {"partitions": [5]}}},
    "partitions a number": {"bookmarks": {RELATIONS: {"partitions": 5}}},
    "progress markers": {"bookmarks": {RELATIONS: {"progress_markers": 5}}},
    "a message": {"type": "STATE", "value": {"bookmarks": {}}},
    "a message with a bookmark": {
        "type": "STATE",
        "value": {"bookmarks": {RELATIONS: {"replication_key_value": "2024-01-01T00:00:00Z"}}},
    },
    "a message of nothing": {"type": "STATE", "value": None},
    "meltano's": {
        "singer_state": {
            "bookmarks": {RELATIONS: {"replication_key_value": "2024-01-01T00:00:00Z"}}
        }
    },
    "meltano's null": {"singer_state": None},
    "meltano's text": {"singer_state": "x"},
    "another tap's": {"bookmarks": {RELATIONS: {"version": 1, "Id": 5}}},
    "bookmarks beside a message": {"singer_state": {"bookmarks": {}}, "bookmarks": {}},
    "no bookmarks but something": {RELATIONS: "2024-01-01T00:00:00Z"},
    "early": {"bookmarks": {RELATIONS: {"replication_key_value": "1700-01-01T00:00:00Z"}}},
    "before all dates": {"bookmarks": {RELATIONS: {"replication_key_value": "0001-01-01"}}},
    "window a list": {"bookmarks": {RELATIONS: {"window": [1]}}},
    "window turned": {
        "bookmarks": {
            RELATIONS: {"window": {"from": "2025-01-01T00:00:00Z", "to": "2024-01-01T00:00:00Z"}}
        }
    },
}


@pytest.mark.parametrize("name", STATES)
def test_an_odd_state_is_read_or_said(org: Sandbox, tmp_path: Path, name: str) -> None:
    result = run_tap(org, tmp_path, state=STATES[name])
    expect(result.code, result.log, {0, 2})
    if result.code == 2:
        assert "state" in result.last_line


MAPS: dict[str, Any] = {
    "a text": "x",
    "a list": [],
    "of a number": {RELATIONS: 5},
    "of a text": {RELATIONS: "x"},
    "an unknown stream": {"x": {"a": "b"}},
    "an unknown name": {RELATIONS: {"Who": "Nope"}},
    "an unknown function": {RELATIONS: {"Who": "nope(Id)"}},
    "an unclosed bracket": {RELATIONS: {"Who": "str("}},
    "nothing": {RELATIONS: {"Who": ""}},
    "a division by nothing": {RELATIONS: {"Who": "1 / 0"}},
    "a wrong type": {RELATIONS: {"Who": "Id + 1"}},
    "a list in it": {RELATIONS: {"Who": [1]}},
    "an import": {RELATIONS: {"Who": "__import__('os')"}},
    "a power": {RELATIONS: {"Who": "9 ** 9 ** 9"}},
    "a filter that is a number": {RELATIONS: {"__filter__": 5}},
    "a filter that fails": {RELATIONS: {"__filter__": "Nope == 1"}},
    "a filter that is no expression": {RELATIONS: {"__filter__": "Type =="}},
    "unknown keys": {RELATIONS: {"__key_properties__": ["Nope"]}},
    "keys a number": {RELATIONS: {"__key_properties__": 5}},
    "else unknown": {RELATIONS: {"__else__": "x"}},
    "an alias that is a number": {RELATIONS: {"__alias__": 5}},
    "an alias that fails": {RELATIONS: {"__alias__": "{{ x"}},
    "a source unknown": {"people": {"__source__": "x"}},
    "a source null": {"people": {"__source__": None}},
    "an unknown option": {RELATIONS: {"__nonsense__": "x"}},
}


@pytest.mark.parametrize("name", MAPS)
def test_an_odd_stream_map_is_used_or_said(org: Sandbox, tmp_path: Path, name: str) -> None:
    result = run_tap(org, tmp_path, stream_maps=MAPS[name])
    expect(result.code, result.log, {0, 2})
    if result.code == 2:
        assert "stream_map" in result.last_line


SETTINGS: dict[str, dict[str, Any]] = {
    "port 0": {"login_url": "https://127.0.0.1:0"},
    "port 99999": {"login_url": "https://127.0.0.1:99999"},
    "port -1": {"login_url": "https://127.0.0.1:-1"},
    "port text": {"login_url": "https://127.0.0.1:x"},
    "no host": {"login_url": "https://:443"},
    "an open bracket": {"login_url": "https://[::1"},
    "a zone": {"login_url": "http://[fe80::1%25eth0]:80"},
    "a long host": {"login_url": f"https://{'a' * 300}.my.salesforce.com"},
    "a dot alone": {"login_url": "https://."},
    "two dots": {"login_url": "https://a..my.salesforce.com"},
    "a list": {"login_url": ["x"]},
    "an object": {"client_id": {"a": 1}},
    "batch a text": {"batch_config": "x"},
    "batch a list": {"batch_config": []},
    "batch without storage": {"batch_config": {"encoding": {"format": "jsonl"}}},
    "batch root NUL": {
        "batch_config": {
            "encoding": {"format": "jsonl", "compression": "gzip"},
            "storage": {"root": "file:///tmp/a\0b"},
        }
    },
    "batch root too long": {
        "batch_config": {
            "encoding": {"format": "jsonl", "compression": "gzip"},
            "storage": {"root": f"file:///tmp/{'a' * 300}"},
        }
    },
    "batch prefix with a folder": {
        "batch_config": {
            "encoding": {"format": "jsonl", "compression": "gzip"},
            "storage": {"root": "file:///proc/nowhere", "prefix": "../"},
        }
    },
    "batch root odd": {
        "batch_config": {
            "encoding": {"format": "jsonl", "compression": "gzip"},
            "storage": {"root": "file://[x"},
        }
    },
    "flattening a text": {"flattening_enabled": "x"},
    "flattening depth": {"flattening_enabled": True, "flattening_max_depth": -1},
    "faker": {"faker_config": 5},
    "stream map config": {"stream_map_config": 5},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_an_odd_setting_is_said(org: Sandbox, tmp_path: Path, name: str) -> None:
    result = run_tap(org, tmp_path, max_attempts=1, **SETTINGS[name])
    expect(result.code, result.log, {0, 1, 2})
    if result.code == 0:
        assert name in {"flattening depth", "batch prefix with a folder"}
