"""Finds the records of a query; keeps the Ids of a window, so that its next page is a bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.sandbox.org.org import Org
    from tests.sandbox.org.table import Table
    from tests.sandbox.queries.conditions import Condition
    from tests.sandbox.queries.soql import Query

KEPT = 12
LOWER, UPPER = {">", ">=", "="}, {"<", "<=", "="}


class Found:
    """A range of an ordered list of Ids, not copied."""

    def __init__(
        self,
        ids: list[str],
        left: int,
        right: int,
        *,
        descending: bool,
        window: tuple[Condition, ...] | None = None,
    ) -> None:
        self.ids, self.left, self.right = ids, left, max(left, right)
        self.descending = descending
        self.window = window  # the conditions that `ids` match; None where not ordered by Id

    def __len__(self) -> int:
        return self.right - self.left

    def part(self, start: int, count: int) -> list[str]:
        """`count` Ids from `start`, in the order of the query."""
        if not self.descending:
            return self.ids[self.left + start : min(self.right, self.left + start + count)]
        end = max(self.left, self.right - start)
        return self.ids[max(self.left, end - count) : end][::-1]


class Selections:
    """Finds records, and keeps the last few windows until their table changes."""

    def __init__(self, org: Org) -> None:
        self.org = org
        self._kept: OrderedDict[object, list[str]] = OrderedDict()

    def find(self, query: Query, *, everything: bool) -> Found:
        """Find the matching Ids; `everything` includes the recycle bin and archived activities."""
        table = self.org.tables[query.sobject]
        on_id = [
            c
            for c in query.conditions
            if c.field == "Id" and isinstance(c.value, str) and c.compare != "!="
        ]
        rest = tuple(c for c in query.conditions if c not in on_id)
        ids = self._window(table, rest, everything=everything)
        left, right = 0, len(ids)
        for wanted in on_id:
            value = str(wanted.value)
            below, upto = bisect_left(ids, value), bisect_right(ids, value)
            left = max(left, {">": upto, ">=": below, "=": below}.get(wanted.compare, left))
            right = min(right, {"<": below, "<=": upto, "=": upto}.get(wanted.compare, right))
        if query.order in {None, "Id"}:
            window = None if query.descending else rest
            return Found(ids, left, right, descending=query.descending, window=window)
        return _sorted(table, ids[left:right], str(query.order), descending=query.descending)

    def _window(
        self, table: Table, conditions: tuple[Condition, ...], *, everything: bool
    ) -> list[str]:
        if everything and not conditions:
            return table.order
        key = (table.sobject, table.version, conditions, everything)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = _filtered(table, conditions, everything=everything)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return kept


def _filtered(table: Table, conditions: tuple[Condition, ...], *, everything: bool) -> list[str]:
    rows, place = table.rows, table.place
    # query hides the recycle bin and archived activities (REST guide, QueryAll)
    hiding = [] if everything else [place[n] for n in ("IsDeleted", "IsArchived") if n in place]
    tests = [(place[c.field], c) for c in conditions]
    found = []
    for record_id in _candidates(table, conditions):
        row = rows[record_id]
        if any(row[at] for at in hiding):
            continue
        if all(test.holds(row[at]) for at, test in tests):
            found.append(record_id)
    return found


def _candidates(table: Table, conditions: Sequence[Condition]) -> list[str]:
    for wanted in conditions:
        if wanted.field == "Id" and isinstance(wanted.value, frozenset):
            return sorted(wanted.value & table.rows.keys())
    stamps = [c for c in conditions if c.field == "SystemModstamp" and isinstance(c.value, str)]
    low = max((str(c.value) for c in stamps if c.compare in LOWER), default=None)
    if low is None:
        return table.order
    high = min((str(c.value) for c in stamps if c.compare in UPPER), default=None)
    return table.stamped(low, high)


def _sorted(table: Table, ids: list[str], field: str, *, descending: bool) -> Found:
    place = table.place[field]
    keys = [(table.rows[i][place] is not None, table.rows[i][place], i) for i in ids]
    keys.sort(reverse=descending)
    return Found([key[2] for key in keys], 0, len(keys), descending=False)
