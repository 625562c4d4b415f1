"""Records as they are emitted: loadable anywhere, nothing judged, nothing left out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Record = dict[str, Any]

# Salesforce writes UTC as +0000, which RFC 3339 and most loaders do not take
# (developer.salesforce.com, REST API: Sforce-Limit-Info example; LIMH and LOG in the API notes).
SALESFORCE_UTC = "+0000"
# PostgreSQL's text takes no NUL, and UTF-8 has no lone surrogates.
UNLOADABLE = re.compile("[\x00\ud800-\udfff]")


def loadable(
    records: list[Any], fields: Sequence[str], datetimes: Sequence[str], body: bytes
) -> list[Record]:
    """Give the records of a page with exactly these fields; what is missing is null.

    `body` is the page as it came: where it shows nothing strange, and that is nearly always, its
    records are taken as they are but for the spelling of UTC. They are changed in place.
    """
    if _is_plain(records, body):
        names = list(fields)
        for record in records:
            if list(record) != names:
                break
            for name in datetimes:
                value = record[name]
                if value.__class__ is str and value.endswith(SALESFORCE_UTC):
                    record[name] = value[:-5] + "Z"
        else:
            return records
    return [_made_loadable(record, fields, datetimes) for record in records]


def _is_plain(records: list[Any], body: bytes) -> bool:
    """Whether a page holds objects of scalars without escapes: braces and brackets say so.

    Each record has an object `attributes`; NUL and surrogates can only come as escapes.
    """
    return (
        body.count(b"{") == 1 + 2 * len(records)
        and body.count(b"[") == 1
        and b"\\u" not in body
        and all(record.__class__ is dict for record in records)
    )


def _made_loadable(found: object, fields: Sequence[str], datetimes: Sequence[str]) -> Record:
    record: Mapping[str, Any] = found if isinstance(found, dict) else {}
    made: Record = {}
    for name in fields:
        value = record.get(name)
        if isinstance(value, str):
            if name in datetimes and value.endswith(SALESFORCE_UTC):
                value = value[: -len(SALESFORCE_UTC)] + "Z"
            value = escaped(value)
        elif isinstance(value, (dict, list)):
            value = escaped(json.dumps(value, ensure_ascii=False))
        made[name] = value
    return made


def escaped(text: str) -> str:
    r"""Write NUL and lone surrogates as visible escapes such as \u0000."""
    return UNLOADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
