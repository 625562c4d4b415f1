"""Whatever the input holds and the output is: a sentence of its own, never a traceback."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.checkout import BIN
from tests.support.loading import (
    OURS,
    Load,
    Loader,
    check_sentence,
    lines,
    record,
    rows,
    schema,
    state,
    states_of,
)

if TYPE_CHECKING:
    from pathlib import Path

DEEP = 100_000
FIRST = (schema(["Id"]), record(Id="1"), state(1))
FILES = {"type": "BATCH", "stream": "rows", "encoding": {"format": "jsonl", "compression": "none"}}
MESSAGES: dict[str, tuple[Any, str]] = {
    "no JSON": ("hello", "Expecting value: line 1 column 1 (char 0): hello"),
    "null": ("null", "a message is no object"),
    "a number": ("5", "a message is no object"),
    "nested deeply": ("[" * DEEP, "maximum recursion depth"),
    "an unknown type": ({"type": "X"}, "a message has the unknown type 'X'"),
    "a type that is a list": ({"type": [1]}, "a message has the unknown type [1]"),
    "a record that is a list": (
        {"type": "RECORD", "stream": "rows", "record": [1]},
        "a RECORD message needs 'record', of the type object",
    ),
    "a record of an unknown stream": (record("others", Id="1"), "A record for stream 'others'"),
    "a lone surrogate": (record(Id="\ud800"), "surrogates not allowed"),
    "a schema that is null": (
        {"type": "SCHEMA", "stream": "others", "schema": None, "key_properties": []},
        "a SCHEMA message needs 'schema', of the type object",
    ),
    "no manifest": (FILES, "a BATCH message needs 'manifest', of the type list"),
    "a manifest of numbers": ({**FILES, "manifest": [5]}, "the manifest of a BATCH message holds"),
    "no encoding": (
        {"type": "BATCH", "stream": "rows", "manifest": []},
        "a BATCH message needs 'encoding', of the type object",
    ),
    "files of an unknown stream": (
        {**FILES, "stream": "others", "manifest": []},
        "Stream 'others' has had no SCHEMA",
    ),
}


@pytest.mark.parametrize(("message", "said"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_that_is_not_singer_s(
    tmp_path: Path, database_url: str, message: dict[str, Any] | str, said: str
) -> None:
    load = Loader(tmp_path, database_url).load(*FIRST, message, state(2))
    assert load.code == 1, load.log
    assert "Traceback" not in load.log
    assert "The input cannot be loaded: " in load.last_line
    assert said in load.last_line
    assert "Correct the tap, or choose another one. What was committed" in load.last_line
    assert load.states == [1]


def run(folder: Path, url: str, given: bytes, redirection: str = "") -> Load:
    """Run the command in a shell, which redirects what forked commands always have."""
    command = f'"$0" "$@" {redirection}'
    done = subprocess.run(
        ["/bin/sh", "-c", command, BIN / OURS, "--config", Loader(folder, url).config],
        input=given,
        capture_output=True,
        check=False,
    )
    return Load(done.returncode, states_of(done.stdout.decode()), done.stderr.decode())


@pytest.mark.parametrize(
    ("rest", "encoding"),
    [
        (b'{"type": "RECORD", "stre', "utf-8:strict"),
        (b'{"a": "Zo\xc3', "utf-8:strict"),
        (b'{"a": "Zo\xc3', "utf-8:surrogateescape"),
    ],
    ids=["of a word", "of a character", "of a character in the locale C"],
)
def test_an_input_that_ends_in_the_middle(
    tmp_path: Path,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    rest: bytes,
    encoding: str,
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    load = run(tmp_path, database_url, lines(FIRST).encode() + rest)
    check_sentence(load, 1, "The input ends in the middle of a message. The tap may have been")
    assert load.states == [1]


def test_an_input_that_is_closed(tmp_path: Path, database_url: str) -> None:
    load = run(tmp_path, database_url, b"", "<&-")
    check_sentence(load, 1, "The input cannot be read: it is closed. Let a tap write")


@pytest.mark.parametrize(
    ("output", "said"),
    [(">&-", "it is closed"), (">/dev/full", "No space left on device")],
)
def test_an_output_that_takes_nothing(
    tmp_path: Path, database_url: str, output: str, said: str
) -> None:
    load = run(tmp_path, database_url, lines(FIRST).encode(), output)
    check_sentence(
        load, 1, f"A STATE cannot be written to the standard output: {said}. Its reader may"
    )
    assert rows(database_url) == [("1",)]


def test_a_log_that_takes_nothing_ends_no_load(tmp_path: Path, database_url: str) -> None:
    load = run(tmp_path, database_url, lines(FIRST).encode(), "2>/dev/full")
    assert (load.code, load.states) == (0, [1])
