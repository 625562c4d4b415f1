"""A scan: the fields of an object in a window, asked for page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.pagination.page import Page, checked_ids, id_of
from tap_salesforce_taskwho.salesforce import soql

if TYPE_CHECKING:
    from tap_salesforce_taskwho.pagination.window import Window
    from tap_salesforce_taskwho.salesforce.client import Endpoint, SalesforceClient
    from tap_salesforce_taskwho.salesforce.records import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What is read, at most `limit` rows of it. Any thread may call its methods."""

    client: SalesforceClient
    sobject: str
    shape: Shape
    endpoint: Endpoint
    window: Window
    page_size: int
    limit: int | None = None

    def fetch(self, after_id: str | None, rows: int, until_id: str | None = None) -> Page:
        """Fetch, check and convert the page that follows an Id."""
        bounds = self.window.bounds(after_id, until_id)
        reply = self.client.query(
            soql.select(self.sobject, self.shape.fields, bounds, limit=rows),
            endpoint=self.endpoint,
            page_size=self.page_size,
            decoder=self.shape.decoder,
        )
        found = reply.body.records
        is_last = reply.body.done and len(found) < rows
        ids = checked_ids(found, after_id=after_id, is_last=is_last)
        return Page(
            records=self.shape.loadable(found),
            first_id=ids[0] if ids else None,
            last_id=ids[-1] if ids else None,
            is_last=is_last,
            cost=reply.cost,
        )

    def last_id(self, until_id: str | None = None) -> str | None:
        """Ask for the largest Id of the window, up to an Id; None where it has no rows there."""
        bounds = self.window.bounds(self.window.after_id, until_id)
        reply = self.client.query(
            soql.select(self.sobject, ["Id"], bounds, limit=1, descending=True),
            endpoint=self.endpoint,
            page_size=self.page_size,
        )
        return next((found for found in map(id_of, reply.body.records) if found is not None), None)

    def count(self) -> int:
        """Ask how many rows the window has left."""
        query = soql.count(self.sobject, self.window.bounds(self.window.after_id))
        return self.client.count(query, endpoint=self.endpoint)
