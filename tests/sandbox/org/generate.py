"""Fills an org from a seed: people, tasks, and relations between them."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.sandbox.org.people import Names, add_people, add_users
from tests.sandbox.org.timestamps import stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.org.org import Org
    from tests.sandbox.org.table import Row

YEAR, HOUR = 365 * 24 * 3600, 3600
MOST_SECONDS = 200_000  # different stamps
SIZES, SIZE_WEIGHTS = (1, 2, 3, 5, 8, 50), (50, 25, 15, 7, 2.9, 0.1)  # contacts of a task
FEWEST_CONTACTS, MOST_CONTACTS, MOST_USERS = 60, 200_000, 500
SMALL = 20  # from so many relations on, there is one of each kind
UNCHANGED, CLOSED = 0.8, 0.5
PRIORITIES = ("Normal", "Normal", "Low", "High")


@dataclass(frozen=True)
class Shares:
    """The share of each kind of relation; a share over 0 makes at least one."""

    orphans: float = 0.02
    missing_persons: float = 0.005
    missing_users: float = 0.002
    lost: float = 0.001
    leads: float = 0.03
    deleted: float = 0.02
    archived: float = 0.05
    equal_stamps: float = 0.5


@dataclass
class People:
    """The people who take part; the reader's database lacks the missing ones."""

    users: list[str]
    contacts: list[str]
    leads: list[str]
    missing_users: list[str]
    missing_contacts: list[str]


class Filling:
    """Fills one org with tasks and relations."""

    def __init__(self, org: Org, rows: int, shares: Shares) -> None:
        self.org, self.rows, self.shares = org, rows, shares
        self.chance = org.random
        self.stamps = _stamps(org, rows, shares.equal_stamps)
        self.names = Names(org)
        self.people = self._people()

    def _count(self, share: float) -> int:
        least = 1 if share and self.rows >= SMALL else 0
        return min(self.rows, max(least, round(self.rows * share)))

    def _people(self) -> People:
        org, names, stamps, shares = self.org, self.names, self.stamps, self.shares
        contacts = min(MOST_CONTACTS, max(FEWEST_CONTACTS, self.rows // 4))
        missing = self._count(shares.missing_persons) // 2 + bool(shares.missing_persons)
        return People(
            users=add_users(org, names, max(4, min(self.rows // 50, MOST_USERS)), stamps),
            contacts=add_people(org, "Contact", names, contacts, stamps),
            leads=add_people(org, "Lead", names, max(2, self._count(shares.leads)), stamps),
            missing_users=add_users(org, names, 1, stamps) if shares.missing_users else [],
            missing_contacts=add_people(org, "Contact", names, missing, stamps),
        )

    def fill(self) -> None:
        """Make tasks of each kind in a random order, with their people."""
        gc.disable()  # millions of tuples and no garbage: collection would double the time
        try:
            self._fill()
        finally:
            gc.enable()

    def _fill(self) -> None:
        plan = self._plan()
        self.chance.shuffle(plan)
        ids = self.org.numbers["Task"].take(len(plan))
        self.org.tables["Task"].put(self._tasks(plan, ids))
        unknown = [i for (kind, _), i in zip(plan, ids, strict=True) if kind == "orphan"]
        unknown += self.people.missing_users + self.people.missing_contacts
        self.chance.shuffle(unknown)
        self.org.withhold(unknown)
        self.org.tables["TaskWhoRelation"].put(self._relations(plan, ids))

    def _plan(self) -> list[tuple[str, int]]:
        """The tasks by kind, each with the number of its people; `rows` people in all."""
        shares, left = self.shares, self.rows
        plan: list[tuple[str, int]] = []
        for kind, share, single in (
            ("lead", shares.leads, True),
            ("lost", shares.lost, True),
            ("orphan", shares.orphans, False),
            ("deleted", shares.deleted, False),
            ("archived", shares.archived, False),
            ("live", 1.0, False),
        ):
            wanted = left if kind == "live" else min(self._count(share), left)
            left -= wanted
            plan += [(kind, size) for size in self._sizes(wanted, single=single)]
        return plan or [("live", 0)]

    def _sizes(self, total: int, *, single: bool) -> Iterator[int]:
        while total > 0:
            size = 1 if single else min(total, self.chance.choices(SIZES, SIZE_WEIGHTS)[0])
            yield size
            total -= size

    def _tasks(self, plan: list[tuple[str, int]], ids: list[str]) -> Iterator[Row]:
        columns = self.org.tables["Task"].columns
        for (kind, _), record_id in zip(plan, ids, strict=True):
            if kind != "lost":
                task = self._task(kind, record_id)
                yield tuple(task[column] for column in columns)

    def _task(self, kind: str, record_id: str) -> dict[str, object]:
        author = self.chance.choice(self.people.users)
        created, changed = self._two_stamps()
        closed = kind == "archived" or self.chance.random() < CLOSED
        priority = self.chance.choice(PRIORITIES)
        old = self.org.now - timedelta(days=400)
        return {
            "Id": record_id,
            "IsDeleted": kind == "deleted",
            "Subject": self.chance.choice(self.names.subjects),
            "ActivityDate": f"{old:%Y-%m-%d}" if kind == "archived" else created[:10],
            "Status": "Completed" if closed else "Not Started",
            "Priority": priority,
            "IsHighPriority": priority == "High",
            "IsClosed": closed,
            "IsArchived": kind == "archived",
            "TaskSubtype": "Task",
            "OwnerId": author,
            "CreatedById": author,
            "LastModifiedById": author,
            "CreatedDate": created,
            "LastModifiedDate": changed,
            "SystemModstamp": changed,
        }

    def _two_stamps(self, *, restamped: bool = False) -> tuple[str, str]:
        first = int(self.chance.random() * len(self.stamps))
        if not restamped and self.chance.random() < UNCHANGED:
            return self.stamps[first], self.stamps[first]
        second = first + int(self.chance.random() * (len(self.stamps) - first))
        return self.stamps[first], self.stamps[second]

    def _relations(self, plan: list[tuple[str, int]], tasks: list[str]) -> Iterator[Row]:
        ids = iter(self.org.numbers["TaskWhoRelation"].take(self.rows))
        people, users = self.people, self.people.users
        contacts = self._scattered(people.missing_contacts, self.shares.missing_persons)
        authors = self._scattered(people.missing_users, self.shares.missing_users)
        row = 0
        for (kind, size), task in zip(plan, tasks, strict=True):
            lead = kind == "lead"
            several = people.leads if lead else people.contacts
            start = int(self.chance.random() * (len(several) - size + 1))
            for person in several[start : start + size]:
                author = authors.get(row) or users[int(self.chance.random() * len(users))]
                created, changed = self._two_stamps(restamped=kind == "archived")
                yield (
                    next(ids),
                    kind == "deleted",
                    "Lead" if lead else "Contact",
                    person if lead else contacts.get(row) or person,
                    task,
                    None,
                    author,
                    author,
                    created,
                    created if kind == "archived" else changed,
                    changed,
                )
                row += 1

    def _scattered(self, ids: list[str], share: float) -> dict[int, str]:
        """The numbers of the relations that have one of these missing parents."""
        chosen = self.chance.sample(range(self.rows), self._count(share)) if ids else []
        return {row: ids[number % len(ids)] for number, row in enumerate(chosen)}


def _stamps(org: Org, rows: int, equal: float) -> list[str]:
    """Stamps of the last year, in order; so few that a share of the rows has equal ones."""
    seconds = max(1, min(MOST_SECONDS, round(rows * (1 - equal))))
    ages = sorted(org.random.choices(range(HOUR, YEAR), k=seconds), reverse=True)
    now = org.now
    return [stored(now - timedelta(seconds=age)) for age in ages]
