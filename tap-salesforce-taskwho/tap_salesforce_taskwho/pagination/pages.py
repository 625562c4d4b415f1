"""A page of a window: asked for by Id, checked, and made loadable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import lt
from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.errors import InconsistentPage
from tap_salesforce_taskwho.salesforce import soql

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tap_salesforce_taskwho.pagination.window import Window
    from tap_salesforce_taskwho.salesforce.client import Endpoint, SalesforceClient
    from tap_salesforce_taskwho.salesforce.records import Record, Shape

RECORD_ID = re.compile(r"[A-Za-z0-9]{18}", re.ASCII)
_ALL_IDS = re.compile(r"(?:[A-Za-z0-9]{18} )*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Scan:
    """What is read: fields of an object in a window, at most `limit` rows of it."""

    client: SalesforceClient
    sobject: str
    shape: Shape
    endpoint: Endpoint
    window: Window
    page_size: int
    limit: int | None = None

    def fetch(self, after_id: str | None, rows: int, until_id: str | None = None) -> Fetched:
        """Fetch, check and convert the page that follows an Id."""
        query = soql.select(
            self.sobject,
            self.shape.fields,
            modstamp_from=self.window.modstamp_from,
            modstamp_to=self.window.modstamp_to,
            after_id=after_id,
            until_id=until_id,
            limit=rows,
        )
        page = self.client.query(
            query, endpoint=self.endpoint, page_size=self.page_size, decoder=self.shape.decoder
        )
        ends = page.done and len(page.records) < rows
        ids = checked_ids(page.records, after_id=after_id, ends=ends)
        return Fetched(
            records=self.shape.loadable(page.records),
            first_id=ids[0] if ids else None,
            last_id=ids[-1] if ids else None,
            ends=ends,
            attempts=page.attempts,
            duration_ms=page.duration_ms,
            api_used=page.api_used,
            api_max=page.api_max,
            fetched_at=page.fetched_at,
        )

    def last_id(self, until_id: str | None = None) -> str | None:
        """Ask for the largest Id of the window, up to an Id; None where it has no rows there."""
        query = soql.select(
            self.sobject,
            ["Id"],
            modstamp_from=self.window.modstamp_from,
            modstamp_to=self.window.modstamp_to,
            after_id=self.window.after_id,
            until_id=until_id,
            limit=1,
            descending=True,
        )
        page = self.client.query(query, endpoint=self.endpoint, page_size=self.page_size)
        return next((found for found in map(_id_of, page.records) if found is not None), None)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it is emitted, and what the journal says of it."""

    records: Sequence[Record]
    first_id: str | None
    last_id: str | None
    ends: bool
    attempts: int
    duration_ms: int
    api_used: int | None
    api_max: int | None
    fetched_at: datetime

    @classmethod
    def nothing(cls, *, attempts: int = 0) -> Fetched:
        """Give the page that never came, for the journal's last entry."""
        return cls(
            records=[],
            first_id=None,
            last_id=None,
            ends=False,
            attempts=attempts,
            duration_ms=0,
            api_used=None,
            api_max=None,
            fetched_at=datetime.now(UTC),
        )


def checked_ids(records: Sequence[Any], *, after_id: str | None, ends: bool) -> list[str]:
    """Give a page's Ids in their order; raises InconsistentPage where they could mislead.

    The server orders Ids as ASCII does, and Python compares them so. A record without an Id is
    passed over: it is emitted, and quarantined later.
    """
    if (ids := _plain_ids(records)) and (after_id is None or after_id < ids[0]):
        return ids
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


def _plain_ids(records: Sequence[Any]) -> list[str] | None:
    """Give the Ids of structs where a look at all at once says that they are right."""
    ids: list[Any] = [getattr(record, "Id", None) for record in records]
    if None in ids or not all(map(lt, ids, ids[1:])):
        return None
    return ids if _ALL_IDS.fullmatch(" ".join([*ids, ""])) else None


def _id_of(record: object) -> str | None:
    found = record.get("Id") if isinstance(record, dict) else getattr(record, "Id", None)
    return found if isinstance(found, str) and RECORD_ID.fullmatch(found) else None
