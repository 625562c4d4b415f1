"""Makes the users, contacts and leads of an org."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faker import Faker

if TYPE_CHECKING:
    from tests.sandbox.org.org import Org

POOL = 150
LOCALES = ["en_US", "cs_CZ", "ja_JP"]  # names beyond ASCII, as any org has them
TITLES = ("Buyer", "Head of Sales", "Geschäftsführer", None)


class Names:
    """A small pool of names, so that a million people are made as fast as a hundred."""

    def __init__(self, org: Org) -> None:
        fake = Faker(LOCALES)
        fake.seed_instance(org.random.getrandbits(32))
        self.firsts = [fake.first_name() for _ in range(POOL)]
        self.lasts = [fake.last_name() for _ in range(POOL)]
        self.pairs = [(a, b, f"{a} {b}") for a in self.firsts for b in self.lasts]
        calls = [f"Call {last}" for last in self.lasts[:20]]
        self.subjects = [*calls, "Email", "Meeting", None]


def add_users(org: Org, names: Names, count: int, stamps: list[str]) -> list[str]:
    """Add users; the first one is the author of them all."""
    ids = org.numbers["User"].take(count)
    _add(org, "User", ids, names, stamps, author=ids[0])
    return ids


def add_people(org: Org, sobject: str, names: Names, count: int, stamps: list[str]) -> list[str]:
    """Add contacts or leads."""
    ids = org.numbers[sobject].take(count)
    _add(org, sobject, ids, names, stamps, author=org.tables["User"].order[0])
    return ids


def _add(
    org: Org, sobject: str, ids: list[str], names: Names, stamps: list[str], *, author: str
) -> None:
    table, chance = org.tables[sobject], org.random
    shared = {
        "IsDeleted": False,
        "MasterRecordId": None,
        "IsConverted": False,
        "ConvertedContactId": None,
        "Phone": "+1 555 0100",
        "IsActive": True,
        "IsProfilePhotoActive": False,
        "CreatedById": author,
        "LastModifiedById": author,
    }
    rows = []
    for number, record_id in enumerate(ids):
        first, last, name = chance.choice(names.pairs)
        stamp = chance.choice(stamps)
        email = f"{sobject.lower()}{number}@example.com"
        person = {
            **shared,
            "Id": record_id,
            "FirstName": first,
            "LastName": last,
            "Name": name,
            "Email": email,
            "Username": email,
            "Title": TITLES[number % len(TITLES)],
            "CreatedDate": stamp,
            "LastModifiedDate": stamp,
            "SystemModstamp": stamp,
        }
        rows.append(tuple(person[column] for column in table.columns))
    table.put(rows)
