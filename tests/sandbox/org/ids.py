"""Record Ids: 15 characters of base 62, and three more that make them case-insensitive."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SHORT, LONG = 15, 18
PREFIXES = {
    "TaskWhoRelation": "0RT",
    "Task": "00T",
    "Contact": "003",
    "Lead": "00Q",
    "User": "005",
}
# Characters 4 to 6 name the server that made the Id; these are invented. So the Ids are dense in
# some ranges and absent in others, and they do not follow time.
PODS = ("Zz0", "Ay9", "Zz8", "aB3")
PODS_WEIGHTS = (60, 25, 10, 5)
FIRST, STRIDES = 62**3, (1, 1, 3, 911)

_SUFFIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_CASES = str.maketrans(ALPHABET, "".join("01"[letter.isupper()] for letter in ALPHABET))
_OF_CASES = {f"{number:05b}"[::-1]: letter for number, letter in enumerate(_SUFFIXES)}
_THREE = [a + b + c for a in ALPHABET for b in ALPHABET for c in ALPHABET]


def suffix(short: str) -> str:
    """Encode which of the 15 characters are upper case: 5 bits a letter, the lowest first."""
    cases = short.translate(_CASES)
    return _OF_CASES[cases[:5]] + _OF_CASES[cases[5:10]] + _OF_CASES[cases[10:]]


def make(sobject: str, number: int, pod: str = PODS[0]) -> str:
    """Make the 18-character Id of a pod's record with this number."""
    high, low = divmod(number, len(_THREE))
    top, high = divmod(high, len(_THREE))
    short = PREFIXES[sobject] + pod + _THREE[top] + _THREE[high] + _THREE[low]
    return short + suffix(short)


def long(given: str) -> str:
    """Make an Id of 18 characters from one of 15 or 18; ValueError for anything else."""
    short = given[:SHORT]
    if len(given) not in {SHORT, LONG} or not set(given) <= set(ALPHABET):
        raise ValueError(given)
    whole = short + suffix(short)
    if len(given) == LONG and given != whole:
        raise ValueError(given)
    return whole


class Numbers:
    """Makes the Ids of an object, in several pods."""

    def __init__(self, sobject: str, chance: random.Random) -> None:
        self._sobject = sobject
        self._chance = chance
        self._next = [FIRST] * len(PODS)

    def take(self, count: int) -> list[str]:
        """Make the next Ids."""
        made = []
        pods = range(len(PODS))
        for pod in self._chance.choices(pods, PODS_WEIGHTS, k=count):
            made.append(make(self._sobject, self._next[pod], PODS[pod]))
            self._next[pod] += STRIDES[pod]
        return made
