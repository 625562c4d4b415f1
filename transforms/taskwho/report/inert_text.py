"""Text from elsewhere, made harmless for a terminal, for Markdown and for JSON."""

from __future__ import annotations

import json
import re
from typing import Any

# moves a terminal's cursor, ends a line, or turns the direction of the text that follows
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
# those that JSON does not escape where it writes other alphabets as they are
_UNESCAPED = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def prose(value: object) -> str:
    """One line that Markdown does not read as markup."""
    return _CONTROL.sub(" ", str(value)).replace("<", "&lt;").replace("|", "\\|").strip()


def code(value: object) -> str:
    """A piece of code in Markdown."""
    return f"`{_CONTROL.sub(' ', str(value)).replace('`', chr(39))}`"


def json_line(value: object) -> str:
    """A value as JSON on one line."""
    return _UNESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", _ENCODER.encode(value))


def json_document(document: dict[str, Any]) -> str:
    """A document as JSON: one line for each value, and for each value of a list."""
    values = (f"  {json_line(name)}: {_lines(value)}" for name, value in document.items())
    return "{\n" + ",\n".join(values) + "\n}\n"


def _lines(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"    {json_line(each)}" for each in value) + "\n  ]"
    return json_line(value)
