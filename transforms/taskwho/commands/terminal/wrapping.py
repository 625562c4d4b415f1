"""Text in lines of so many columns."""

from __future__ import annotations

import re
import unicodedata

WIDTH = 80
# a command in backticks is one word, so that it can be copied
_WORD = re.compile(r"(?:`[^`\n]{1,60}`|\S)+")
# sentences, where they fill most of the room, or else words
_ENDS = ((re.compile(r"(?<=[.!?]) (?=[A-Z`])"), 0.8), (re.compile(" "), 0))
_CUT = "..."


def columns(text: str) -> int:
    """How many columns a terminal takes for it (unicode.org, UAX 11)."""
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF")
        for each in text
    )


def wrap(text: str, room: int, begin: int = 0) -> list[str]:
    """The words in lines of at most `room` columns. The first one has `begin` of them taken."""
    lines, taken = [""], begin
    for word in _WORD.findall(text):
        for piece in _pieces(word, room):
            longer = f"{lines[-1]} {piece}".lstrip()
            if taken + columns(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
                taken = 0
    return lines


def shorten(text: str, room: int, most: int, begin: int = 0) -> list[str]:
    """At most so many lines: the whole, or the sentences that fit, or else the words that fit."""
    text, _, statements = text.strip().partition("\n")
    lines = wrap(text, room, begin)
    if len(lines) <= most and not statements:
        return lines
    for end, least in _ENDS:
        parts = end.split(" ".join(text.split()))
        for count in range(len(parts), 0, -1):
            lines = wrap(f"{' '.join(parts[:count])} {_CUT}", room, begin)
            if len(lines) <= most:
                if sum(map(columns, lines)) >= least * room * most:
                    return lines
                break
    lines = wrap(text, room, begin)[:most]
    return [*lines[:-1], fit(lines[-1] + _CUT, room - begin * (len(lines) == 1))]


def fit(text: str, room: int = WIDTH) -> str:
    """One line; what is too long for it ends with dots."""
    if columns(text) <= room:
        return text
    while text and columns(text) > room - len(_CUT):
        text = text[:-1]
    return text + _CUT


def _pieces(word: str, room: int) -> list[str]:
    """A word; one that is longer than a line, in pieces."""
    pieces, width = [""], 0
    for each in word:
        width += columns(each)
        if width > room:
            pieces.append("")
            width = columns(each)
        pieces[-1] += each
    return pieces
