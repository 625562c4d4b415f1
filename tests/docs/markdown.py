"""Pieces of Markdown: tables, and texts that hold {named} values."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; None and "" are empty cells."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(map(cell, line))} |\n" for line in lines)


def cell(value: object) -> str:
    """The text of one cell, on one line."""
    text = "" if value is None else str(value)
    return " ".join(text.split()).replace("|", "\\|")


def code(value: object) -> str:
    """A value as code; "" where there is none."""
    return "" if value is None or value == "" else f"`{value}`"


def default(value: object) -> str:
    """A default as people would write it."""
    return code(str(value).lower() if isinstance(value, bool) else value)


def values_shown(text: str) -> str:
    """A text with its {named} values: in italics, or in capitals where they stand in code."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(_piece(piece, in_code=piece.startswith("`")) for piece in pieces)


def shown_as_text(text: str) -> str:
    """A text in which `<NAME>` is no tag of HTML."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(
        piece if piece.startswith("`") else piece.replace("<", "\\<") for piece in pieces
    )


def _piece(text: str, *, in_code: bool) -> str:
    shown = []
    for literal, name, _, _ in Formatter().parse(text):
        shown.append(literal)
        if name:
            shown.append(name.upper() if in_code else f"*{name}*")
    return "".join(shown)
