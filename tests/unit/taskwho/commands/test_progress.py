"""How a run looks, with a terminal and without."""

from __future__ import annotations

import contextlib
import logging
import os
import pty

import pytest
from taskwho.commands.terminal.bar import Terminal
from taskwho.commands.terminal.progress import Lines, Pace, warnings_to
from taskwho.commands.terminal.view import view_of
from taskwho.model.progress import Progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that passes; the test sets it."""
    at = [100.0]
    monkeypatch.setattr("taskwho.commands.terminal.progress.time.monotonic", lambda: at[0])
    return at


def test_a_stage_has_a_line_and_reading_has_one_every_ten_seconds(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = Lines(err=False)
    lines.show(Progress("prepare"))
    lines.show(Progress("relations"))
    for seconds, rows in ((1, 1_000), (10, 10_000), (11, 11_000), (20, 25_000)):
        clock[0] = 100 + seconds
        lines.show(Progress("relations", rows, 100_000, rows // 2_000))
    lines.warn("The quota is near.")
    shown = [line[21:] for line in capsys.readouterr().out.splitlines()]
    assert shown == [
        "INFO    Preparing.",
        "INFO    Reading relations.",
        (
            "INFO    10,000 of 100,000 rows read, 1,000 a second, 1 minute 30 seconds left, 5 API "
            "calls."
        ),
        "INFO    25,000 of 100,000 rows read, 1,250 a second, 1 minute left, 12 API calls.",
        "WARNING The quota is near.",
    ]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (Progress("relations"), "0 rows read"),
        (Progress("relations", 0, 500), "0 of 500 rows read"),
        (Progress("relations", 300), "300 rows read, 100 a second"),
        (Progress("relations", 600, 500, 1), "600 of 600 rows read, 200 a second, 1 API calls"),
    ],
)
def test_what_is_not_known_is_left_out(clock: list[float], at: Progress, words: str) -> None:
    pace = Pace()
    clock[0] += 3
    assert pace.words(at) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (Progress("relations"), "0 rows"),
        (Progress("relations", 0, 500), "0 of 500"),
        (Progress("relations", 300), "300 rows, 100/s"),
        (Progress("relations", 600, 500, 1), "600 of 600, 200/s, 1 call"),
        (
            Progress("relations", 1_200_000, 999_000_000, 999_999),
            "1.2M of 999.0M, 400,000/s, 42 min left, 999,999 calls",
        ),
        (Progress("relations", 30, 900_000), "30 of 900,000, 10/s, 25.0 h left"),
    ],
)
def test_a_bar_has_room_for_a_few_words(clock: list[float], at: Progress, words: str) -> None:
    pace = Pace()
    clock[0] += 3
    assert pace.brief(at) == words


def test_a_terminal_that_cannot_move_has_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taskwho.commands.terminal.view.is_terminal", lambda **_: True)
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(view_of(err=False), Lines)
    monkeypatch.setenv("TERM", "xterm")
    assert isinstance(view_of(err=False), Terminal)


def test_on_standard_error_nothing_is_on_standard_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Lines(err=True).show(Progress("prepare"))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith("INFO    Preparing.\n")


def test_what_the_package_warns_of_is_shown_while_it_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logger = logging.getLogger("taskwho")
    with warnings_to(Lines(err=False)):
        logger.warning("About %d calls.", 16)
    logger.warning("Afterwards.")
    assert capsys.readouterr().out.endswith("WARNING About 16 calls.\n")


def test_a_terminal_shows_a_bar_with_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr("sys.stdout", terminal)
        with Terminal(err=False) as bar:
            bar.show(Progress("prepare"))
            bar.show(Progress("relations", 12_000_000, 300_000_000, 7_000))
            bar._bar.refresh()
            bar.warn("The quota is near.")
        shown = ""
        while "quota is near" not in shown:
            shown += os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Reading relations " in shown
    assert "\u2501\u2501\u2501\u2501" in shown
    assert "12.0M of 300.0M, " in shown
    assert "/s, " in shown
    assert " left, 7,000 calls" in shown
    assert "Warning: The quota is near." in shown


def test_a_terminal_that_is_closed_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    ours, theirs = pty.openpty()
    terminal = os.fdopen(theirs, "w", buffering=1)
    monkeypatch.setattr("sys.stdout", terminal)
    with Terminal(err=False) as bar:
        os.close(ours)
        bar.show(Progress("relations", 12_000))
        bar._bar.refresh()
        bar.warn("Nobody reads this.")
    with contextlib.suppress(OSError):
        terminal.close()
