"""The records of one object: rows as tuples, in the order of their Ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.sandbox.org.objects import OBJECTS

Row = tuple[Any, ...]
Record = dict[str, Any]


class Table(Mapping[str, Record]):
    """A mapping of Id to record, compact enough for millions of rows.

    `version` counts the changes: what is computed from the rows is valid for one version.
    """

    def __init__(self, sobject: str) -> None:
        self.sobject = sobject
        self.columns = tuple(OBJECTS[sobject])
        self.place = {name: place for place, name in enumerate(self.columns)}
        self.rows: dict[str, Row] = {}
        self.version = 0
        self._order: list[str] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self.rows

    def __getitem__(self, record_id: str) -> Record:
        return dict(zip(self.columns, self.rows[record_id], strict=True))

    @property
    def order(self) -> list[str]:
        """Every Id in ASCII order, which is the order of base 62."""
        if self._order is None:
            self._order = sorted(self.rows)
        return self._order

    def put(self, rows: Iterable[Row]) -> None:
        """Add rows; a row replaces one with the same Id."""
        for row in rows:
            if row[0] not in self.rows:
                self._order = None
            self.rows[row[0]] = row
        self.version += 1

    def change(self, record_id: str, changes: Mapping[str, object]) -> Row:
        """Make the changed row of a record; `put` stores it."""
        row = list(self.rows[record_id])
        for name, value in changes.items():
            row[self.place[name]] = value
        return tuple(row)

    def remove(self, record_ids: Iterable[str]) -> None:
        """Remove rows for good."""
        for record_id in record_ids:
            del self.rows[record_id]
        self._order = None
        self.version += 1

    def stamped(self, low: str, high: str | None) -> list[str]:
        """Find the Ids with `low <= SystemModstamp <= high`, in order."""
        place, top = self.place["SystemModstamp"], high or "9"
        return sorted(i for i, row in self.rows.items() if low <= row[place] <= top)
