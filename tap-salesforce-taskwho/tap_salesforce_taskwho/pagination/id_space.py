"""Record Ids as numbers, so that the space between two of them can be divided.

An Id's first 15 characters are digits of base 62 in ASCII order, which is the server's order too
(the chunk boundaries documented for PK chunking come out so).
"""

from __future__ import annotations

from tap_salesforce_taskwho.salesforce.ids import long_id

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
LENGTH = 15
# Characters 4 to 6 name the server that gave an Id out, which then counts up: Ids lie close
# together within such a neighbourhood, and nowhere between two (salesforcesteps.blogspot.com). If
# it were not so, dividing would take some calls more, and never leave rows out.
NEIGHBOURHOOD = 6
# developer.salesforce.com/blogs: the prefixes of standard objects; that of TaskWhoRelation is seen
# in orgs, not documented. A wrong one makes a search longer, and never leaves rows out.
PREFIXES = {"TaskWhoRelation": "0RT", "User": "005", "Contact": "003", "Task": "00T"}
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def number_of(record_id: str) -> int:
    """Give an Id's place among all Ids; its last three characters say nothing of it."""
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


def neighbourhood(record_id: str) -> tuple[str, str]:
    """Give the Id before a neighbourhood's first and its last, for `after < Id <= until`."""
    shared = record_id[:NEIGHBOURHOOD]
    first = number_of(shared.ljust(LENGTH, DIGITS[0]))
    return id_at(first - 1), id_at(number_of(shared.ljust(LENGTH, DIGITS[-1])))


def between(sobject: str, after_id: str | None, until_id: str | None) -> str | None:
    """Give the Id in the middle of two, None where they are neighbours.

    Without one of them, the first or the last Id that the object can have stands for it.
    """
    prefix = PREFIXES.get(sobject, "")
    low = number_of(after_id or prefix.ljust(LENGTH, DIGITS[0]))
    high = number_of(until_id or prefix.ljust(LENGTH, DIGITS[-1]))
    return id_at((low + high) // 2) if high - low > 1 else None
