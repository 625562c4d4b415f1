"""Record Ids: base 62, case-sensitive, with the three characters that make them safe elsewhere."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SUFFIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
SHORT, LONG = 15, 18
PREFIXES = {
    "TaskWhoRelation": "0RT",
    "Task": "00T",
    "Contact": "003",
    "Lead": "00Q",
    "User": "005",
}


def suffix(short: str) -> str:
    """The 3 characters that say which of the 15 are upper case, 5 bits each."""
    return "".join(
        SUFFIXES[sum(1 << bit for bit, letter in enumerate(short[at : at + 5]) if letter.isupper())]
        for at in (0, 5, 10)
    )


def make(sobject: str, number: int, pod: str = "Zz0") -> str:
    """An 18-character Id of a made-up pod, from a number."""
    digits = ""
    while number:
        number, digit = divmod(number, 62)
        digits = ALPHABET[digit] + digits
    short = PREFIXES[sobject] + pod + digits.rjust(SHORT - 6, "0")
    return short + suffix(short)


def long(given: str) -> str:
    """The 18-character form of an Id of 15 or 18 characters; ValueError for anything else."""
    if len(given) not in {SHORT, LONG} or not set(given) <= set(ALPHABET):
        raise ValueError(given)
    return given[:SHORT] + suffix(given[:SHORT])
