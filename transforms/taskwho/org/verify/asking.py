"""What the org is asked: counts, pages of live relations, lists of Ids."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.errors import HiddenField, QueryAllRefused, QueryTimeout, UserError
from tap_salesforce_taskwho.errors.requests import ESSENTIAL_FIELD_HIDDEN
from tap_salesforce_taskwho.pagination.page import inconsistency
from tap_salesforce_taskwho.salesforce import soql
from tap_salesforce_taskwho.salesforce.ids import long_id
from tap_salesforce_taskwho.salesforce.records import Shape, as_dict
from tap_salesforce_taskwho.salesforce.soql import Bounds
from tap_salesforce_taskwho.streams.objects import ESSENTIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from tap_salesforce_taskwho.config.settings import Settings
    from tap_salesforce_taskwho.salesforce.bodies import PageBody
    from tap_salesforce_taskwho.salesforce.client import Endpoint, SalesforceClient
    from tap_salesforce_taskwho.streams.objects import SalesforceObject

    from taskwho.org.verify.parallel import InParallel
    from taskwho.org.verify.regions import Region

Record = dict[str, Any]


_SMALLEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Scope:
    """The relations that are compared: `floor <= SystemModstamp < until`; None is open.

    In UTC without a time zone. What changed later was not read yet.
    """

    floor: datetime | None
    until: datetime


class Asking:
    """One org. Requests of one call are sent side by side."""

    def __init__(
        self,
        client: SalesforceClient,
        settings: Settings,
        declared: SalesforceObject,
        scope: Scope,
        parallel: InParallel,
    ) -> None:
        self.scope = scope
        self._client, self._parallel = client, parallel
        self._sobject, self._page_size = declared.sobject, settings.page_size
        self._kinds = dict(declared.fields)
        self._shape = self._shape_of_fields()
        self.hidden: list[str] = []
        """Fields that the user may not see: they are neither read nor compared."""
        with_deleted = declared.always_query_all or settings.include_deleted
        self.endpoint: Endpoint = "queryAll" if with_deleted else "query"
        self.pages = 0
        """The pages that were read."""

    def changed_later(self) -> Iterator[list[Record]]:
        """Everything that changed since the last run, deleted relations too, page by page.

        The first call, which also tells how many calls the org has left and whether it takes
        queryAll.
        """
        later = Bounds(modstamp_from=_aware(self.scope.until))
        records, is_last = self._first_page(later)
        yield records
        while not is_last:
            records, is_last = self._page(replace(later, after_id=records[-1]["Id"]))
            yield records

    def count(self, regions: Sequence[Region]) -> list[int | None]:
        """How many live rows each region has; None where counting takes the org too long."""
        found = dict(self._parallel.each(self._count, dict.fromkeys(regions)))
        return [found[region] for region in regions]

    def read(self, regions: Iterable[Region]) -> Iterator[tuple[Region, list[Record]]]:
        """All live rows of the regions: each part that a page covers, with its rows."""
        rests: deque[Region] = deque()
        todo = iter(regions)

        def next_ones() -> Iterator[Region]:
            while region := rests.popleft() if rests else next(todo, None):
                yield region

        is_done = False
        while not is_done:
            is_done = True
            for region, (records, is_last) in self._parallel.each(self._read, next_ones()):
                is_done = False
                last = None if is_last else records[-1]["Id"]
                if last is not None:
                    rests.append(replace(region, after_id=last))
                yield (region if is_last else replace(region, until_id=last)), records

    def look_up(self, ids: Sequence[str]) -> dict[str, Record]:
        """The relations with these Ids that the org shows, deleted ones too."""
        able = [found for found in ids if is_id(found)]
        parts = [tuple(able[n : n + soql.MOST_IDS]) for n in range(0, len(able), soql.MOST_IDS)]
        found = self._parallel.each(lambda part: self._page(Bounds(ids=part)), parts)
        return {record["Id"]: record for _, (records, _) in found for record in records}

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are read."""
        return self._shape.fields

    def _shape_of_fields(self) -> Shape:
        kinds = self._kinds.items()
        types = {name: bool if kind == "boolean" else str for name, kind in kinds}
        return Shape(types, [name for name, kind in kinds if kind == "datetime"])

    def _first_page(self, bounds: Bounds) -> tuple[list[Record], bool]:
        """Ask again without each field that is hidden, and by query where queryAll is refused."""
        while True:
            try:
                return self._page(bounds)
            except QueryAllRefused:
                self.endpoint = "query"
            except HiddenField as error:
                self._leave_out(error)

    def _leave_out(self, error: HiddenField) -> None:
        """Read on without a hidden field; raises UserError for one that nobody can spare."""
        column = error.column.lower()
        field = next((name for name in self._kinds if name.lower() == column), None)
        if field is None:
            raise error
        if field in ESSENTIAL:
            raise UserError(ESSENTIAL_FIELD_HIDDEN, field=field, sobject=self._sobject)
        del self._kinds[field]
        self.hidden.append(field)
        self._shape = self._shape_of_fields()

    def _count(self, region: Region) -> int | None:
        self._client.check_quota()
        try:
            query = soql.count(self._sobject, self._bounds(region))
            return self._client.count(query, endpoint=self.endpoint)
        except QueryTimeout:
            return None

    def _read(self, region: Region) -> tuple[list[Record], bool]:
        return self._page(self._bounds(region))

    def _page(self, bounds: Bounds) -> tuple[list[Record], bool]:
        """One page, and whether it is the last one; one that takes too long is halved."""
        rows = self._page_size
        while True:
            self._client.check_quota()
            try:
                return self._fetch(bounds, rows)
            except QueryTimeout:
                if rows <= _SMALLEST_PAGE:
                    raise
                rows = max(_SMALLEST_PAGE, rows // 2)

    def _fetch(self, bounds: Bounds, rows: int) -> tuple[list[Record], bool]:
        def is_last(body: PageBody[Any]) -> bool:
            return body.done and len(body.records) < rows

        def defect(body: PageBody[Any]) -> str:
            after_id, until_id = bounds.after_id, bounds.until_id
            return inconsistency(
                body.records, after_id=after_id, until_id=until_id, is_last=is_last(body)
            )

        reply = self._client.query(
            soql.select(self._sobject, self._shape.fields, bounds, limit=rows),
            endpoint=self.endpoint,
            page_size=self._page_size,
            decoder=self._shape.decoder,
            defect=defect,
        )
        self.pages += 1
        records = self._shape.loadable(reply.body.records)
        return [as_dict(record) for record in records], is_last(reply.body)

    def _bounds(self, region: Region) -> Bounds:
        """The region inside the scope."""
        since, before = region.since or self.scope.floor, region.before or self.scope.until
        return Bounds(
            modstamp_from=None if since is None else _aware(max(since, self.scope.floor or since)),
            modstamp_to=_aware(min(before, self.scope.until)),
            after_id=region.after_id,
            until_id=region.until_id,
            live=True,
        )


def is_id(text: str) -> bool:
    """Whether it can be an Id; Salesforce refuses a query with one whose check does not fit."""
    return long_id(text) == text


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)
