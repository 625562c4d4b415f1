"""Ranges of Ids and of SystemModstamp, and what it costs to find differences in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The live relations with `after_id < Id <= until_id` and `since <= SystemModstamp < before`.

    None is open. Stamps are in UTC without a time zone, as the tables hold them.
    """

    after_id: str | None = None
    until_id: str | None = None
    since: datetime | None = None
    before: datetime | None = None


def divided_by_ids(region: Region, cuts: Sequence[str]) -> list[Region]:
    """The parts of a region that these Ids end; at least one."""
    low, high = region.after_id or "", region.until_id
    inside = [cut for cut in cuts if cut > low and (high is None or cut < high)]
    starts, ends = [region.after_id, *inside], [*inside, high]
    return [
        replace(region, after_id=start, until_id=end)
        for start, end in zip(starts, ends, strict=True)
    ]


def divided_by_stamps(region: Region, cuts: Sequence[datetime]) -> list[Region]:
    """The parts of a region that begin at these seconds; at least one.

    A cut at the region's first second, which many rows share, is one at the next second.
    """
    since, before = region.since, region.before
    moved = dict.fromkeys(cut + _SECOND if cut == since else cut for cut in cuts)
    inside = [
        cut for cut in moved if (since is None or cut > since) and (before is None or cut < before)
    ]
    starts, ends = [since, *inside], [*inside, before]
    return [
        replace(region, since=start, before=end) for start, end in zip(starts, ends, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Cost:
    """API calls, where a page holds `page_size` rows."""

    page_size: int

    def reading(self, rows: int) -> int:
        """The calls that read so many rows: a page that is not full shows the end."""
        return rows // self.page_size + 1

    def halving(self, rows: int, differences: int) -> int:
        """The calls that find the differences by a count of one half, then in both halves.

        The count of the other half is the rest. Differences are taken to be spread evenly.
        """
        return _halving(rows, differences, self.page_size)


@cache
def _finding(rows: int, differences: int, page_size: int) -> int:
    pages = rows // page_size + 1
    if differences == 0 or pages == 1:
        return min(differences, pages)
    return min(pages, _halving(rows, differences, page_size))


@cache
def _halving(rows: int, differences: int, page_size: int) -> int:
    half, some = rows // 2, differences // 2
    rest = _finding(rows - half, differences - some, page_size)
    return 1 + _finding(half, some, page_size) + rest
