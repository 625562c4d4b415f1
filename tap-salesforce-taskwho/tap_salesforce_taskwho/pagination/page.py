"""A page of a window, and the check that its Ids lead on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tap_salesforce_taskwho.salesforce.answers import Cost
    from tap_salesforce_taskwho.salesforce.records import Record

ID_LENGTH = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Records as they are emitted. `is_last` says that nothing follows."""

    records: Sequence[Record] = field(default=(), repr=False)
    first_id: str | None = None
    last_id: str | None = None
    is_last: bool = False
    cost: Cost


def inconsistency(
    records: Sequence[Any], *, after_id: str | None, until_id: str | None, is_last: bool
) -> str:
    """Say why going on from a page would skip or repeat rows; empty where it is safe.

    The server orders Ids as ASCII does, and Python compares them so. A record without an Id is
    passed over: it is emitted, and the promotion quarantines it.
    """
    ids = _ids_of(records)
    previous = after_id or ""
    for found in ids:
        if found <= previous:
            return f"Id {found} after {previous}, though Ids must ascend"
        previous = found
    if until_id is not None and previous > until_id:
        return f"Id {previous}, though {until_id} was the last one asked for"
    if not ids and not is_last:
        shown = f"{len(records)} records without an Id" if records else "an empty page"
        return f"{shown} after Id {after_id}, and says that more rows follow"
    return ""


def _ids_of(records: Sequence[Any]) -> list[str]:
    """Give the Ids of a page, all at once where every record has one: there are millions."""
    try:
        ids: list[str] = [record.Id for record in records]
        letters = "".join(ids)
    except (AttributeError, TypeError):
        letters = ""
    if letters.isascii() and letters.isalnum() and set(map(len, ids)) == {ID_LENGTH}:
        return ids
    return [found for found in map(id_of, records) if found is not None]


def id_of(record: object) -> str | None:
    """Give a record's Id, None where it has none that can be one."""
    found = record.get("Id") if isinstance(record, dict) else getattr(record, "Id", None)
    if isinstance(found, str) and len(found) == ID_LENGTH and found.isascii() and found.isalnum():
        return found
    return None
