"""Finds differences by counts: ranges that differ are halved until reading them is cheaper."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from taskwho.org.verify.regions import Region, divided, halving

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence
    from datetime import datetime

RANGES = 10
# a page's worth of rows here, so that some more rows in the org still fit into one page
FILL = 0.98


class LocalRows(Protocol):
    """The live relations that are kept here; what a comparison found is corrected in it."""

    def count(self, region: Region) -> int:
        """How many rows are in a region."""
        ...

    def stamp_cuts(self, fractions: Sequence[float]) -> list[datetime]:
        """The distinct seconds at these fractions of the rows, in their order."""
        ...

    def page_ends(self, rows: int) -> list[str]:
        """The Ids that end pages of so many rows."""
        ...


class OrgRows(Protocol):
    """The live relations that the org shows."""

    def count(self, regions: Sequence[Region]) -> list[int | None]:
        """How many rows are in each region; None where counting takes the org too long."""
        ...

    def compare(self, regions: Iterable[Region]) -> None:
        """Read the regions with all fields, and correct the local rows by what differs."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """The pages `first` to `end - 1`, of all time or of a stretch of it, and the org's count."""

    first: int
    end: int
    org: int | None = None
    since: datetime | None = None
    before: datetime | None = None


class ByCounts:
    """Compares the counts of both sides in ranges of Ids and of stamps, then looks for the rows.

    The table is divided into pages once. Counts tell which of them to read, and none is read twice:
    so no more pages are read than by a full comparison.
    """

    def __init__(
        self, org: OrgRows, local: LocalRows, *, page_size: int, chance: random.Random
    ) -> None:
        self._org, self._local, self._chance = org, local, chance
        ends = local.page_ends(max(1, int(page_size * FILL)))
        self._pages = [Region(after_id=after, until_id=end) for after, end in divided(ends)]
        self._unread = list(range(len(self._pages)))
        self._ids: list[_Cell] = []
        self._stamps: list[_Cell] = []
        self._halvings = 0
        # the local counts, until rows are read
        self._here: dict[_Cell, int] = {}
        self.rows = 0
        """The rows that the org counted, where it did."""

    @property
    def is_complete(self) -> bool:
        """Whether every Id was read."""
        return not self._unread

    def read_everything(self) -> None:
        """Compare all rows, page by page."""
        self._read(self._unread)

    def count_everything(self) -> None:
        """Count ranges of Ids, then of stamps; the last one of these is what is left."""
        pages = len(self._pages)
        cuts = sorted({int(pages * part) for part in self._fractions()} - {0})
        self._ids = self._counted([_Cell(*cut) for cut in pairwise([0, *cuts, pages])])
        known = [cell.org for cell in self._ids if cell.org is not None]
        self.rows = sum(known)
        stretches = divided(self._local.stamp_cuts(self._fractions()))
        stamps = [_Cell(0, pages, since=since, before=before) for since, before in stretches]
        is_known = len(known) == len(self._ids)
        first = self._counted(stamps[:-1] if is_known else stamps)
        last = [replace(stamps[-1], org=_rest(self.rows, first))] if is_known else []
        self._stamps = first + last

    def find(self) -> None:
        """Look for rows in the ranges that differ, until none does."""
        while self._search(self._ids) | self._search(self._stamps):
            pass

    def sample(self, percent: float) -> None:
        """Compare so many of the pages, others each time."""
        wanted = math.ceil(len(self._pages) * percent / 100)
        self._read(self._chance.sample(self._unread, min(wanted, len(self._unread))))

    def _fractions(self) -> list[float]:
        """Where to divide: elsewhere each time."""
        shift = self._chance.uniform(0.3, 0.9)
        return [(n + shift) / RANGES for n in range(RANGES - 1)]

    def _counted(self, cells: Sequence[_Cell]) -> list[_Cell]:
        counts = self._org.count([self._region(cell) for cell in cells])
        return [replace(cell, org=count) for cell, count in zip(cells, counts, strict=True)]

    def _region(self, cell: _Cell) -> Region:
        return Region(
            after_id=self._pages[cell.first].after_id,
            until_id=self._pages[cell.end - 1].until_id,
            since=cell.since,
            before=cell.before,
        )

    def _search(self, cells: list[_Cell]) -> bool:
        """Find what differs in an axis; False where nothing does.

        A row with another stamp is too many in one range, and missing in another: the first of them
        is enough to find it.
        """
        differed = False
        while found := self._differing(cells):
            differed = True
            more_here = [(c, here) for c, here in found if c.org is None or c.org < here]
            self._narrow(cells, more_here or found)
        return differed

    def _differing(self, cells: list[_Cell]) -> list[tuple[_Cell, int]]:
        """The cells whose counts differ, with the local count, where a page is left to read."""
        for cell in cells:
            if cell not in self._here and self._unread_in(cell):
                self._here[cell] = self._local.count(self._region(cell))
        counted = ((cell, self._here.get(cell, cell.org)) for cell in cells)
        return [(cell, here) for cell, here in counted if here is not None and cell.org != here]

    def _unread_in(self, cell: _Cell) -> list[int]:
        unread = self._unread
        return unread[bisect_left(unread, cell.first) : bisect_left(unread, cell.end)]

    def _narrow(self, cells: list[_Cell], found: list[tuple[_Cell, int]]) -> None:
        """Halve the cells, or read the pages of those for which that costs no more."""
        to_read: set[int] = set()
        to_halve: list[_Cell] = []
        for cell, here in found:
            pages = self._unread_in(cell)
            differences = 1 if cell.org is None else abs(cell.org - here)
            if len(pages) <= halving(len(pages), differences):
                to_read.update(pages)
            else:
                to_halve.append(cell)
        self._halvings += len(to_halve)
        if self._halvings > len(self._unread):
            # more counts than pages would not be worth it
            self.read_everything()
            return
        self._halve(cells, to_halve)
        self._read(to_read)

    def _halve(self, cells: list[_Cell], halved: list[_Cell]) -> None:
        # the second half is what is left, where the whole was counted
        known = [cell for cell in halved if cell.org is not None]
        halves = [self._halves(cell) for cell in known]
        firsts = self._counted([first for first, _ in halves])
        for cell, first, (_, second) in zip(known, firsts, halves, strict=True):
            cells += [first, replace(second, org=_rest(cell.org, [first]))]
        unknown = [cell for cell in halved if cell.org is None]
        cells += self._counted([half for cell in unknown for half in self._halves(cell)])
        for cell in halved:
            cells.remove(cell)

    def _halves(self, cell: _Cell) -> tuple[_Cell, _Cell]:
        """Both parts of a cell, each with half of what is left to read."""
        pages = self._unread_in(cell)
        middle = pages[len(pages) // 2]
        return replace(cell, end=middle), replace(cell, first=middle)

    def _read(self, pages: Iterable[int]) -> None:
        wanted = sorted(pages)
        read = set(wanted)
        self._unread = [page for page in self._unread if page not in read]
        self._here.clear()
        self._org.compare(self._pages[page] for page in wanted)


def _rest(total: int | None, parts: Iterable[_Cell]) -> int | None:
    """What is left of a total; None where a part is not known."""
    for part in parts:
        total = None if total is None or part.org is None else max(0, total - part.org)
    return total
