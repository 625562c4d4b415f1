"""Records inside a report: whole, with their values cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taskwho.model.entities import RELATIONS

if TYPE_CHECKING:
    from taskwho.model.results.result import Record

_FIELDS = ("Id", *(field.source for field in RELATIONS.fields))
_STORY = ("success", "salesforce_id", "task_id", "relation_id", "error", "action")


def cut(value: object, most: int) -> str:
    """A value as text, cut where it is long."""
    text = "" if value is None else str(value)
    return text if len(text) <= most else f"{text[:most]}\N{HORIZONTAL ELLIPSIS}"


def whole(record: Record, most: int) -> dict[str, Any]:
    """A record's story, its fields in Salesforce's order, its context."""
    shown: dict[str, Any] = {name: _cut(getattr(record, name), most) for name in _STORY}
    if record.record is not None:
        fields = record.record
        shown["record"] = {name: _cut(fields[name], most) for name in _FIELDS if name in fields}
    if record.context is not None:
        shown["context"] = {name: _cut(value, most) for name, value in record.context.items()}
    return shown


def _cut(value: object, most: int) -> object:
    if isinstance(value, list):
        return [_cut(each, most) for each in value[:most]]
    return cut(value, most) if isinstance(value, str) else value
