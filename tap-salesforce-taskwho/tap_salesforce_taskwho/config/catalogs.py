"""Catalogs: of this tap, of older tools, and changed by people. Honoured, or refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.errors.command import (
    CATALOG_CHANGED,
    CATALOG_WRONG,
    NOTHING_SELECTED,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_Object = dict[str, Any]
_METHODS = ("INCREMENTAL", "FULL_TABLE")
_WORDS = {"true": True, "false": False}


class Keys(NamedTuple):
    """What the rows of a stream are known by, and what their changes are known by."""

    primary: tuple[str, ...]
    replication: str | None
    is_selected: bool = False


class _Metadata(msgspec.Struct):
    breadcrumb: list[str]
    metadata: _Object


class _Schema(msgspec.Struct):
    properties: dict[str, _Object] = {}
    selected: bool | None = None


class _Stream(msgspec.Struct):
    tap_stream_id: str
    schema: _Schema
    metadata: list[_Metadata] | None = None
    selected: bool | None = None
    stream: str | None = None
    key_properties: list[str] | None = None
    replication_key: str | None = None
    replication_method: str | None = None


class _Catalog(msgspec.Struct):
    streams: list[_Stream]


def catalog_of(found: _Object, declared: Mapping[str, Keys]) -> _Object:
    """Give a catalog in the form that the SDK reads; raises UserError for one that the tap refuses.

    `declared` are the tap's streams. Others are passed over.
    """
    try:
        msgspec.convert(found, _Catalog)
    except msgspec.ValidationError as error:
        raise UserError(CATALOG_WRONG, error=error) from error
    streams = [
        _followed(entry, name, declared[name]) if name in declared else entry
        for entry in found["streams"]
        for name in (entry["tap_stream_id"],)
    ]
    if not any(_is_selected(entry) for entry in streams if entry["tap_stream_id"] in declared):
        raise UserError(NOTHING_SELECTED, known=", ".join(declared))
    return {**found, "streams": streams}


def _is_selected(entry: _Object) -> bool:
    """Say whether a stream is read, as the SDK decides it."""
    root = _root_of(entry["metadata"]) or {}
    chosen = (root.get("selected"), root.get("selected-by-default"))
    return next((value for value in chosen if value is not None), False)


def _root_of(metadata: Sequence[_Object]) -> _Object | None:
    """Give what the metadata says of the stream itself."""
    found: Iterator[_Object] = (part["metadata"] for part in metadata if not part["breadcrumb"])
    return next(found, None)


def _followed(entry: _Object, stream: str, keys: Keys) -> _Object:
    """Give a stream's entry with metadata for all of it."""
    metadata = [
        {**part, "metadata": _plain(part["metadata"])} for part in entry.get("metadata") or ()
    ]
    root = _root_of(metadata)
    chosen = (entry.get("selected"), entry["schema"].get("selected"), keys.is_selected)
    is_selected = next(value for value in chosen if value is not None)
    if not metadata:
        metadata = list(_of_older_tools(entry, is_selected=is_selected))
    elif root is None:
        metadata.append({"breadcrumb": [], "metadata": {"selected": is_selected}})
    root = root or {}
    method = root.get("replication-method") or entry.get("replication_method")
    _check(stream, "replication method", method, _METHODS)
    for given in (root.get("replication-key"), entry.get("replication_key")):
        _check(stream, "replication key", given, (keys.replication,))
    for given in (root.get("table-key-properties"), entry.get("key_properties")):
        # without keys a target appends
        _check(stream, "key", ", ".join(given or ()), (", ".join(keys.primary),))
    return {**entry, "metadata": metadata, **({"replication_method": method} if method else {})}


def _check(stream: str, what: str, given: object, allowed: tuple[str | None, ...]) -> None:
    if given and given not in allowed:
        words = " or ".join(word for word in allowed if word) or "none"
        raise UserError(CATALOG_CHANGED, stream=stream, what=what, given=given, allowed=words)


def _plain(metadata: _Object) -> _Object:
    """Read `selected` as some tools write it: as text, or as null where nobody has chosen."""
    selected = metadata.get("selected")
    if selected is None:
        return {name: value for name, value in metadata.items() if name != "selected"}
    if isinstance(selected, str):
        selected = _WORDS.get(selected.lower(), selected)
    if not isinstance(selected, bool):
        raise UserError(CATALOG_WRONG, error=f"selected is {selected!r}, not true or false")
    return {**metadata, "selected": selected}


def _of_older_tools(entry: _Object, *, is_selected: bool) -> Iterator[_Object]:
    """Make the metadata of an entry that has none, from `selected` in the entry and its schema.

    Before there was metadata, Singer's tools wrote it there (github.com/singer-io/getting-started,
    docs/SYNC_MODE.md, Legacy Stream/Field Selection). A field without it goes with its stream.
    """
    yield {"breadcrumb": [], "metadata": {"selected": is_selected}}
    for name, field in entry["schema"].get("properties", {}).items():
        chosen = field.get("selected")
        selected = {"selected": is_selected if chosen is None else chosen}
        metadata = _plain({"inclusion": "available", **selected})
        yield {"breadcrumb": ["properties", name], "metadata": metadata}
