"""Record Ids as numbers, so that the range between two of them can be divided.

The first 15 characters of an Id are digits of base 62 in ASCII order, which is the server's order
too (the chunk boundaries documented for PK chunking follow it).
"""

from __future__ import annotations

from tap_salesforce_taskwho.salesforce.ids import long_id

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
LENGTH = 15
# Characters 4 to 6 name the pod, the server that gave an Id out. It counts up, so Ids lie close
# together within a pod, and there are none between two pods (salesforcesteps.blogspot.com). If it
# were not so, dividing would cost some calls more, and would never leave rows out.
POD_LENGTH = 6
# The prefixes of standard objects (developer.salesforce.com/blogs). That of TaskWhoRelation is seen
# in orgs, not documented. A wrong one makes a search longer, and never leaves rows out.
PREFIXES = {"TaskWhoRelation": "0RT", "User": "005", "Contact": "003", "Task": "00T"}
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def number_of(record_id: str) -> int:
    """Give an Id's place among all Ids; its last three characters do not count."""
    number = 0
    for digit in record_id[:LENGTH]:
        number = number * BASE + _VALUES[digit]
    return number


def id_at(number: int) -> str:
    """Give the Id at a place, in 18 characters."""
    digits = []
    for _ in range(LENGTH):
        number, value = divmod(number, BASE)
        digits.append(DIGITS[value])
    return long_id("".join(reversed(digits)))


def id_before(record_id: str) -> str | None:
    """Give the Id before an Id, None before the first one of all."""
    number = number_of(record_id)
    return id_at(number - 1) if number else None


def pod_of(record_id: str) -> tuple[str, str]:
    """Give the Ids of a pod as `after_id` and `until_id`: `after_id < Id <= until_id`."""
    shared = record_id[:POD_LENGTH]
    first = number_of(shared.ljust(LENGTH, DIGITS[0]))
    return id_at(first - 1), id_at(number_of(shared.ljust(LENGTH, DIGITS[-1])))


def between(sobject: str, after_id: str | None, until_id: str | None) -> str | None:
    """Give the Id in the middle of two, None where none lies between them.

    Where one is None, the first or the last Id that the object can have takes its place.
    """
    prefix = PREFIXES.get(sobject, "")
    low = number_of(after_id or prefix.ljust(LENGTH, DIGITS[0]))
    high = number_of(until_id or prefix.ljust(LENGTH, DIGITS[-1]))
    return id_at((low + high) // 2) if high - low > 1 else None
