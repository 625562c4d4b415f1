"""The pages of a window, one after the other by Id, each checked before it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tap_salesforce_taskwho import soql
from tap_salesforce_taskwho.errors import InconsistentPage, QueryTimeout
from tap_salesforce_taskwho.records import Record, loadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tap_salesforce_taskwho.client import Endpoint, SalesforceClient
    from tap_salesforce_taskwho.window import Window

RECORD_ID = re.compile(r"[A-Za-z0-9]{18}", re.ASCII)
# A query that times out on so few rows is slow for another reason than their number.
SMALLEST_PAGE = 25


@dataclass(frozen=True, slots=True)
class Scan:
    """What is read: fields of an object in a window, at most `limit` rows of it."""

    client: SalesforceClient
    sobject: str
    fields: Sequence[str]
    datetimes: frozenset[str]
    endpoint: Endpoint
    window: Window
    page_size: int
    limit: int | None = None

    def fetch(self, after_id: str | None, rows: int, until_id: str | None = None) -> Fetched:
        """Fetch, check and convert the page that follows an Id."""
        query = soql.select(
            self.sobject,
            self.fields,
            modstamp_from=self.window.modstamp_from,
            modstamp_to=self.window.modstamp_to,
            after_id=after_id,
            until_id=until_id,
            limit=rows,
        )
        page = self.client.query(query, endpoint=self.endpoint, page_size=self.page_size)
        ends = page.done and len(page.records) < rows
        ids = checked_ids(page.records, after_id=after_id, ends=ends)
        convert = loadable(self.fields, self.datetimes, escapes=b"\\u" in page.body)
        return Fetched(
            records=[convert(record) for record in page.records],
            after_id=after_id,
            first_id=ids[0] if ids else None,
            last_id=ids[-1] if ids else None,
            ends=ends,
            attempts=page.attempts,
            duration_ms=page.duration_ms,
            api_used=page.api_used,
            api_max=page.api_max,
            fetched_at=page.fetched_at,
        )


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it is emitted, and what the journal says of it."""

    records: list[Record]
    after_id: str | None
    first_id: str | None
    last_id: str | None
    ends: bool
    attempts: int
    duration_ms: int
    api_used: int | None
    api_max: int | None
    fetched_at: datetime


class PageSource(Protocol):
    """Gives a window's pages in the order of their Ids; the last one says that it `ends`."""

    def __call__(self, scan: Scan) -> Iterator[Fetched]:
        """Start reading a scan."""


def one_by_one(scan: Scan) -> Iterator[Fetched]:
    """Fetch each page when the one before it has been emitted."""
    size = PageSize(scan.page_size)
    after_id, left = scan.window.after_id, scan.limit
    while True:
        rows = size.rows if left is None else min(size.rows, left)
        try:
            fetched = scan.fetch(after_id, rows)
        except QueryTimeout:
            if not size.shrink():
                raise
            continue
        size.grow()
        yield fetched
        if fetched.ends or (left is not None and len(fetched.records) >= left):
            return
        after_id = fetched.last_id
        left = None if left is None else left - len(fetched.records)


class PageSize:
    """How many rows the next query asks for: half after a time-out, and up again after success."""

    def __init__(self, largest: int) -> None:
        self.largest = largest
        self.rows = largest

    def shrink(self) -> bool:
        """Ask for fewer rows; False where fewer would not help."""
        if self.rows <= SMALLEST_PAGE:
            return False
        self.rows = max(SMALLEST_PAGE, self.rows // 2)
        return True

    def grow(self) -> None:
        """Ask for more rows again."""
        self.rows = min(self.largest, self.rows * 2)


def checked_ids(records: Sequence[Any], *, after_id: str | None, ends: bool) -> list[str]:
    """Give a page's Ids in their order; raises InconsistentPage where they could mislead.

    The server orders Ids as ASCII does, and Python compares them so. A record without an Id is
    passed over: it is emitted, and quarantined later.
    """
    ids = [found for found in map(_id_of, records) if found is not None]
    previous = after_id
    for found in ids:
        if previous is not None and found <= previous:
            raise _inconsistent(f"Id {found} after {previous}, though Ids were to ascend")
        previous = found
    if not ids and not ends:
        shown = f"{len(records)} records without an Id" if records else "an empty page"
        raise _inconsistent(f"{shown} after Id {after_id}, and says that more rows follow")
    return ids


def _inconsistent(answer: str) -> InconsistentPage:
    return InconsistentPage(
        f"The org answered with {answer}: going on would skip or repeat rows. What was read "
        "before is kept in the state. Run again, and ask Salesforce support if it stays so."
    )


def _id_of(record: object) -> str | None:
    found = record.get("Id") if isinstance(record, dict) else None
    return found if isinstance(found, str) and RECORD_ID.fullmatch(found) else None
