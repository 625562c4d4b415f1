"""Ranges of Ids, each read page by page; how full they are says where to divide them."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.pagination.id_space import id_at, neighbourhood, number_of

if TYPE_CHECKING:
    from tap_salesforce_taskwho.pagination.page_size import PageSize
    from tap_salesforce_taskwho.pagination.pages import Fetched

# How far a range's rows stray from the estimate: rows fall into a range by chance, so it is the
# square root of their number that counts, for the range itself and for the rows counted so far.
STRAY = 1.0


@dataclass(slots=True)
class Density:
    """Rows seen in a neighbourhood of Ids, and in how many Ids they were, gaps included."""

    rows: int = 0
    span: int = 0

    def see(self, rows: int, span: int) -> None:
        """Count what so many Ids held."""
        self.rows += rows
        self.span += span

    def rows_in(self, span: int) -> int:
        """Guess how many rows so many Ids hold."""
        return self.rows * span // self.span

    def span_for(self, rows: int) -> int:
        """Guess how many Ids hold at most so many rows, leaving room for chance."""
        if self.rows >= self.span:
            return rows  # every Id is taken: no more rows than Ids
        room = STRAY * (math.sqrt(rows) + rows / math.sqrt(self.rows))
        return max(1, int((rows - min(room, rows / 2)) * self.span / self.rows))


@dataclass(slots=True, eq=False)
class Range:
    """The Ids above `after_id` up to `until_id`; without one, from the first or to the last."""

    after_id: str | None
    until_id: str | None
    size: PageSize
    density: Density | None = None
    expected: int | None = None
    rows: int = 0
    busy: bool = False
    ended: bool = False
    is_at_gap: bool = False
    pages: deque[Fetched] = field(default_factory=deque)

    @property
    def untouched(self) -> bool:
        """Whether nothing has been asked of it."""
        return not (self.busy or self.ended or self.rows)

    def rows_left(self) -> int | None:
        """Guess how many rows it has left, None where only its next page can tell."""
        span = self.span()
        if self.density is None or span is None or self.is_at_gap:
            return None
        return self.density.rows_in(span)

    def span(self) -> int | None:
        """How many Ids it has left, None where nobody can tell.

        As long as the last Id is not known, there may be rows up to the neighbourhood's end.
        """
        if self.after_id is None or (self.until_id is None and self.density is None):
            return None
        until_id = self.until_id or neighbourhood(self.after_id)[1]
        return number_of(until_id) - number_of(self.after_id)

    def take(self, fetched: Fetched) -> None:
        """Put a page behind that has been fetched."""
        if fetched.first_id is not None and fetched.last_id is not None:
            self._learn(len(fetched.records), fetched.first_id, fetched.last_id)
            self.after_id = fetched.last_id
            self.is_at_gap = False
        self.rows += len(fetched.records)
        left = self.span()
        # a page that was on its way when the range was cut at its last Id may even be beyond
        self.ended = fetched.ends or (left is not None and left <= 0)
        if self.ended and self.expected is not None and self.density is not None:
            self.density.see(0, max(0, left or 0))
        self.pages.append(fetched)

    def _learn(self, rows: int, first_id: str, last_id: str) -> None:
        """Count a page's Ids, with the gap before it; there is none before the first page."""
        if self.after_id is None or neighbourhood(self.after_id) != neighbourhood(first_id):
            self.density = None
        known = self.density is not None
        low = number_of(self.after_id) if known and self.after_id else number_of(first_id) - 1
        span = number_of(last_id) - low
        if span > 1:
            self.density = self.density or Density()
            self.density.see(rows, span)

    def cut(self, span: int) -> Range | None:
        """Keep so many Ids and give the rest as a range of its own, None where there is none."""
        whole = self.span()
        if self.after_id is None or whole is None or not 0 < span < whole:
            return None
        return self.cut_at(id_at(number_of(self.after_id) + span))

    def cut_at(self, middle: str) -> Range:
        """Keep the Ids up to one, and give the rest as a range of its own."""
        rest = Range(middle, self.until_id, self.size, self.density)
        self.until_id = middle
        return rest

    def is_emptier_than_expected(self) -> bool:
        """Whether it ended with under half of its rows: a gap in the Ids began in it."""
        return self.ended and self.expected is not None and self.rows < self.expected // 2
