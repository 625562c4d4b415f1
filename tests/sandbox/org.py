"""The org's records and everything that can happen to them."""

from __future__ import annotations

import random
import threading
from bisect import bisect_left, insort
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.sandbox import ids
from tests.sandbox.soql import stored

if TYPE_CHECKING:
    from collections.abc import Iterable

Record = dict[str, Any]


class Table:
    """Records of one object, in the order of their Ids, which is ASCII's."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.order: list[str] = []

    def fill(self, records: Iterable[Record]) -> None:
        """Take many records at once."""
        self.records.update((record["Id"], record) for record in records)
        self.order = sorted(self.records)

    def add(self, record: Record) -> None:
        """Take one record."""
        if record["Id"] not in self.records:
            insort(self.order, record["Id"])
        self.records[record["Id"]] = record

    def remove(self, record_id: str) -> Record:
        """Let a record go for good."""
        del self.order[bisect_left(self.order, record_id)]
        return self.records.pop(record_id)


class Org:
    """Tables, a clock, and what people do; `version` counts the changes."""

    def __init__(self, seed: int, clock_offset_seconds: float = 0) -> None:
        self.random = random.Random(seed)  # noqa: S311 - data that can be made again
        self.offset = timedelta(seconds=clock_offset_seconds)
        self.tables = {name: Table() for name in ids.PREFIXES}
        self.withheld: set[str] = set()  # parents that a reader's database does not hold yet
        self.purged: list[tuple[str, str]] = []  # Ids deleted past every query, with the time
        self.lock = threading.RLock()
        self.version = 0
        self.numbers = dict.fromkeys(ids.PREFIXES, 0)

    @property
    def now(self) -> datetime:
        """The org's clock."""
        return datetime.now(UTC) + self.offset

    def advance_clock(self, seconds: float) -> None:
        """Let time pass: what was stamped just now falls into the next run's window."""
        self.offset += timedelta(seconds=seconds)

    def new_id(self, sobject: str) -> str:
        """The next Id; a second pod takes part, so Ids do not follow time."""
        self.numbers[sobject] += 1
        pod = self.random.choice(("Zz0", "Ay9"))
        return ids.make(sobject, self.numbers[sobject] * 7, pod)

    def new_relation(self, task: str, person: str, stamp: datetime) -> Record:
        """A relation's record, not yet visible."""
        users = self.tables["User"].order
        author = self.random.choice(users[: max(1, len(users) // 2)])
        written = stored(stamp)
        return {
            "Id": self.new_id("TaskWhoRelation"),
            "IsDeleted": False,
            "Type": "Lead" if person.startswith(ids.PREFIXES["Lead"]) else "Contact",
            "RelationId": person,
            "TaskId": task,
            "AccountId": None,
            "CreatedById": author,
            "LastModifiedById": author,
            "CreatedDate": written,
            "LastModifiedDate": written,
            "SystemModstamp": written,
        }

    def insert(self, count: int, stamp_age_seconds: float = 0) -> list[str]:
        """New relations between tasks and contacts that readers know; late, if stamped long ago."""
        with self.lock:
            self.version += 1
            tasks = self._known("Task")
            contacts = self._known("Contact")
            stamp = self.now - timedelta(seconds=stamp_age_seconds)
            made = [
                self.new_relation(self.random.choice(tasks), self.random.choice(contacts), stamp)
                for _ in range(count)
            ]
            for record in made:
                self.tables["TaskWhoRelation"].add(record)
            return [record["Id"] for record in made]

    def commit_late(self, count: int, stamp_age_seconds: float) -> list[str]:
        """Relations that become visible now, stamped when their transaction began."""
        return self.insert(count, stamp_age_seconds)

    def table(self, sobject: str) -> dict[str, Record]:
        """An object's records, by Id."""
        return self.tables[sobject].records

    def _known(self, sobject: str) -> list[str]:
        return [i for i in self.tables[sobject].order if i not in self.withheld]

    def pick(self, chosen: int | Iterable[str], *, deleted: bool = False) -> list[str]:
        """Ids given, or so many at random among the live (or the deleted) relations."""
        if not isinstance(chosen, int):
            return list(chosen)
        records = self.tables["TaskWhoRelation"].records
        fitting = [i for i, record in records.items() if record["IsDeleted"] is deleted]
        return self.random.sample(fitting, min(chosen, len(fitting)))

    def update(self, chosen: int | Iterable[str], **changes: object) -> list[str]:
        """Change relations (their person's type text, where nothing else is said), restamped."""
        return self._restamp(self.pick(chosen), changes or {"Type": "Contact"})

    def soft_delete(self, chosen: int | Iterable[str]) -> list[str]:
        """Delete relations as a cascade from their task does: queryAll still shows them."""
        return self._restamp(self.pick(chosen), {"IsDeleted": True})

    def undelete(self, chosen: int | Iterable[str]) -> list[str]:
        """Bring relations back from the recycle bin."""
        return self._restamp(self.pick(chosen, deleted=True), {"IsDeleted": False})

    def hard_delete(self, chosen: int | Iterable[str]) -> list[str]:
        """Remove relations directly: no query shows them again."""
        with self.lock:
            self.version += 1
            gone = self.pick(chosen)
            for record_id in gone:
                self.tables["TaskWhoRelation"].remove(record_id)
                self.purged.append((record_id, stored(self.now)))
            return gone

    def _restamp(self, chosen: list[str], changes: dict[str, object]) -> list[str]:
        with self.lock:
            self.version += 1
            records = self.tables["TaskWhoRelation"].records
            written = stored(self.now)
            for record_id in chosen:
                records[record_id] = {**records[record_id], **changes, "SystemModstamp": written}
            return chosen

    def heal(self, count: int) -> dict[str, list[Record]]:
        """Parents that a reader's database lacked, now to be put there."""
        with self.lock:
            healed = sorted(self.withheld)[:count]
            self.withheld.difference_update(healed)
            return self._parents(lambda record_id: record_id in set(healed))

    def parents(self) -> dict[str, list[Record]]:
        """The users, contacts and tasks that a reader's database holds already."""
        with self.lock:
            return self._parents(lambda record_id: record_id not in self.withheld)

    def _parents(self, wanted: Any) -> dict[str, list[Record]]:  # noqa: ANN401 - a plain predicate
        return {
            name: [r for i, r in self.tables[sobject].records.items() if wanted(i)]
            for name, sobject in (("users", "User"), ("contacts", "Contact"), ("tasks", "Task"))
        }

    def truth(self) -> list[Record]:
        """Every relation as queryAll shows it now."""
        with self.lock:
            return list(self.tables["TaskWhoRelation"].records.values())
