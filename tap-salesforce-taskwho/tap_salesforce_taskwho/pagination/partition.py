"""One partition: a range of Ids that is read page by page. Its density says where to cut it."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.pagination.id_space import id_at, number_of, pod_of

if TYPE_CHECKING:
    from tap_salesforce_taskwho.pagination.page import Page
    from tap_salesforce_taskwho.pagination.page_size import PageSize

# How far the rows of a partition stray from the estimate, in standard deviations. Rows fall into a
# range by chance, so the deviation is the square root of their number: of the partition's rows, and
# of the rows that the estimate comes from.
STRAY = 1.0


@dataclass(slots=True)
class Density:
    """Rows that were seen in a pod, and the number of Ids that they were spread over."""

    rows: int = 0
    ids: int = 0

    def see(self, rows: int, ids: int) -> None:
        """Count the rows that so many Ids held, gaps included."""
        self.rows += rows
        self.ids += ids

    def rows_in(self, ids: int) -> int:
        """Estimate how many rows so many Ids hold."""
        return self.rows * ids // self.ids

    def ids_for(self, rows: int) -> int:
        """Estimate how many Ids hold at most so many rows."""
        if self.rows >= self.ids:
            return rows  # every Id is used, so there are no more rows than Ids
        room = STRAY * (math.sqrt(rows) + rows / math.sqrt(self.rows))
        return max(1, int((rows - min(room, rows / 2)) * self.ids / self.rows))


@dataclass(slots=True, eq=False)
class Partition:
    """The Ids above `after_id` up to `until_id`; None is the first or the last one.

    `expected` is the estimate of its rows when it was cut, `rows` those that came. `pages` wait to
    be emitted. `is_at_gap` says that the density says nothing of what comes next.
    """

    after_id: str | None
    until_id: str | None
    size: PageSize
    density: Density | None = None
    expected: int | None = None
    rows: int = 0
    is_busy: bool = False
    is_read: bool = False
    is_at_gap: bool = False
    pages: deque[Page] = field(default_factory=deque)

    @property
    def is_untouched(self) -> bool:
        """Whether no page of it was requested."""
        return not (self.is_busy or self.is_read or self.rows)

    def rows_left(self) -> int | None:
        """Estimate the rows that it has left, None where only its next page can show it."""
        ids = self.ids_left()
        if self.density is None or ids is None or self.is_at_gap:
            return None
        return self.density.rows_in(ids)

    def ids_left(self) -> int | None:
        """Give the number of Ids that it has left, None where it is not known.

        As long as the last Id is not known, there may be rows up to the end of the pod.
        """
        if self.after_id is None or (self.until_id is None and self.density is None):
            return None
        until_id = self.until_id or pod_of(self.after_id)[1]
        return number_of(until_id) - number_of(self.after_id)

    def add_page(self, page: Page) -> None:
        """Add a page that was fetched."""
        if page.first_id is not None and page.last_id is not None:
            self._learn(len(page.records), page.first_id, page.last_id)
            self.after_id = page.last_id
            self.is_at_gap = False
        self.rows += len(page.records)
        left = self.ids_left()
        # below 0: the partition was cut at its last Id while the page was on its way
        self.is_read = page.is_last or (left is not None and left <= 0)
        if self.is_read and self.expected is not None and self.density is not None:
            self.density.see(0, max(0, left or 0))
        self.pages.append(page)

    def _learn(self, rows: int, first_id: str, last_id: str) -> None:
        """Count a page's Ids, and the gap before it unless it is the first page of a pod."""
        if self.after_id is None or pod_of(self.after_id) != pod_of(first_id):
            self.density = None
        is_first = self.density is None or self.after_id is None
        low = number_of(first_id) - 1 if is_first else number_of(self.after_id or first_id)
        ids = number_of(last_id) - low
        if ids > 1:
            self.density = self.density or Density()
            self.density.see(rows, ids)

    def cut_after(self, ids: int) -> Partition | None:
        """Keep so many Ids and give the rest as a new partition, None where there is no rest."""
        left = self.ids_left()
        if self.after_id is None or left is None or not 0 < ids < left:
            return None
        return self.cut_at(id_at(number_of(self.after_id) + ids))

    def cut_at(self, middle: str) -> Partition:
        """Keep the Ids up to `middle`, and give the rest as a new partition."""
        rest = Partition(middle, self.until_id, self.size, self.density)
        self.until_id = middle
        return rest

    def is_emptier_than_expected(self) -> bool:
        """Whether less than half of the expected rows came: it holds the beginning of a gap."""
        return self.is_read and self.expected is not None and self.rows < self.expected // 2
