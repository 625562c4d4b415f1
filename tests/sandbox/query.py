"""Answers queries from the tables: keyset slices by bisection, pages encoded once."""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import msgspec

from tests.sandbox.errors import OrgError

if TYPE_CHECKING:
    from tests.sandbox.org import Org, Record
    from tests.sandbox.soql import Condition, Query

COMPARES: dict[str, Any] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
CACHED_PAGES = 4000


class Answers:
    """Pages of one org."""

    def __init__(self, org: Org, page_cap: int | None) -> None:
        self.org = org
        self.page_cap = page_cap
        self.pages: OrderedDict[object, bytes] = OrderedDict()
        self.locators: dict[str, tuple[Query, list[str], str, str]] = {}

    def answer(
        self, query: Query, *, deleted: bool, batch: int, version: str, key: object
    ) -> bytes:
        """The first page, encoded."""
        with self.org.lock:
            cached = self.pages.get((self.org.version, batch, deleted, key))
            if cached is not None:
                return cached
            found = self._find(query, deleted=deleted)
            if query.counts:
                body = msgspec.json.encode({"totalSize": len(found), "done": True, "records": []})
            else:
                body = self._page(query, found, 0, batch, version)
            self.pages[self.org.version, batch, deleted, key] = body
            if len(self.pages) > CACHED_PAGES:
                self.pages.popitem(last=False)
            return body

    def more(self, locator: str, batch: int) -> bytes:
        """A further page; OrgError where the locator is not known."""
        name, _, offset = locator.rpartition("-")
        if name not in self.locators or not offset.isdigit():
            raise OrgError(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        with self.org.lock:
            query, found, version, _ = self.locators[name]
            return self._page(query, found, int(offset), batch, version, name)

    def _page(
        self,
        query: Query,
        found: list[str],
        offset: int,
        batch: int,
        version: str,
        locator: str | None = None,
    ) -> bytes:
        size = min(batch, self.page_cap or batch)
        end = offset + size
        records = self.org.tables[query.sobject].records
        page = {
            "totalSize": len(found),
            "done": end >= len(found),
            "records": [
                _shown(query, records[record_id], version)
                for record_id in found[offset:end]
                if record_id in records
            ],
        }
        if end < len(found):
            name = locator or f"01g{len(self.locators):012d}AAA"
            self.locators[name] = (query, found, version, name)
            page["nextRecordsUrl"] = f"/services/data/v{version}/query/{name}-{end}"
        return msgspec.json.encode(page)

    def _find(self, query: Query, *, deleted: bool) -> list[str]:
        table = self.org.tables[query.sobject]
        low, high = 0, len(table.order)
        rest: list[Condition] = []
        for condition in query.conditions:
            value = condition.value
            if condition.field != "Id" or condition.compare == "!=" or not isinstance(value, str):
                rest.append(condition)
                continue
            left, right = bisect_left(table.order, value), bisect_right(table.order, value)
            low = max(low, {">": right, ">=": left, "=": left}.get(condition.compare, 0))
            high = min(high, {"<": left, "<=": right, "=": right}.get(condition.compare, high))
        candidates = table.order[low:high]
        if query.order == "Id" and query.descending:
            candidates.reverse()
        by_field = query.order not in {None, "Id"}
        found = _filtered(
            table.records,
            candidates,
            rest,
            deleted=deleted,
            limit=None if by_field or query.counts else query.limit,
        )
        if by_field:
            found.sort(key=lambda i: table.records[i][query.order], reverse=query.descending)
        return found[: query.limit] if query.limit is not None else found


def _filtered(
    records: dict[str, Record],
    candidates: list[str],
    conditions: list[Condition],
    *,
    deleted: bool,
    limit: int | None,
) -> list[str]:
    tests = [(c.field, COMPARES[c.compare], c.value) for c in conditions]
    found: list[str] = []
    for record_id in candidates:
        record = records[record_id]
        # query hides the recycle bin and archived activities; queryAll shows both
        if not deleted and (record.get("IsDeleted") or record.get("IsArchived")):
            continue
        if all(compare(record.get(field), value) for field, compare, value in tests):
            found.append(record_id)
            if limit is not None and len(found) >= limit:
                break
    return found


def _shown(query: Query, record: Record, version: str) -> dict[str, object]:
    url = f"/services/data/v{version}/sobjects/{query.sobject}/{record['Id']}"
    shown: dict[str, object] = {"attributes": {"type": query.sobject, "url": url}}
    shown.update((name, record.get(name)) for name in query.fields)
    return shown
