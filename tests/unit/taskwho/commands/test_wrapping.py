"""Text in lines of so many columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taskwho.commands.terminal.wrapping import columns, fit, shorten, wrap


def test_a_line_ends_between_words_and_a_command_stays_in_one_piece() -> None:
    assert wrap("Run `taskwho sync --all` again soon", 22) == [
        "Run",
        "`taskwho sync --all`",
        "again soon",
    ]
    assert wrap("Run it again", 9, begin=5) == ["Run", "it again"]


def test_a_word_that_is_too_long_is_divided() -> None:
    assert wrap("at /a/long/path", 6) == ["at", "/a/lon", "g/path"]
    assert wrap("\u6771\u4eac\u6771", 4) == ["\u6771\u4eac", "\u6771"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("It is down. Run it.", ["It is down. Run it."]),
        ("It is down. Run it. Nothing is lost.", ["It is down. Run it. ..."]),
        ("Run. Open it in Salesforce as an admin.", ["Run. Open it in ..."]),
        ("It is down for reasons nobody knows", ["It is down for reasons ..."]),
        ("Run:\ngrant a to b;", ["Run: ..."]),
        ("x" * 40, ["x" * 23 + "..."]),
    ],
)
def test_what_is_too_long_ends_with_a_sentence_or_else_with_a_word(
    text: str, lines: list[str]
) -> None:
    assert shorten(text, 26, 1) == lines


@given(st.text(), st.integers(12, 90), st.integers(1, 4), st.integers(0, 8))
def test_no_text_takes_more_room_than_there_is(text: str, room: int, most: int, begin: int) -> None:
    lines = shorten(text, room, most, begin)
    assert len(lines) <= most
    assert columns(lines[0]) <= room - begin
    assert max(map(columns, lines)) <= room
    assert columns(fit(text, room)) <= room
