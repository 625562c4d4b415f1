"""Pages that arrive and are wrong: each kind changes a good page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Page = dict[str, Any]
LOWEST = "000000000000000AAA"


def _wrong_record(page: Page) -> None:
    record = page["records"][len(page["records"]) // 2]
    for name, value in record.items():
        if name not in {"attributes", "Id"}:
            record[name] = {"unexpected": [value]}


def _no_record(page: Page) -> None:
    page["records"][len(page["records"]) // 2] = None


def _no_id(page: Page) -> None:
    del page["records"][len(page["records"]) // 2]["Id"]


def _unsorted(page: Page) -> None:
    page["records"].reverse()


def _duplicate_ids(page: Page) -> None:
    page["records"][1] = page["records"][0]


def _below_cursor(page: Page) -> None:
    page["records"][0]["Id"] = LOWEST


def _empty_not_done(page: Page) -> None:
    page |= {"records": [], "done": False, "nextRecordsUrl": "/services/data/v64.0/query/01g-0"}


def _not_done_without_url(page: Page) -> None:
    page["done"] = False
    page.pop("nextRecordsUrl", None)


# the server itself cuts the truncated page in half
PAGE_FAULTS: dict[str, Callable[[Page], None] | None] = {
    "truncated_page": None,
    "wrong_record": _wrong_record,
    "no_record": _no_record,
    "no_id": _no_id,
    "unsorted": _unsorted,
    "duplicate_ids": _duplicate_ids,
    "below_cursor": _below_cursor,
    "empty_not_done": _empty_not_done,
    "not_done_without_url": _not_done_without_url,
}


def spoil(kind: str, body: bytes) -> bytes:
    """Make a page wrong, unless it has fewer than two records."""
    change = PAGE_FAULTS[kind]
    page = json.loads(body)
    if change is not None and len(page["records"]) > 1:
        change(page)
    return json.dumps(page).encode()
