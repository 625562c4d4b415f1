"""Finds the Ids at which a table divides into equal parts, with few counts.

Ids lie in clusters: one for each server that gave Ids out, with wide gaps between. So the rows up
to an Id are counted at a few places, each where a straight line between two known places leads to.
Where that place lies in a gap, the edge of the next cluster is asked for.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

# A part may be so much larger than the others at each of its ends. More calls would pay less.
TOLERANCE = 0.04
# A straight line finds a place in a cluster in two or three counts.
MOST_COUNTS = 24
# Between clusters of very different sizes a straight line misleads: now and then a half does not.
HALVES_ONE_OF = 3


class Ids(Protocol):
    """The Ids of a table, as numbers in their order."""

    def count(self, after: int, until: int) -> int:
        """Count the rows with `after < Id <= until`."""

    def page(self, after: int, until: int) -> Sequence[int]:
        """Read the first Ids with `after < Id <= until`: a page of them."""

    def last(self, after: int, until: int) -> int | None:
        """Find the last Id with `after < Id <= until`."""

    @property
    def page_size(self) -> int:
        """How many Ids a page has."""


class Place(NamedTuple):
    """A place among the Ids, and the rows up to it."""

    rows: int
    number: int


@dataclass(slots=True)
class _Search:
    ids: Ids
    places: list[Place] = field(default_factory=list)

    def find(self, target: int, tolerance: float) -> Place:
        """Give the place that has about so many rows up to it."""
        for attempt in range(MOST_COUNTS):
            low, high = self._around(target)
            nearest = min(low, high, key=lambda place: abs(place.rows - target))
            if abs(nearest.rows - target) <= tolerance or high.number - low.number <= 1:
                break
            if high.rows - low.rows <= self.ids.page_size:
                self._read(low, high)
            else:
                self._count(
                    low, high, _between(low, high, target, halve=attempt % HALVES_ONE_OF == 1)
                )
        return nearest

    def _around(self, target: int) -> tuple[Place, Place]:
        """Give the last known place before a target, and the first one after it."""
        at = bisect_left(self.places, Place(target, -1))
        at = min(max(at, 1), len(self.places) - 1)
        return self.places[at - 1], self.places[at]

    def _read(self, low: Place, high: Place) -> None:
        found = self.ids.page(low.number, high.number)
        for rows, number in enumerate(found, low.rows + 1):
            self._learn(rows, number)

    def _count(self, low: Place, high: Place, middle: int) -> None:
        rows = min(low.rows + self.ids.count(low.number, middle), high.rows)
        self._learn(rows, middle)
        if rows == low.rows:
            following = self.ids.page(middle, high.number)[:1]
            self._learn(rows, following[0] - 1 if following else high.number - 1)
        elif rows == high.rows:
            last = self.ids.last(low.number, middle)
            self._learn(rows, middle if last is None else last)

    def _learn(self, rows: int, number: int) -> None:
        place = Place(rows, number)
        if place not in self.places:
            insort(self.places, place)


def _between(low: Place, high: Place, target: int, *, halve: bool) -> int:
    ids = high.number - low.number
    share = ids // 2 if halve else ids * (target - low.rows) // (high.rows - low.rows)
    return low.number + min(max(share, 1), ids - 1)


def split(ids: Ids, parts: int, *, first: int, last: int, total: int) -> list[Place]:
    """Give the last Ids of all parts but the last one, ascending, and the rows up to each.

    `first` and `last` are the first and the last Id, `total` the rows that there are.
    """
    search = _Search(ids, [Place(0, first - 1), Place(total, last)])
    tolerance = TOLERANCE * total / parts
    ends: list[Place] = []
    for part in range(1, parts):
        found = search.find(total * part // parts, tolerance)
        # no part is without an Id, also where there are fewer rows than parts
        least = ends[-1].number + 1 if ends else first
        ends.append(found._replace(number=max(found.number, least)))
    return ends
