"""Text from elsewhere, made harmless for a terminal, for Markdown and for JSON."""

from __future__ import annotations

import json
import re
from typing import Any

# What moves a terminal's cursor, is not seen, or turns the direction of the text that follows
# (unicode.org, UAX 9 and UTR 36). JSON leaves these as they are where it writes other alphabets so.
_UNSEEN = (
    r"\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f"
)
_UNESCAPED = re.compile(f"[{_UNSEEN}]")
_CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f{_UNSEEN}]")
_BREAKS = re.compile(r"[\t\n\v\f\r]+")

# A code span, of single backticks alone, is left as it is. An address would become a link, also one
# without markup (github.github.com/gfm, autolinks), so that it becomes a code span.
_SPAN = re.compile(r"(?<!`)(`[^`]+`)(?!`)")
_ADDRESS = re.compile(
    r"((?:[a-z][a-z0-9+.-]{0,31}://|www\.)[^\s`]+|[^\s`@]{0,64}@[^\s`@]+)", re.IGNORECASE
)
_MARKUP = re.compile(r"[\\`*\[\]~$]|(?<![^\W_])_|_(?![^\W_])|^[#+=>-]")

_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def visible(value: object) -> str:
    """Text in which every character is seen: others are shown by their number, as {U+202E}."""
    return _CONTROL.sub(lambda found: f"{{U+{ord(found[0]):04X}}}", str(value))


def prose(value: object) -> str:
    """One line that Markdown does not read as markup, but for the code spans that it holds."""
    parts = _SPAN.split(visible(_BREAKS.sub(" ", str(value))).strip())
    parts[::2] = [_plain(part) for part in parts[::2]]
    return "".join(parts).replace("|", "\\|")


def _plain(text: str) -> str:
    """Words without markup; what would be a link is a code span."""
    parts = _ADDRESS.split(text)
    parts[::2] = [_escaped(part) for part in parts[::2]]
    parts[1::2] = [f"`{part}`" for part in parts[1::2]]
    return "".join(parts)


def _escaped(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return _MARKUP.sub(lambda found: f"\\{found[0]}", escaped)


def chat(value: object) -> str:
    """One line for a chat: what would be a link or call people is a code span.

    Slack reads three characters as markup (docs.slack.dev, Formatting message text).
    """
    parts = _SPAN.split(visible(_BREAKS.sub(" ", str(value))).strip())
    parts[::2] = [_ADDRESS.sub(r"`\1`", part.replace("`", "'")) for part in parts[::2]]
    return "".join(parts).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def code(value: object) -> str:
    """A piece of code in Markdown."""
    return f"`{visible(_BREAKS.sub(' ', str(value))).replace('`', chr(39))}`"


def json_line(value: object) -> str:
    """A value as JSON on one line."""
    return escaped(_ENCODER.encode(value))


def escaped(text: str) -> str:
    """JSON in which every character is seen."""
    return _UNESCAPED.sub(_as_json, text)


def _as_json(found: re.Match[str]) -> str:
    """The escapes of a character: two where it takes a pair of surrogates."""
    return json.dumps(found[0])[1:-1]


def json_document(document: dict[str, Any]) -> str:
    """A document as JSON: one line for each value, and for each value of a list."""
    values = (f"  {json_line(name)}: {_lines(value)}" for name, value in document.items())
    return "{\n" + ",\n".join(values) + "\n}\n"


def _lines(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"    {json_line(each)}" for each in value) + "\n  ]"
    return json_line(value)
