"""Labels, colours and lines, with a terminal and without."""

from __future__ import annotations

import io
import os
import pty
import sys
from typing import TYPE_CHECKING

import pytest
from taskwho.commands.checks.finding import Finding
from taskwho.commands.doctor import show
from taskwho.commands.terminal.look import Tone, has_colour, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GREEN = "\x1b[32m\x1b[1mok\x1b[0m"
TEXT = "A text that is longer than a line of a terminal, where `taskwho sync --all` stays whole."
VARIABLES = ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """A function that connects both outputs to a terminal, and gives the end that reads it.

    The test calls it, because pytest sets both outputs anew after its fixtures.
    """
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream:

        def begin() -> int:
            monkeypatch.setattr("sys.stdout", stream)
            monkeypatch.setattr("sys.stderr", stream)
            return ours

        monkeypatch.setenv("TERM", "xterm")
        yield begin
    os.close(ours)


def shown(ours: int) -> list[str]:
    """All lines so far: a terminal may hand them over in parts."""
    sys.stdout.write("END\n")
    sys.stdout.flush()
    text = ""
    while not text.endswith("END\r\n"):
        text += os.read(ours, 100_000).decode()
    return text.splitlines()[:-1]


def test_a_terminal_shows_a_label_in_colour_and_lines_that_end_between_words(
    terminal: Callable[[], int],
) -> None:
    ours = terminal()
    tell("ok", TEXT, Tone.GOOD)
    assert shown(ours) == [
        f"{GREEN} A text that is longer than a line of a terminal, where `taskwho sync --all`",
        "   stays whole.",
    ]


def test_statements_to_copy_keep_their_lines(
    terminal: Callable[[], int],
) -> None:
    ours = terminal()
    statement = f"  grant select on {'a_table, ' * 20} to somebody;"
    tell("", f"Run:\n{statement}\n  commit;")
    assert shown(ours) == ["Run:", statement, "  commit;"]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_a_terminal_has_colour_unless_somebody_says_no(
    terminal: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    *,
    expected: bool,
) -> None:
    terminal()
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert has_colour() is has_colour(err=True) is expected


def test_a_pipe_is_plain_and_a_text_is_one_line_of_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell("ok", TEXT, Tone.GOOD)
    assert capsys.readouterr().out == f"ok {TEXT}\n"
    monkeypatch.setenv("FORCE_COLOR", "1")
    tell("ok", TEXT, Tone.GOOD, err=True)
    assert capsys.readouterr().err == f"{GREEN} {TEXT}\n"


def test_a_terminal_of_an_older_alphabet_shows_letters_by_their_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(shown, encoding="latin-1"))
    tell("Next:", "\u6771\u4eac")
    assert shown.getvalue() == b"Next: \\u6771\\u4eac\n"


def test_a_finding_of_doctor_is_inert_and_its_fix_stands_below(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show(Finding("The table \x1b[2J is empty.", "Fill \u202eit.", fails=True))
    assert capsys.readouterr().out == (
        "FAIL The table {U+001B}[2J is empty.\n     Fix: Fill {U+202E}it.\n"
    )


def test_foreign_text_is_inert_in_label_and_text(
    terminal: Callable[[], int],
) -> None:
    ours = terminal()
    tell("\x1b[31m", "\x1b]0;title\x07 \u202egnp.exe", Tone.BAD)
    [line] = shown(ours)
    assert "{U+001B}[31m" in line
    assert line.endswith(" {U+001B}]0;title{U+0007} {U+202E}gnp.exe")
