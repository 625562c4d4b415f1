"""Fills an org from a seed: people, tasks, and who took part in which."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from faker import Faker

from tests.sandbox import ids
from tests.sandbox.soql import stored

if TYPE_CHECKING:
    from tests.sandbox.org import Org, Record

YEAR = 365 * 24 * 3600
POOL = 200


def fill(org: Org, rows: int, *, orphans: float, leads: float, deleted: float, lost: float) -> None:
    """Make `rows` relations; the shares are those of Sandbox."""
    fake = Faker()
    fake.seed_instance(org.random.random())
    names = [(fake.first_name(), fake.last_name()) for _ in range(POOL)]
    stamps = [org.now - timedelta(seconds=org.random.randrange(3600, YEAR)) for _ in range(POOL)]
    _fill_people(org, rows, names, stamps)
    _fill_tasks(org, max(4, rows // 2), stamps)
    _withhold(org, orphans)
    _fill_relations(org, rows, stamps, leads=leads, deleted=deleted, lost=lost)


def _fill_people(org: Org, rows: int, names: list[tuple[str, str]], stamps: list[datetime]) -> None:
    for sobject, count in (
        ("User", max(4, min(rows // 50, 500))),
        ("Contact", max(5, rows // 4)),
        ("Lead", max(2, rows // 50)),
    ):
        org.tables[sobject].fill(
            _person(org, sobject, *org.random.choice(names), org.random.choice(stamps))
            for _ in range(count)
        )


def _person(org: Org, sobject: str, first: str, last: str, stamp: datetime) -> Record:
    written = stored(stamp)
    record_id = org.new_id(sobject)
    users = org.tables["User"].order
    person: Record = {
        "Id": record_id,
        "IsDeleted": False,
        "FirstName": first,
        "LastName": last,
        "Name": f"{first} {last}",
        "Email": f"{first}.{last}@example.com".lower(),
        "Phone": "+1 555 0100",
        "Title": None,
        "CreatedById": users[0] if users else record_id,
        "LastModifiedById": users[0] if users else record_id,
        "CreatedDate": written,
        "LastModifiedDate": written,
        "SystemModstamp": written,
    }
    if sobject == "User":
        person |= {
            "Username": f"{record_id}@example.com".lower(),
            "IsActive": True,
            "IsProfilePhotoActive": False,
        }
    return person


def _fill_tasks(org: Org, count: int, stamps: list[datetime]) -> None:
    users = org.tables["User"].order
    tasks = []
    for number in range(count):
        stamp = org.random.choice(stamps)
        archived = number % 20 == 0
        tasks.append(
            {
                "Id": org.new_id("Task"),
                "IsDeleted": False,
                "Subject": "Call",
                "ActivityDate": f"{stamp:%Y-%m-%d}",
                "Status": "Completed" if archived else "Open",
                "Priority": "Normal",
                "IsHighPriority": False,
                "IsClosed": archived,
                "IsArchived": archived,
                "TaskSubtype": "Task",
                "OwnerId": users[0],
                "CreatedById": users[0],
                "LastModifiedById": users[0],
                "CreatedDate": stored(stamp),
                "LastModifiedDate": stored(stamp),
                "SystemModstamp": stored(stamp),
            }
        )
    org.tables["Task"].fill(tasks)


def _withhold(org: Org, share: float) -> None:
    if not share:
        return
    tasks, contacts = org.tables["Task"].order, org.tables["Contact"].order
    org.withheld.update(org.random.sample(tasks, max(1, int(len(tasks) * share))))
    org.withheld.update(org.random.sample(contacts, max(1, int(len(contacts) * share / 4))))


def _fill_relations(
    org: Org, rows: int, stamps: list[datetime], *, leads: float, deleted: float, lost: float
) -> None:
    tasks = org.tables["Task"].order
    people = {"Contact": org.tables["Contact"].order, "Lead": org.tables["Lead"].order}
    made = []
    for number in range(rows):
        kind = "Lead" if org.random.random() < leads else "Contact"
        task = ids.make("Task", 10**9 + number) if org.random.random() < lost else None
        record = org.new_relation(
            task or org.random.choice(tasks),
            org.random.choice(people[kind]),
            org.random.choice(stamps),
        )
        record["IsDeleted"] = org.random.random() < deleted
        made.append(record)
    org.tables["TaskWhoRelation"].fill(made)
