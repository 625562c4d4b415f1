"""The files that the command is given: JSON objects, one of them a state."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.errors.command import (
    FILE_NOT_AN_OBJECT,
    FILE_NOT_JSON,
)
from tap_salesforce_taskwho.errors.state import STATE_NOT_OF_THIS_TAP, STATE_OF_ANOTHER_TAP

if TYPE_CHECKING:
    from collections.abc import Collection

_Object = dict[str, Any]
# The SDK's own notes on a stream, which this tap neither writes nor reads.
_SDK_KEYS = {"partitions", "progress_markers"}


def read_object(file: IO[str], option: str) -> _Object | None:
    """Read a file of one JSON object, None where it is empty; raises UserError."""
    try:
        text = file.read()
        if not text.strip():
            return None
        found = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise UserError(FILE_NOT_JSON, option=option, error=error) from error
    if not isinstance(found, dict):
        raise UserError(FILE_NOT_AN_OBJECT, option=option)
    return found


def state_of(found: _Object, streams: Collection[str]) -> _Object:
    """Read a state, also one inside a whole STATE message. Raises UserError.

    Meltano's files hold it as `singer_state`, a STATE message as `value`. A state that knows none
    of the `streams` is another tap's.
    """
    for wrapper in ("singer_state", "value"):
        if wrapper in found and "bookmarks" not in found:
            inner = found[wrapper]
            return state_of(inner, streams) if isinstance(inner, dict) else _none(inner)
    bookmarks = found.get("bookmarks")
    known = bookmarks is not None or not any(found.values())
    if not known or found.keys() >= {"bookmarks", "singer_state"}:
        raise UserError(STATE_NOT_OF_THIS_TAP)
    if bookmarks is None:
        return {}
    if not isinstance(bookmarks, dict) or not all(isinstance(b, dict) for b in bookmarks.values()):
        raise UserError(STATE_NOT_OF_THIS_TAP)
    if bookmarks and not bookmarks.keys() & set(streams):
        names = ", ".join(map(str, bookmarks))
        raise UserError(STATE_OF_ANOTHER_TAP, names=names, known=", ".join(streams))
    kept = {
        stream: {key: value for key, value in entry.items() if key not in _SDK_KEYS}
        for stream, entry in bookmarks.items()
    }
    rest = {key: value for key, value in found.items() if value is not None}
    return {**rest, "bookmarks": kept}


def _none(inner: object) -> _Object:
    if inner is not None:
        raise UserError(STATE_NOT_OF_THIS_TAP)
    return {}
