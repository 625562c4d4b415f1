"""Records as they are emitted: loadable anywhere, nothing judged, nothing left out."""

from __future__ import annotations

import json
import re
from collections import deque
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec

from tap_salesforce_taskwho.salesforce.bodies import PageBody

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

# a struct of the shape's own, or what a strange record was made into
Record = msgspec.Struct | dict[str, Any]

# Salesforce writes UTC as +0000, which RFC 3339 and most loaders do not take
# (developer.salesforce.com, REST API: Sforce-Limit-Info example; LIMH and LOG in the API notes).
SALESFORCE_UTC = "+0000"
# PostgreSQL's text takes no NUL, and UTF-8 has no lone surrogates.
UNLOADABLE = re.compile("[\x00\ud800-\udfff]")


class Shape:
    """The fields that a stream's records have, in their order; what is missing is null.

    Nearly every page holds nothing but such records: it is decoded into structs at once, which
    takes half of the time of dicts and drops `attributes` on the way.
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
        """Give a page's records so that any loader takes them; they are changed in place."""
        if set(map(type, records)) == {self.row}:
            self._spell_utc(records)
            return records
        return [self._made_loadable(record) for record in records]

    def _spell_utc(self, rows: Sequence[Any]) -> None:
        """Write Z for +0000. What a row's datetime says is mostly said by its next one too."""
        before: list[str | None] = [None] * len(rows)
        spelled_before = before
        for name in self.datetimes:
            values: list[str | None] = list(map(attrgetter(name), rows))
            spelled = [
                known if value == same else value and _with_z(value)
                for value, same, known in zip(values, before, spelled_before, strict=True)
            ]
            deque(map(setattr, rows, repeat(name), spelled), maxlen=0)
            before, spelled_before = values, spelled

    def _made_loadable(self, found: object) -> Record:
        record: Mapping[str, Any] = found if isinstance(found, dict) else {}
        made: dict[str, Any] = {}
        for name in self.fields:
            value = record.get(name)
            if isinstance(value, str):
                value = escaped(_with_z(value) if name in self.datetimes else value)
            elif isinstance(value, (dict, list)):
                value = escaped(json.dumps(value, ensure_ascii=False))
            made[name] = value
        return made


def _with_z(value: str) -> str:
    return value[:-5] + "Z" if value[-5:] == SALESFORCE_UTC else value


def as_dict(record: Record) -> dict[str, Any]:
    """Give a record as the SDK's mapper wants it."""
    return record if isinstance(record, dict) else msgspec.structs.asdict(record)


def escaped(text: str) -> str:
    r"""Write NUL and lone surrogates as visible escapes such as \u0000."""
    return UNLOADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
