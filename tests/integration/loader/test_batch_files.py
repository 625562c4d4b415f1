"""Batch files: loaded whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.loading import (
    TEXT,
    Loader,
    batch,
    batch_file,
    record,
    rows,
    schema,
    state,
)

if TYPE_CHECKING:
    from pathlib import Path

# strange, but text: what PostgreSQL can hold, or what sanitize_null_text_characters makes so
STRANGE: list[Any] = [
    "tab\tand\nnew line\r\n",
    "back\\slash \\N \\. \\x41",
    "null \0 character",
    "quote \" and ' and $$",
    "\u00e9 \u4e2d \U0001f600 \u2028",
    "\\u0000 spelled out",
    "",
    None,
    True,
    False,
    0,
    -1,
    123456789012345678901234567890,
    1.5,
    1e-7,
    1e300,
]
COLUMNS = ["Id", "Name"]


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
@pytest.mark.parametrize("compression", ["none", "gzip"])
@pytest.mark.parametrize(
    "settings",
    [{}, {"stream_maps": {}}, {"use_copy": False}],
    ids=["appended", "merged", "inserted"],
)
def test_batch_files_are_loaded(
    tmp_path: Path, database_url: str, kind: str, compression: str, settings: dict[str, Any]
) -> None:
    files = [
        batch_file(tmp_path / f"with space {n}.{kind}", [{"Id": f"{n}", "Name": "x"}], compression)
        for n in range(3)
    ]
    load = Loader(tmp_path, database_url, **settings).load(
        schema(COLUMNS), batch(*files, compression=compression), state(1)
    )
    assert (load.code, load.states) == (0, [1])
    assert rows(database_url) == [("0", "x"), ("1", "x"), ("2", "x")]


def test_a_value_lands_alike_in_a_record_and_in_a_batch_file(
    tmp_path: Path, database_url: str
) -> None:
    records = [{"Id": f"{number:02}", "Name": value} for number, value in enumerate(STRANGE)]
    load = Loader(tmp_path, database_url).load(
        schema(COLUMNS, stream="recorded"),
        *(record("recorded", **values) for values in records),
        schema(COLUMNS, stream="batched"),
        batch(batch_file(tmp_path / "a.jsonl", records), stream="batched"),
    )
    assert load.code == 0, load.last_line
    landed = rows(database_url, "batched")
    assert landed == rows(database_url, "recorded")
    assert landed[2] == ("02", "null \ufffd character")
    assert [name for _, name in landed[:2]] == STRANGE[:2]


@pytest.mark.parametrize("settings", [{}, {"use_copy": False}], ids=["copied", "inserted"])
def test_what_csv_can_hold_lands_as_it_is(
    tmp_path: Path, database_url: str, settings: dict[str, Any]
) -> None:
    names = [
        "null",
        "",
        None,
        "comma, and ', and $$",
        " space ",
        "true",
        "\u00e9 \u4e2d \U0001f600",
    ]
    records = [{"Id": f"{number}", "Name": name} for number, name in enumerate(names)]
    load = Loader(tmp_path, database_url, **settings).load(
        schema(COLUMNS), batch(batch_file(tmp_path / "a.csv", records))
    )
    assert load.code == 0, load.last_line
    assert rows(database_url) == [(f"{number}", name) for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("columns", "landed"),
    [
        (["Name", "Id"], ("1", "x")),
        (["Id", "Unknown"], ("1", None)),
        (["Id"], ("1", None)),
    ],
)
def test_the_header_of_csv_says_which_columns_there_are(
    tmp_path: Path, database_url: str, columns: list[str], landed: tuple[str, str | None]
) -> None:
    values = {"Id": "1", "Name": "x", "Unknown": "?"}
    file = batch_file(tmp_path / "a.csv", [{name: values[name] for name in columns}])
    load = Loader(tmp_path, database_url).load(schema(COLUMNS), batch(file))
    assert load.code == 0, load.last_line
    assert rows(database_url) == [landed]


@pytest.mark.parametrize("settings", [{}, {"use_copy": False}], ids=["copied", "inserted"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "Id,Name\n",
        '"Id","Name"',
        '"Id","Name"\n"1","x',
        '"Id","Name"\n"1","x"',
        '"Id","Name"\n"1"\n',
        '"Id","Name"\n"1","x","y"\n',
        '"Id","Name"\n"1","quote "" in it"\n"2',
    ],
)
def test_broken_csv_leaves_no_row_no_state_and_the_file(
    tmp_path: Path, database_url: str, text: str, settings: dict[str, Any]
) -> None:
    file = batch_file(tmp_path / "a.csv", [{"Id": "1"}])
    file.write_text(text, "utf-8")
    load = Loader(tmp_path, database_url, **settings).load(
        schema(COLUMNS), record(Id="0"), batch(file), state(1)
    )
    assert (load.code, load.states) == (1, [])
    assert "Traceback" not in load.log
    assert [row[0] for row in rows(database_url)] == ["0"]
    assert file.exists()


def test_a_column_may_have_any_name(tmp_path: Path, database_url: str) -> None:
    names = ["Id", 'quo"te', "back\\slash", "per%cent", "\u00e9"]
    values = dict(zip(names, "abcde", strict=True))
    load = Loader(tmp_path, database_url).load(
        schema(names), record(**values), batch(batch_file(tmp_path / "a.jsonl", [values]))
    )
    assert load.code == 0, load.last_line
    assert rows(database_url) == [("a", "b", "c", "d", "e")] * 2


def test_a_file_larger_than_a_block_lands_whole(tmp_path: Path, database_url: str) -> None:
    records = [{"Id": f"{number:05}", "Name": "n" * 400} for number in range(8_000)]
    load = Loader(tmp_path, database_url).load(
        schema(COLUMNS), batch(batch_file(tmp_path / "a.jsonl", records))
    )
    assert load.code == 0, load.last_line
    assert [row[0] for row in rows(database_url)] == [values["Id"] for values in records]


def test_records_and_batch_files_land_in_the_order_of_the_messages(
    tmp_path: Path, database_url: str
) -> None:
    files = [batch_file(tmp_path / f"{n}.jsonl", [{"Id": n}]) for n in "bd"]
    Loader(tmp_path, database_url).load(
        schema(["Id"]), record(Id="a"), batch(files[0]), record(Id="c"), batch(files[1])
    )
    assert [row[0] for row in rows(database_url, columns='"Id", ctid')] == list("abcd")


def test_a_broken_file_leaves_no_row_no_state_and_every_file(
    tmp_path: Path, database_url: str
) -> None:
    whole = batch_file(tmp_path / "1.jsonl", [{"Id": "1"}], "gzip")
    cut = batch_file(tmp_path / "2.jsonl", [{"Id": "2"}] * 99, "gzip")
    cut.write_bytes(cut.read_bytes()[:-9])
    load = Loader(tmp_path, database_url).load(
        schema(["Id"]), batch(whole, cut, compression="gzip"), state(1)
    )
    assert (load.code, load.states) == (1, [])
    assert "2.jsonl is not whole" in load.last_line
    assert rows(database_url) == []
    assert whole.exists()
    assert cut.exists()


def test_a_file_that_is_gone_is_told_and_no_state_passed_on(
    tmp_path: Path, database_url: str
) -> None:
    load = Loader(tmp_path, database_url).load(
        schema(["Id"]), batch(tmp_path / "never.jsonl"), state(1)
    )
    assert (load.code, load.states) == (1, [])
    assert "never.jsonl is gone" in load.last_line
    assert "Traceback" not in load.log


def test_typed_columns_take_batch_files_too(tmp_path: Path, database_url: str) -> None:
    columns = {
        "Id": TEXT,
        "At": {"type": ["string", "null"], "format": "date-time"},
        "Flag": {"type": ["boolean", "null"]},
        "Tags": {"type": ["array", "null"], "items": {"type": "string"}},
        "Nested": {"type": ["object", "null"]},
    }
    values = {
        "Id": "1",
        "At": "2024-09-24T06:32:04.000Z",
        "Flag": True,
        "Tags": ["a", "b"],
        "Nested": {"price": 1.10, "text": "it's"},
    }
    load = Loader(tmp_path, database_url).load(
        schema(columns), record(**values), batch(batch_file(tmp_path / "a.jsonl", [values]))
    )
    assert load.code == 0, load.last_line
    first, second = rows(database_url)
    assert first == second
    assert first[3] == ["a", "b"]
