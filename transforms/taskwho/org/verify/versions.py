"""What is kept here of some relations, in the shape in which the org's records compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database import scripts
from taskwho.database.scripts import Scripts
from taskwho.model.entities import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import psycopg

    from taskwho.org.verify.local_rows import Places

_SQL = Scripts(__package__)


# a time compares as text, so that one that Python cannot hold is a difference and no error
_COMPARED = {
    "text": sql.SQL("::text"),
    "reference": sql.SQL("::text"),
    "timestamp": sql.SQL("::timestamp::text"),
}
_KINDS = {field.source: field.kind for field in RELATIONS.fields}
_TRUE, _FALSE = {"true", "t"}, {"false", "f"}


@dataclass(frozen=True, slots=True)
class Version:
    """One version; `values` by field, those that are kept here.

    `is_stored`: it is in the user's table, else it waits or is set aside.
    """

    is_live: bool
    values: Mapping[str, object]
    is_stored: bool = False

    def holds(self, record: Mapping[str, Any]) -> bool:
        """Whether it is this record of the org's; fields that were not read do not count."""
        return all(record[name] == value for name, value in self.values.items() if name in record)


class Versions:
    """Looks up versions of relations; several tables may keep one of the same relation."""

    def __init__(self, conn: psycopg.Connection[Any], places: Places) -> None:
        self._conn, self._places = conn, places
        # whether it is deleted is told apart from what it holds
        self._fields = [field for field in places.fields if field.kind in _COMPARED]

    def of(self, ids: Sequence[str]) -> dict[str, list[Version]]:
        """The versions by Id; the one that waits before the one in the table."""
        found: dict[str, list[Version]] = {record_id: [] for record_id in ids}
        for name in self._places.kept:
            for record_id, record in self._kept(name, ids):
                values = comparable(record)
                is_live = values.pop("IsDeleted", False) is not True
                found[record_id].append(Version(is_live, values))
        if self._places.table is not None:
            names = [field.source for field in self._fields]
            for record_id, is_live, *stored in self._stored(ids):
                if record_id in found:
                    values = dict(zip(names, stored, strict=True))
                    found[record_id].append(Version(is_live, values, is_stored=True))
        return found

    def _kept(self, name: str, ids: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
        parts = {
            "kept": sql.Identifier("taskwho", name),
            "stream": sql.Literal(RELATIONS.stream),
        }
        return _SQL.run(self._conn, "kept_versions", {"ids": list(ids)}, **parts).fetchall()

    def _stored(self, ids: Sequence[str]) -> list[tuple[Any, ...]]:
        columns = [
            sql.SQL("{}{}").format(sql.Identifier(field.target), _COMPARED[field.kind])
            for field in self._fields
        ]
        parts = {**self._places.names(), "columns": scripts.lines(columns)}
        return _SQL.run(self._conn, "stored_versions", {"ids": list(ids)}, **parts).fetchall()


def comparable(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of the org's, or one that waits, with times as PostgreSQL writes them."""
    return {name: _read(_KINDS.get(name, "text"), value) for name, value in record.items()}


def time_of(record: Mapping[str, Any]) -> datetime | None:
    """The SystemModstamp of a record, in UTC without a zone; None where it is none."""
    try:
        return _utc(record["SystemModstamp"])
    except (TypeError, ValueError):
        return None


def _read(kind: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if kind == "timestamp":
        try:
            return _as_postgresql(_utc(value))
        except ValueError:
            return value
    if kind == "boolean":
        word = value.lower()
        return word in _TRUE if word in _TRUE | _FALSE else value
    return value


def _utc(written: str) -> datetime:
    found = datetime.fromisoformat(written)
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _as_postgresql(at: datetime) -> str:
    text = at.isoformat(" ")
    return text.rstrip("0") if at.microsecond else text
