"""Relations of an org and of a table, both in memory, for tests of how they are compared."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.salesforce import soql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from taskwho.org.verify.regions import Region

BEGIN = datetime(2020, 1, 1)  # noqa: DTZ001 - as the tables hold times
LAST = datetime(9999, 1, 1)  # noqa: DTZ001 - as above
PAGE = 2_000


def record_id(number: int) -> str:
    """An Id; larger numbers sort later, and the tap accepts it."""
    return f"0RT{number:012d}AAA"


def second(number: int) -> datetime:
    """A stamp."""
    return BEGIN + timedelta(seconds=number)


class Side:
    """Ids with their stamps, in the order of both."""

    def __init__(self, rows: Mapping[str, datetime]) -> None:
        self.stamps = dict(rows)
        self.by_id = sorted(rows)
        self.by_stamp = sorted((at, found) for found, at in rows.items())

    def put(self, found: str, at: datetime) -> None:
        """Add a row, or change its stamp."""
        self.drop(found)
        self.stamps[found] = at
        insort(self.by_id, found)
        insort(self.by_stamp, (at, found))

    def drop(self, found: str) -> None:
        """Remove a row, where it is there."""
        at = self.stamps.pop(found, None)
        if at is not None:
            del self.by_id[bisect_left(self.by_id, found)]
            del self.by_stamp[bisect_left(self.by_stamp, (at, found))]

    def count(self, region: Region) -> int:
        """How many rows a region has."""
        if region.after_id is None and region.until_id is None:
            left, right = self._places(region)
            return right - left
        ids = self.ids(replace(region, since=None, before=None))
        if region.since is None and region.before is None:
            return len(ids)
        left, right = self._places(region)
        if right - left < len(ids):
            after, until = region.after_id or "", region.until_id or "~"
            return sum(after < found <= until for _, found in self.by_stamp[left:right])
        since, before = region.since or BEGIN, region.before or LAST
        return sum(since <= self.stamps[found] < before for found in ids)

    def ids(self, region: Region) -> Sequence[str]:
        """The Ids in a range of Ids, in their order."""
        low = bisect_right(self.by_id, region.after_id or "")
        high = len(self.by_id)
        if region.until_id is not None:
            high = bisect_right(self.by_id, region.until_id)
        return self.by_id[low:high]

    def _places(self, region: Region) -> tuple[int, int]:
        left = bisect_left(self.by_stamp, (region.since or BEGIN, ""))
        return left, max(left, bisect_left(self.by_stamp, (region.before or LAST, "")))


class Table(Side):
    """The local side: what `ByCounts` asks of it."""

    @classmethod
    def like(cls, other: Side) -> Table:
        """A table with the same rows."""
        made = cls({})
        made.stamps, made.by_id = dict(other.stamps), list(other.by_id)
        made.by_stamp = list(other.by_stamp)
        return made

    def stamp_cuts(self, fractions: Sequence[float]) -> list[datetime]:
        """The stamps at these fractions."""
        rows = self.by_stamp
        return sorted({rows[int(len(rows) * part)][0] for part in fractions if rows})

    def page_ends(self, rows: int) -> list[str]:
        """The ends of pages."""
        return self.by_id[rows - 1 :: rows]


class Org:
    """The org's side; it counts calls, and corrects the table by what it shows."""

    def __init__(self, rows: Side, table: Table, page_size: int = PAGE) -> None:
        self.rows, self.table, self.page_size = rows, table, page_size
        self.stamps = rows.stamps
        self.counts = self.pages = 0
        self.found: set[str] = set()
        # Ids that the table has alone: they are looked up at the end
        self.alone: set[str] = set()
        self.uncountable_above: int | None = None

    @property
    def calls(self) -> int:
        """All calls, with the one for what changed after the bookmark."""
        return self.counts + self.pages + -(-len(self.alone) // soql.MOST_IDS) + 1

    def count(self, regions: Sequence[Region]) -> list[int | None]:
        """Count, a call a region; a region with too many rows times out."""
        self.counts += len(regions)
        counted = [self.rows.count(region) for region in regions]
        most = self.uncountable_above
        return [None if most is not None and rows > most else rows for rows in counted]

    def compare(self, regions: Iterable[Region]) -> None:
        """Read, page by page."""
        for region in regions:
            shown = self.rows.ids(region)
            self.pages += len(shown) // self.page_size + 1
            for found in shown:
                if self.table.stamps.get(found) != self.stamps[found]:
                    self.found.add(found)
                    self.table.put(found, self.stamps[found])
            for found in set(self.table.ids(region)) - set(shown):
                self.found.add(found)
                self.alone.add(found)
                self.table.drop(found)
