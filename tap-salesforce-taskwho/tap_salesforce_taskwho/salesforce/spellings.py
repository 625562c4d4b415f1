"""How a text may be spelled: each way of reading it gives its characters, and where they stand."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# a character, and where its spelling begins and ends
_Spelled = tuple[str, int, int]
# A proxy that repeats an escaped text escapes it once more.
_DEEPEST = 2
_JSON_NAMES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as one way of reading gives it; `starts` and `ends` point into the original."""

    text: str
    starts: list[int]
    ends: list[int]


def fold(text: str) -> str:
    """Write each character in lower case, where that is one character too."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def readings(text: str) -> Iterator[Reading]:
    """Give a text as it is, and as URLs, forms, JSON and HTML spell it, once and twice."""
    places = range(len(text))
    level = [Reading(text, [*places], [at + 1 for at in places])]
    for _ in range(_DEEPEST):
        yield from level
        level = [
            _read(reading, unit, spelled)
            for reading in level
            for unit, spelled in _WAYS
            if unit.search(reading.text)
        ]
    yield from level


def _read(
    reading: Reading, unit: re.Pattern[str], spelled: Callable[[re.Match[str]], list[_Spelled]]
) -> Reading:
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for found in unit.finditer(reading.text):
        between = range(done, found.start())
        plain = [(reading.text[at], at, at + 1) for at in between]
        for char, start, end in (*plain, *spelled(found)):
            chars.append(char)
            starts.append(reading.starts[start])
            ends.append(reading.ends[end - 1])
        done = found.end()
    return Reading(
        "".join(chars) + reading.text[done:],
        starts + reading.starts[done:],
        ends + reading.ends[done:],
    )


def _percent(found: re.Match[str]) -> list[_Spelled]:
    """%2F: three characters a byte of UTF-8."""
    if found[0] == "+":
        return [(" ", found.start(), found.end())]
    content = bytes.fromhex(found[0].replace("%", ""))
    return _widths(content.decode("utf-8", "surrogateescape"), found.start(), 3, "utf-8", 1)


def _json(found: re.Match[str]) -> list[_Spelled]:
    r"""\u002F: six characters a unit of UTF-16; or a backslash and a character."""
    if found[0][1] in "uU" and len(found[0]) > 2:  # noqa: PLR2004 -- more than \\u alone
        content = bytes.fromhex(re.sub(r"\\u", "", found[0], flags=re.IGNORECASE))
        text = content.decode("utf-16-be", "surrogatepass")
        return _widths(text, found.start(), 6, "utf-16-be", 2)
    char = found[0][1]
    return [(_JSON_NAMES.get(char, char), found.start(), found.end())]


def _html(found: re.Match[str]) -> list[_Spelled]:
    return [(char, found.start(), found.end()) for char in html.unescape(found[0])]


def _widths(text: str, at: int, width: int, encoding: str, unit: int) -> list[_Spelled]:
    """Place characters of which each unit of an encoding takes so many characters."""
    placed = []
    for char in text:
        errors = "surrogateescape" if encoding == "utf-8" else "surrogatepass"
        end = at + len(char.encode(encoding, errors)) // unit * width
        placed.append((char, at, end))
        at = end
    return placed


_WAYS = (
    (re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE), _percent),
    (re.compile(r"(?:%[0-9a-f]{2})+|\+", re.IGNORECASE), _percent),  # forms
    (re.compile(r"(?:\\u[0-9a-f]{4})+|\\.", re.IGNORECASE | re.DOTALL), _json),
    (re.compile(r"&(?:#[0-9]{1,8}|#x[0-9a-f]{1,8}|[a-z0-9]{2,31});?", re.IGNORECASE), _html),
)
