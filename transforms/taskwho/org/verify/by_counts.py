"""Finds differences by counts: ranges that differ are halved until reading them is cheaper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from taskwho.org.verify.regions import Cost, Region, divided_by_ids, divided_by_stamps

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence
    from datetime import datetime

RANGES = 10
# a page's worth of rows here, so that some more rows in the org still fit into one page
FILL = 0.98
# Rows that ranges of stamps read are read again where all Ids are read: more than this part of what
# is left is not worth it.
_READ_TWICE = 0.125

Axis = Literal["id", "stamp"]


class LocalRows(Protocol):
    """The live relations that are kept here; what a comparison found is corrected in it."""

    def count(self, region: Region) -> int:
        """How many rows are in a region."""
        ...

    def id_cuts(self, fractions: Sequence[float], within: Region) -> list[str]:
        """The distinct Ids at these fractions of a region's rows, in their order."""
        ...

    def stamp_cuts(self, fractions: Sequence[float], within: Region) -> list[datetime]:
        """The distinct seconds at these fractions of a region's rows, in their order."""
        ...

    def page_ends(self, rows: int, first: int) -> list[str]:
        """The Ids that end pages of so many rows, where the first page has `first`."""
        ...


class OrgRows(Protocol):
    """The live relations that the org shows."""

    def count(self, regions: Sequence[Region]) -> list[int | None]:
        """How many rows are in each region; None where counting takes the org too long."""
        ...

    def compare(self, regions: Iterable[Region]) -> None:
        """Read the regions with all fields, and correct the local rows by what differs."""
        ...

    def compare_empty(self, regions: Iterable[Region]) -> None:
        """The same for regions in which the org has no row: nothing is read."""
        ...


@dataclass(slots=True, eq=False)
class _Cell:
    """A region of an axis, and the org's count."""

    region: Region
    org: int | None
    is_read: bool = False


class ByCounts:
    """Compares the counts of both sides in ranges of Ids and of stamps, then looks for the rows."""

    def __init__(
        self, org: OrgRows, local: LocalRows, *, page_size: int, chance: random.Random
    ) -> None:
        self._org, self._local, self._chance = org, local, chance
        self._cost = Cost(page_size)
        self._step = max(1, int(page_size * FILL))
        self._ids: list[_Cell] = []
        self._stamps: list[_Cell] = []
        self._read_by_stamps = 0
        self.rows = 0
        """The rows that the org counted, where it did."""

    @property
    def is_complete(self) -> bool:
        """Whether every Id was read."""
        return all(cell.is_read for cell in self._ids)

    def read_everything(self) -> None:
        """Compare all rows, page by page."""
        self._ids = [_Cell(region, None, is_read=True) for region in self._pages(self._step)]
        self._org.compare(cell.region for cell in self._ids)

    def count_everything(self) -> None:
        """Count ranges of Ids, then of stamps; the last one of these is what is left."""
        self._ids = self._counted(self._ranges("id"), total=None)
        counts = [cell.org for cell in self._ids]
        known = [count for count in counts if count is not None]
        self.rows = sum(known)
        total = self.rows if len(known) == len(counts) else None
        self._stamps = self._counted(self._ranges("stamp"), total=total)

    def find(self) -> None:
        """Look for rows in the ranges that differ, until none does."""
        while self._settle(self._ids, "id") | self._settle(self._stamps, "stamp"):
            pass

    def sample(self, percent: float) -> None:
        """Compare so many of the pages, others each time."""
        pages = self._pages(self._chance.randint(1, self._step))
        wanted = math.ceil(len(pages) * percent / 100)
        self._org.compare(self._chance.sample(pages, min(wanted, len(pages))))

    def _pages(self, first: int) -> list[Region]:
        """A page's worth of rows each, where the first one has `first`."""
        ends = self._local.page_ends(self._step, first)
        return divided_by_ids(Region(), ends)

    def _ranges(self, axis: Axis) -> list[Region]:
        shift = self._chance.uniform(0.3, 0.9)
        return self._divided(Region(), axis, [(n + shift) / RANGES for n in range(RANGES - 1)])

    def _divided(self, region: Region, axis: Axis, fractions: Sequence[float]) -> list[Region]:
        """The parts of a region that cuts at local quantiles make; at least one."""
        if axis == "id":
            return divided_by_ids(region, self._local.id_cuts(fractions, region))
        return divided_by_stamps(region, self._local.stamp_cuts(fractions, region))

    def _counted(self, regions: list[Region], total: int | None) -> list[_Cell]:
        """Cells with counts; with a total of all, the last one's is the rest."""
        asked = regions if total is None else regions[:-1]
        counts = self._org.count(asked)
        if total is not None:
            known = [count for count in counts if count is not None]
            rest = max(0, total - sum(known)) if len(known) == len(counts) else None
            counts = [*counts, rest]
        return [_Cell(region, count) for region, count in zip(regions, counts, strict=True)]

    def _settle(self, cells: list[_Cell], axis: Axis) -> bool:
        """Find what differs in an axis; False where nothing does."""
        differed = False
        while found := self._differing(cells):
            differed = True
            to_read: list[_Cell] = []
            to_halve: list[tuple[_Cell, list[Region]]] = []
            for cell, here in found:
                halves = self._halves(cell, here, axis)
                if len(halves) > 1:
                    to_halve.append((cell, halves))
                else:
                    to_read.append(cell)
            self._halve(cells, to_halve)
            self._read(to_read, axis)
        return differed

    def _differing(self, cells: list[_Cell]) -> list[tuple[_Cell, int]]:
        """The cells whose counts differ, with the local count."""
        unread = [cell for cell in cells if not cell.is_read]
        counted = [(cell, self._local.count(cell.region)) for cell in unread]
        return [(cell, here) for cell, here in counted if cell.org != here]

    def _halves(self, cell: _Cell, here: int, axis: Axis) -> list[Region]:
        """The two halves of a cell; itself where reading it costs no more, or nothing divides it.

        A second that many rows share is divided by Ids.
        """
        rows = here if cell.org is None else cell.org
        differences = 1 if cell.org is None else abs(cell.org - here)
        if self._cost.reading(rows) <= self._cost.halving(rows, differences):
            return [cell.region]
        halves = self._divided(cell.region, axis, [0.5])
        if len(halves) == 1 and axis == "stamp":
            return self._divided(cell.region, "id", [0.5])
        return halves

    def _halve(self, cells: list[_Cell], halved: list[tuple[_Cell, list[Region]]]) -> None:
        # the second half is what is left, where the whole was counted
        asked = [
            half for cell, halves in halved for half in (halves if cell.org is None else halves[:1])
        ]
        counts = dict(zip(asked, self._org.count(asked), strict=True))
        for cell, (first, second) in halved:
            count = counts[first]
            rest = counts.get(second)
            if cell.org is not None and count is not None:
                rest = max(0, cell.org - count)
            cells.remove(cell)
            cells += [_Cell(first, count), _Cell(second, rest)]

    def _read(self, cells: list[_Cell], axis: Axis) -> None:
        if axis == "stamp":
            planned = sum(self._cost.reading(cell.org or 0) for cell in cells)
            unread = sum(
                self._cost.reading(cell.org or 0) for cell in self._ids if not cell.is_read
            )
            self._read_by_stamps += planned
            if self._read_by_stamps > max(RANGES, unread * _READ_TWICE):
                return self._read_the_rest()
        for cell in cells:
            cell.is_read = True
        self._org.compare_empty(cell.region for cell in cells if cell.org == 0)
        self._org.compare(cell.region for cell in cells if cell.org != 0)
        return None

    def _read_the_rest(self) -> None:
        """Read all Ids that were not read: that costs no more than what the stamps ask for."""
        rest = [cell for cell in self._ids if not cell.is_read]
        for cell in (*rest, *self._stamps):
            cell.is_read = True
        self._org.compare(cell.region for cell in rest)
