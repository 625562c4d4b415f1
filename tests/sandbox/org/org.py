"""The org's records, its clock, and which parents the reader's database holds."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.sandbox.org.ids import PREFIXES, Numbers
from tests.sandbox.org.table import Record, Table
from tests.sandbox.org.timestamps import stored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Chosen = int | str | Iterable[str]  # a number of records, one Id, or Ids
STREAMS = {"users": "User", "contacts": "Contact", "tasks": "Task"}


class Org:
    """Tables and a clock, with one lock for both."""

    def __init__(self, seed: int, clock_offset_seconds: float = 0) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same seed makes the same data
        self.offset = timedelta(seconds=clock_offset_seconds)
        self.lock = threading.RLock()
        self.tables = {name: Table(name) for name in PREFIXES}
        self.numbers = {name: Numbers(name, self.random) for name in PREFIXES}
        self.withheld: dict[str, None] = {}  # parents that the reader's database lacks
        self.purged: list[tuple[str, str]] = []  # Ids that no query shows any more, with the time

    @property
    def now(self) -> datetime:
        """The org's clock."""
        return datetime.now(UTC) + self.offset

    def advance_clock(self, seconds: float) -> None:
        """Let time pass in the org: what is stamped now falls into the next window."""
        self.offset += timedelta(seconds=seconds)

    def stamp(self, age_seconds: float = 0) -> str:
        """The org's time, or an earlier one, as the API shows it."""
        return stored(self.now - timedelta(seconds=age_seconds))

    def table(self, sobject: str) -> Mapping[str, Record]:
        """An object's records, by Id."""
        return self.tables[sobject]

    def truth(self) -> list[Record]:
        """Every relation as queryAll shows it now."""
        with self.lock:
            return list(self.tables["TaskWhoRelation"].values())

    def relation_ids(self, *, deleted: bool = True) -> list[str]:
        """The Ids of the relations, in order; of the live ones without `deleted`."""
        return sorted(row["Id"] for row in self.truth() if deleted or not row["IsDeleted"])

    def parents(self) -> dict[str, list[Record]]:
        """The users, contacts and tasks that the reader's database holds."""
        with self.lock:
            return self._parents(lambda record_id: record_id not in self.withheld)

    def heal(self, count: int) -> dict[str, list[Record]]:
        """Some of the missing parents, to be added to the reader's database now."""
        with self.lock:
            healed = set(list(self.withheld)[:count])
            for record_id in healed:
                del self.withheld[record_id]
            return self._parents(lambda record_id: record_id in healed)

    def withhold(self, record_ids: Iterable[str]) -> None:
        """Make parents missing from the reader's database."""
        with self.lock:
            self.withheld.update(dict.fromkeys(record_ids))

    def _parents(self, wanted: Callable[[str], bool]) -> dict[str, list[Record]]:
        return {
            stream: [self.tables[sobject][i] for i in self.tables[sobject].order if wanted(i)]
            for stream, sobject in STREAMS.items()
        }

    def known(self, sobject: str) -> list[str]:
        """The Ids, in order, of records that the reader's database holds and that are live."""
        table = self.tables[sobject]
        gone = table.place.get("IsDeleted")
        return [
            i
            for i in table.order
            if i not in self.withheld and not (gone is not None and table.rows[i][gone])
        ]

    def pick(
        self, chosen: Chosen, sobject: str = "TaskWhoRelation", *, deleted: bool = False
    ) -> list[str]:
        """The Ids given, or so many random ones of the live (or the deleted) records."""
        if isinstance(chosen, str):
            return [chosen]
        if not isinstance(chosen, int):
            return list(chosen)
        table = self.tables[sobject]
        place = table.place["IsDeleted"]
        fitting = [i for i in table.order if bool(table.rows[i][place]) is deleted]
        return self.random.sample(fitting, min(chosen, len(fitting)))
