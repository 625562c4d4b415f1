"""Answers queries with pages; a page is encoded once and kept until its table changes."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec

from tests.sandbox.errors import OrgError
from tests.sandbox.queries.blocks import END, Blocks, Piece, gzipped
from tests.sandbox.queries.selection import Selections

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tests.sandbox.org.org import Org
    from tests.sandbox.org.table import Table
    from tests.sandbox.queries.selection import Found
    from tests.sandbox.queries.soql import Query

KEPT_BYTES = 3 * 1024**3
LOCATORS_LIVE = timedelta(days=2)  # app limits cheat sheet, API query cursor limits


class Page:
    """An encoded answer: a body, or pieces that other pages share."""

    def __init__(self, body: bytes = b"", rows: int = 0, pieces: Sequence[Piece] = ()) -> None:
        self._body, self.rows, self.pieces = body, rows, pieces
        self._zipped = b""

    @property
    def body(self) -> bytes:
        """The whole body."""
        return self._body or b"".join(piece.body for piece in self.pieces)

    def gzip(self) -> bytes:
        """The compressed body; it is compressed once."""
        if not self._zipped:
            self._zipped = gzipped(self.pieces) if self.pieces else gzip.compress(self._body, 1)
        return self._zipped


class Attributes(msgspec.Struct, gc=False):
    """The attributes of a record, which are no field."""

    type: str
    url: str


@cache
def _record_type(fields: tuple[str, ...]) -> type[msgspec.Struct]:
    """A struct with a query's fields: five times as fast as a dict for each record."""
    return msgspec.defstruct("Record", ["attributes", *fields], gc=False)


@dataclass(frozen=True)
class Cursor:
    """The rest of an answer, which a locator names."""

    query: Query
    ids: list[str]
    made: datetime


@dataclass(frozen=True)
class Cut:
    """How much shorter than asked for the server makes pages."""

    cap: int | None = None
    share: float = 0
    seed: int = 0

    def size(self, batch: int, key: object) -> int:
        """The most rows of a page; the same query gets the same number again."""
        size = min(batch, self.cap or batch)
        chance = random.Random(f"{self.seed} {key}")  # noqa: S311 - the same seed gives the same numbers
        return chance.randint(1, size) if chance.random() < self.share else size


class Pages:
    """The pages of one org; the caller holds the org's lock."""

    def __init__(self, org: Org, cut: Cut, slow_scan: int | None) -> None:
        self.org, self.cut, self.slow_scan = org, cut, slow_scan
        self.selections = Selections(org)
        self.cursors: dict[str, Cursor] = {}
        self._kept: OrderedDict[object, Page] = OrderedDict()
        self._blocks: dict[str, tuple[int | None, Blocks]] = {}
        self._bytes = 0
        self.encoded = 0  # pages that needed more than earlier queries had left

    def first(self, query: Query, *, everything: bool, batch: int, version: str) -> Page:
        """Answer a query."""
        asked = batch if query.limit is None else max(1, min(batch, query.limit))
        size = self.cut.size(asked, query)
        table_version = self.org.tables[query.sobject].version
        key = (query, everything, size, version, table_version)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._keep(key, self._answer(query, everything, size, version))
        return kept

    def more(self, locator: str, *, batch: int, version: str) -> Page:
        """Answer with a further page; INVALID_QUERY_LOCATOR where the locator is unknown or old."""
        name, _, start = locator.rpartition("-")
        cursor = self.cursors.get(name)
        if cursor is None or not start.isdigit() or self.org.now - cursor.made > LOCATORS_LIVE:
            raise OrgError(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        size = self.cut.size(batch, locator)
        key = (locator, size, version, self.org.tables[cursor.query.sobject].version)
        kept = self._kept.get(key)
        if kept is None:
            page = self._page(cursor.query, cursor.ids, int(start), (size, version, name))
            kept = self._keep(key, page)
        return kept

    def _answer(self, query: Query, everything: bool, size: int, version: str) -> Page:  # noqa: FBT001 - passed on
        found = self.selections.find(query, everything=everything)
        if self.slow_scan is not None and not query.counts and len(found) > self.slow_scan:
            raise OrgError(400, "QUERY_TIMEOUT", "Your query request was running for too long.")
        total = max(0, len(found) - query.offset)
        total = total if query.limit is None else min(total, query.limit)
        if query.counts:
            return Page(msgspec.json.encode({"totalSize": total, "done": True, "records": []}))
        if total <= size and found.window is not None:
            return self._neighbours(query, found, total, (everything, version))
        if total <= size:
            ids = found.part(query.offset, total)
            return self._page(query, ids, 0, (size, version, ""))
        name = f"01gZz{zlib.crc32(str(len(self.cursors)).encode()):010d}{len(self.cursors):03d}"
        self.cursors[name] = Cursor(query, found.part(query.offset, total), self.org.now)
        return self._page(query, self.cursors[name].ids, 0, (size, version, name))

    def _neighbours(self, query: Query, found: Found, total: int, rest: tuple[bool, str]) -> Page:
        """Answer with one page of neighbouring records, made of blocks."""
        everything, version = rest
        blocks = self._blocks_of(self.org.tables[query.sobject])
        window = (query.fields, found.window, everything, version)
        first, made = found.left + query.offset, blocks.made

        def encode(start: int, end: int) -> bytes:
            return _encode(self._records(query, found.ids[start:end], version))[1:-1]

        head = Piece.of(_encode({"totalSize": total, "done": True, "records": []})[:-2])
        pieces = [head, *blocks.between(first, first + total, window, encode), END]
        self.encoded += blocks.made > made
        return Page(rows=total, pieces=pieces)

    def _blocks_of(self, table: Table) -> Blocks:
        """The blocks of a table's present version."""
        version, blocks = self._blocks.get(table.sobject, (None, Blocks()))
        if version != table.version:
            blocks = Blocks()
            self._blocks[table.sobject] = table.version, blocks
        return blocks

    def _page(self, query: Query, ids: list[str], start: int, rest: tuple[int, str, str]) -> Page:
        size, version, locator = rest
        end = start + size
        done = end >= len(ids)
        answer: dict[str, Any] = {"totalSize": len(ids), "done": done}
        if not done:
            # the path says query after queryAll too (REST guide, QueryAll)
            answer["nextRecordsUrl"] = f"/services/data/v{version}/query/{locator}-{end}"
        answer["records"] = records = self._records(query, ids[start:end], version)
        return Page(_encode(answer), len(records))

    def _records(self, query: Query, ids: list[str], version: str) -> list[Any]:
        table = self.org.tables[query.sobject]
        rows, sobject = table.rows, query.sobject
        url = f"/services/data/v{version}/sobjects/{sobject}/"
        record = _record_type(query.fields)
        pick = itemgetter(0, *(table.place[name] for name in query.fields))
        shown = []
        for record_id in ids:
            row = rows.get(record_id)
            if row is not None:  # gone since the cursor was made
                _, *values = pick(row)
                shown.append(record(Attributes(sobject, url + record_id), *values))
        return shown

    def _keep(self, key: object, page: Page) -> Page:
        self._kept[key] = page
        self.encoded += not page.pieces
        self._bytes += len(page.body)
        while self._bytes > KEPT_BYTES:
            _, old = self._kept.popitem(last=False)
            self._bytes -= len(old.body)
        return page


def _encode(answer: object) -> bytes:
    try:
        return msgspec.json.encode(answer)
    except UnicodeEncodeError:
        # half a surrogate pair: JSON has an escape for it, UTF-8 has none
        plain = msgspec.to_builtins(answer)
        return json.dumps(plain, separators=(",", ":")).encode()
