"""Records as they are emitted: loadable anywhere, nothing judged, nothing left out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Record = dict[str, Any]

# Salesforce writes UTC as +0000, which RFC 3339 and most loaders do not take
# (developer.salesforce.com, REST API: Sforce-Limit-Info example; LIMH and LOG in the API notes).
SALESFORCE_UTC = "+0000"
# PostgreSQL's text takes no NUL, and UTF-8 has no lone surrogates.
UNLOADABLE = re.compile("[\x00\ud800-\udfff]")


def loadable(
    fields: Sequence[str], datetimes: frozenset[str], *, escapes: bool
) -> Callable[[object], Record]:
    r"""Give the function that makes one record of a page loadable.

    The result has exactly these fields; what is missing is null. `escapes` says that the page
    holds `\u` escapes, the only way in which NUL and surrogates can come.
    """
    plain = tuple((name, name in datetimes) for name in fields)

    def convert(found: object) -> Record:
        record: Mapping[str, Any] = found if isinstance(found, dict) else {}
        made: Record = {}
        for name, is_datetime in plain:
            value = record.get(name)
            if value.__class__ is str:
                if is_datetime and value.endswith(SALESFORCE_UTC):
                    value = value[: -len(SALESFORCE_UTC)] + "Z"
                if escapes:
                    value = escaped(value)
            elif isinstance(value, (dict, list)):
                value = escaped(json.dumps(value, ensure_ascii=False))
            made[name] = value
        return made

    return convert


def escaped(text: str) -> str:
    r"""Write NUL and lone surrogates as visible escapes such as \u0000."""
    return UNLOADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
