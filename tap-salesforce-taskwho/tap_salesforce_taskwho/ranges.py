"""Ranges of Ids, each read page by page; how full they are says where to divide them."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.id_space import id_at, number_of

if TYPE_CHECKING:
    from tap_salesforce_taskwho.page_size import PageSize
    from tap_salesforce_taskwho.pages import Fetched

# A neighbourhood is another one where it is so many times denser or emptier.
ANOTHER_NEIGHBOURHOOD = 2.0
# How far a range's rows stray from the estimate: rows fall into a range by chance, so it is the
# square root of their number that counts, for the range itself and for the rows counted so far.
STRAY = 1.0


@dataclass(slots=True)
class Density:
    """Rows seen in a neighbourhood of Ids, and how many Ids that neighbourhood has."""

    rows: int = 0
    span: int = 0

    def see(self, rows: int, span: int) -> None:
        """Count a page; one from a denser or emptier place starts over."""
        if self.rows and not 1 / ANOTHER_NEIGHBOURHOOD < rows * self.span / (self.rows * span) < (
            ANOTHER_NEIGHBOURHOOD
        ):
            self.rows = self.span = 0
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
    pages: deque[Fetched] = field(default_factory=deque)

    @property
    def untouched(self) -> bool:
        """Whether nothing has been asked of it."""
        return not (self.busy or self.ended or self.rows)

    def rows_left(self) -> int | None:
        """Guess how many rows it has left, None where nothing is known of its neighbourhood."""
        span = self.span()
        return None if self.density is None or span is None else self.density.rows_in(span)

    def span(self) -> int | None:
        """How many Ids it has left, None without a bound."""
        if self.after_id is None or self.until_id is None:
            return None
        return number_of(self.until_id) - number_of(self.after_id)

    def take(self, fetched: Fetched) -> None:
        """Put a page behind that has been fetched."""
        if fetched.first_id is not None and fetched.last_id is not None:
            span = number_of(fetched.last_id) - number_of(fetched.first_id)
            if span:
                self.density = self.density or Density()
                self.density.see(len(fetched.records), span + 1)
            self.after_id = fetched.last_id
        self.rows += len(fetched.records)
        self.ended = fetched.ends or (self.until_id is not None and self.after_id == self.until_id)
        self.pages.append(fetched)

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
