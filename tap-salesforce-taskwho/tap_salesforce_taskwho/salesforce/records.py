"""Records as they are emitted: any loader accepts them, and none is left out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec

from tap_salesforce_taskwho.salesforce.bodies import PageBody

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

# a struct of the shape's own, or what a record of another shape was made into
Record = msgspec.Struct | dict[str, Any]

# Salesforce writes UTC as +0000, which RFC 3339 and most loaders do not accept
# (developer.salesforce.com, REST API: Sforce-Limit-Info example).
SALESFORCE_UTC = "+0000"
# PostgreSQL's text cannot hold NUL, and UTF-8 has no lone surrogates.
UNLOADABLE = re.compile("[\x00\ud800-\udfff]")
# NUL inside of JSON text, after an even number of backslashes.
ESCAPED_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
REPLACEMENT = "\ufffd"


class Shape:
    """The fields of a stream's records, in their order; a missing one is null.

    Nearly every page holds records of this shape only. They are decoded into structs, in half the
    time that dicts take, and without `attributes`. `datetimes` are spelled with Z.
    """

    def __init__(self, fields: Mapping[str, type], datetimes: Collection[str]) -> None:
        self.fields = tuple(fields)
        self.datetimes = tuple(datetimes)
        self.row = msgspec.defstruct(
            "Row", [(name, kind | None, None) for name, kind in fields.items()], gc=False
        )
        page: Any = PageBody[self.row]  # type: ignore[name-defined]
        self.decoder: msgspec.json.Decoder[PageBody[Any]] = msgspec.json.Decoder(page)

    def loadable(self, records: Sequence[Any]) -> Sequence[Record]:
        """Give a page's records so that any loader accepts them; they are changed in place."""
        if set(map(type, records)) == {self.row}:
            self._spell_utc(records)
            return records
        return [self._made_loadable(record) for record in records]

    def _spell_utc(self, rows: Sequence[Any]) -> None:
        before = spelled = None
        for name in self.datetimes:
            for row in rows:
                written = getattr(row, name)
                if written != before:  # mostly, the row before has the same
                    before, spelled = written, written and _with_z(written)
                setattr(row, name, spelled)

    def _made_loadable(self, found: object) -> Record:
        record: Mapping[str, Any] = found if isinstance(found, dict) else {}
        made: dict[str, Any] = {}
        for name in self.fields:
            value = record.get(name)
            if isinstance(value, str):
                value = replaced(_with_z(value) if name in self.datetimes else value)
            elif isinstance(value, (dict, list)):
                value = _json_text(value)
            made[name] = value
        return made


def _with_z(written: str) -> str:
    return written[:-5] + "Z" if written[-5:] == SALESFORCE_UTC else written


def as_dict(record: Record) -> dict[str, Any]:
    """Give a record as the SDK's stream maps want it."""
    return record if isinstance(record, dict) else msgspec.structs.asdict(record)


def replaced(text: str) -> str:
    """Write U+FFFD, Unicode's replacement character, for NUL and lone surrogates."""
    return UNLOADABLE.sub(REPLACEMENT, text)


def _json_text(value: object) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:  # json writes a little less deep than it reads
        return REPLACEMENT
    return replaced(ESCAPED_NUL.sub(rf"\1{REPLACEMENT}", text))
