"""A scan: the fields of an object in a window, asked for page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.pagination.page import Page, id_of, inconsistency
from tap_salesforce_taskwho.salesforce import soql

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tap_salesforce_taskwho.pagination.window import Window
    from tap_salesforce_taskwho.salesforce.bodies import PageBody
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

        def is_last(body: PageBody[Any]) -> bool:
            return body.done and len(body.records) < rows

        def defect(body: PageBody[Any]) -> str:
            return inconsistency(
                body.records, after_id=after_id, until_id=until_id, is_last=is_last(body)
            )

        reply = self.client.query(
            soql.select(self.sobject, self.shape.fields, bounds, limit=rows),
            endpoint=self.endpoint,
            page_size=self.page_size,
            decoder=self.shape.decoder,
            defect=defect,
        )
        found = reply.body.records
        return Page(
            first_id=_first_id(found),
            last_id=_first_id(reversed(found)),
            records=self.shape.loadable(found),
            is_last=is_last(reply.body),
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
        return _first_id(reply.body.records)

    def count(self) -> int:
        """Ask how many rows the window has left."""
        query = soql.count(self.sobject, self.window.bounds(self.window.after_id))
        return self.client.count(query, endpoint=self.endpoint)


def _first_id(records: Iterable[object]) -> str | None:
    return next((found for found in map(id_of, records) if found is not None), None)
