"""The files that the command is given: JSON, and of the shape of a catalog or a state."""

from __future__ import annotations

import json
from typing import IO, Any

import msgspec

from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.errors.command import (
    CATALOG_WRONG,
    FILE_NOT_AN_OBJECT,
    FILE_NOT_JSON,
)
from tap_salesforce_taskwho.errors.state import STATE_NOT_OF_THIS_TAP

_Object = dict[str, Any]
# The SDK's own notes on a stream, which this tap neither writes nor reads.
_SDK_KEYS = {"partitions", "progress_markers"}


class _Metadata(msgspec.Struct):
    breadcrumb: list[str]
    metadata: _Object


class _Schema(msgspec.Struct):
    properties: dict[str, _Object] = {}


class _Stream(msgspec.Struct):
    tap_stream_id: str
    schema: _Schema
    metadata: list[_Metadata]
    stream: str | None = None
    key_properties: list[str] | None = None
    replication_key: str | None = None
    replication_method: str | None = None


class _Catalog(msgspec.Struct):
    streams: list[_Stream]


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
    if found and option == "catalog":
        check_catalog(found)
    return found


def check_catalog(found: _Object) -> None:
    """Raise UserError for what the SDK cannot read as a catalog."""
    try:
        msgspec.convert(found, _Catalog)
    except msgspec.ValidationError as error:
        raise UserError(CATALOG_WRONG, error=error) from error


def state_of(found: _Object) -> _Object:
    """Read a state, also one inside a whole STATE message. Raises UserError.

    Meltano's files hold it as `singer_state`, a STATE message as `value`.
    """
    for wrapper in ("singer_state", "value"):
        if wrapper in found and "bookmarks" not in found:
            inner = found[wrapper]
            return state_of(inner) if isinstance(inner, dict) else _none(inner)
    bookmarks = found.get("bookmarks")
    known = bookmarks is not None or not any(found.values())
    if not known or found.keys() >= {"bookmarks", "singer_state"}:
        raise UserError(STATE_NOT_OF_THIS_TAP)
    if bookmarks is None:
        return {}
    if not isinstance(bookmarks, dict) or not all(isinstance(b, dict) for b in bookmarks.values()):
        raise UserError(STATE_NOT_OF_THIS_TAP)
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
