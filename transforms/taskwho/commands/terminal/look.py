"""The look of all commands: a label in colour, then text; on a terminal in lines of 80 columns."""

from __future__ import annotations

import os
import shutil
import sys
from enum import Enum

import click

from taskwho.commands.terminal.output import write
from taskwho.commands.terminal.wrapping import WIDTH, shorten, wrap
from taskwho.report.inert_text import visible

_NARROWEST = 40
_LONGEST_LABEL = 10


class Tone(Enum):
    """What a label says: the colour it has."""

    GOOD = "green"
    CARE = "yellow"
    BAD = "red"
    PLAIN = None


def is_terminal(*, err: bool = False) -> bool:
    """Whether a person looks at standard output, or at standard error."""
    stream = sys.stderr if err else sys.stdout
    return stream is not None and not stream.closed and stream.isatty()


def is_dumb() -> bool:
    """Whether the terminal can neither colour nor move, as rich decides it."""
    return os.environ.get("TERM", "").lower() in {"dumb", "unknown"}


def has_colour(*, err: bool = False) -> bool:
    """NO_COLOR (no-color.org) goes first, then TERM, then FORCE_COLOR, then the terminal."""
    if os.environ.get("NO_COLOR") or is_dumb():
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(err=err)


def paint(text: str, tone: Tone, *, err: bool = False) -> str:
    """Bold, and in the colour of the tone, where there is colour; always inert."""
    shown = visible(text)
    if not shown or not has_colour(err=err):
        return shown
    return click.style(shown, fg=tone.value, bold=True)


def tell(
    label: str,
    text: str = "",
    tone: Tone = Tone.PLAIN,
    *,
    err: bool = False,
    most: int | None = None,
) -> None:
    """A label and its text.

    With `most`, the text takes at most so many lines of 80 columns. Without it, a terminal has
    lines that end between words; elsewhere the text stays on one line, where `grep` finds it.
    """
    begin = f"{label} " if label else ""
    indent = min(len(begin), _LONGEST_LABEL)
    lines = _lines(visible(text), len(begin), indent, most=most, err=err)
    write(paint(label, tone, err=err) + " " * bool(label and lines[0]) + lines[0], err=err)
    for line in lines[1:]:
        write(line, err=err)


def _lines(text: str, begin: int, indent: int, *, most: int | None, err: bool) -> list[str]:
    """Wrap a text: the first line leaves `begin` columns for a label, the others are indented."""
    if most is None and not is_terminal(err=err):
        return text.split("\n")
    if most is not None:
        statements, lines = [], shorten(text, WIDTH - indent, most, begin - indent)
    else:
        head, *statements = text.split("\n")  # statements to copy stay as they are
        width = min(WIDTH, max(shutil.get_terminal_size().columns, _NARROWEST))
        lines = wrap(head, width - indent, begin - indent)
    return [lines[0], *(" " * indent + line for line in lines[1:]), *statements]
