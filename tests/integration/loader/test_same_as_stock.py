"""Beside the stock target: the same tables from the same messages, the same answers to bad ones."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.support.checkout import BIN
from tests.support.loading import (
    OURS,
    STOCK,
    TEXT,
    Loader,
    column_types,
    record,
    rows,
    schema,
    state,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLUMNS: dict[str, Any] = {
    "Id": {"type": "string"},
    "Number": {"type": ["integer", "null"]},
    "Amount": {"type": ["number", "null"]},
    "Flag": {"type": ["boolean", "null"]},
    "At": {"type": ["string", "null"], "format": "date-time"},
    "Day": {"type": ["string", "null"], "format": "date"},
    "Nested": {"type": ["object", "null"]},
    "Tags": {"type": ["array", "null"], "items": {"type": "string"}},
    "Anything": {},
}
VALUES: dict[str, Any] = {
    "Id": "1",
    "Number": 9_007_199_254_740_993,
    "Amount": 1.10,
    "Flag": False,
    "At": "2024-09-24T06:32:04.123+02:00",
    "Day": "2024-02-29",
    "Nested": {"a": [1, 2.50, None], "b": "\u00e9"},
    "Tags": ["x", "y,z", '"q"'],
    "Anything": {"k": 1.5},
}
MESSAGES: list[Any] = [
    schema(COLUMNS),
    record(**VALUES),
    record(**{**VALUES, "Id": "2", "Number": None, "Anything": "text", "Tags": []}),
    state(1),
    # the same keys again, and a column more
    schema({**COLUMNS, "More": TEXT}),
    record(**{**VALUES, "Number": 2, "More": "m"}),
    record(Id="3"),
    state(2),
]
MERGED: dict[str, Any] = {"stream_maps": {}}
CONFIGS = {
    "appended by copy": {},
    "appended by insert": {"use_copy": False},
    "merged by copy": MERGED,
    "merged by insert": {**MERGED, "use_copy": False},
    "validated": {**MERGED, "validate_records": True},
    "filtered by a stream map": {"stream_maps": {"rows": {"__filter__": "Id != '2'"}}},
    "renamed by a stream map": {"stream_maps": {"rows": {"__alias__": "others"}}},
    "batches of two": {"batch_size_rows": 2},
}
BAD_INPUT = {
    "no JSON": ["{"],
    "no message": ["{}"],
    "unknown message": ['{"type": "WHAT"}'],
    "record before schema": [record(Id="1")],
    "schema without properties": ['{"type": "SCHEMA", "stream": "rows", "schema": {}}'],
    "lone surrogate": [
        schema(["Id"]),
        '{"type":"RECORD","stream":"rows","record":{"Id":"\\ud800"}}',
    ],
    "value of another type": [schema({"Id": {"type": "integer"}}), record(Id="x")],
    "missing key": [schema(["Id", "Name"]), record(Name="x")],
}


@pytest.mark.parametrize("settings", CONFIGS.values(), ids=CONFIGS.keys())
def test_tables_equal_those_of_the_stock_target(
    tmp_path: Path, make_database: Callable[[], str], settings: dict[str, Any]
) -> None:
    found = []
    for command in (OURS, STOCK):
        url = make_database()
        load = Loader(tmp_path, url, command, **settings).load(*MESSAGES)
        assert load.code == 0, load.last_line
        assert load.states[-1] == 2
        table = "others" if "__alias__" in str(settings) else "rows"
        found.append((column_types(url, table), rows(url, table)))
    assert found[0] == found[1]
    assert found[0][1]


@pytest.mark.parametrize("messages", BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_bad_input_ends_as_with_the_stock_target_but_for_the_traceback(
    tmp_path: Path, make_database: Callable[[], str], messages: list[Any]
) -> None:
    ours, stock = (
        Loader(tmp_path, make_database(), command).load(*messages) for command in (OURS, STOCK)
    )
    assert (ours.code, ours.states) == (stock.code, stock.states)
    assert ours.code == 0 or "ERROR" in ours.last_line
    assert "Traceback" not in ours.log


def test_settings_and_capabilities_are_the_stock_target_s() -> None:
    def about(command: str) -> dict[str, Any]:
        done = subprocess.run(
            [BIN / command, "--about", "--format=json"], capture_output=True, check=True
        )
        printed: dict[str, Any] = json.loads(done.stdout)
        return printed

    ours, stock = about(OURS), about(STOCK)
    assert ours["name"] == stock["name"]
    assert ours["settings"] == stock["settings"]
    assert ours["capabilities"] == stock["capabilities"]


@pytest.mark.parametrize("settings", [{}, MERGED], ids=["appended", "merged"])
def test_columns_that_are_not_the_stream_s_keep_their_defaults(
    tmp_path: Path, database_url: str, settings: dict[str, Any]
) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("create schema taskwho")
        connection.execute("create sequence taskwho.landed")
        connection.execute(
            'create table taskwho.rows ("Id" text, "Name" text,'
            " landed_seq bigint default nextval('taskwho.landed'))"
        )
    load = Loader(tmp_path, database_url, **settings).load(
        schema(["Id", "Name"]), record(Id="1", Name="a"), record(Id="2", Name="b")
    )
    assert load.code == 0, load.last_line
    assert rows(database_url) == [("1", "a", 1), ("2", "b", 2)]
