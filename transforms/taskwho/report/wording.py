"""Numbers, times and foreign text as a report shows them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# what moves a terminal's cursor, ends a line, or turns the direction of what follows
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
# as JSON leaves them where it writes other alphabets as they are
_UNESCAPED = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

# the standard library encodes in C what it does not indent
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def number(value: float | None) -> str:
    """With thousands separators: 2,392."""
    return "unknown" if value is None else f"{value:,}"


def percent(value: float) -> str:
    """With two decimals: 95.36%."""
    return f"{value:.2f}%"


def duration(seconds: float) -> str:
    """In words: 3 minutes 2 seconds; tenths below ten seconds."""
    if seconds < 10:  # noqa: PLR2004 - where tenths stop to matter
        return f"{max(seconds, 0):.1f} seconds"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "hour"), (minutes, "minute"), (rest, "second"))
    return " ".join(f"{n:,} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n)


def instant(value: datetime | str | None) -> str:
    """A point in time in UTC: 2025-07-06 18:22:14."""
    if value is None:
        return "the beginning"
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return prose(str(value))
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def prose(value: object) -> str:
    """Foreign text on one line that Markdown does not take for markup."""
    return _CONTROL.sub(" ", str(value)).replace("<", "&lt;").replace("|", "\\|").strip()


def code(value: object) -> str:
    """Foreign text as a code span, which a backtick in it would end."""
    return f"`{_CONTROL.sub(' ', str(value)).replace('`', chr(39))}`"


def json_line(value: object) -> str:
    """A record or another value on one line; what could fool a terminal is escaped."""
    return _escaped(_ENCODER.encode(value))


def json_pieces(value: dict[str, Any]) -> Iterator[str]:
    """A whole document in many pieces: a line a value, and a line for each that a list holds."""
    yield "{"
    before = ""
    for name, held in value.items():
        yield f"{before}\n  {json_line(name)}: "
        if isinstance(held, list) and held:
            yield from _listed(held)
        else:
            yield json_line(held)
        before = ","
    yield "\n}"


def _listed(values: list[Any]) -> Iterator[str]:
    before = "["
    for value in values:
        yield f"{before}\n    {json_line(value)}"
        before = ","
    yield "\n  ]"


def _escaped(text: str) -> str:
    return _UNESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
