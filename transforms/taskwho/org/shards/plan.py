"""Asks an org for ranges of Ids that hold as many relations each."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tap_salesforce_taskwho.config.reading import read_settings
from tap_salesforce_taskwho.errors import QueryAllRefused, QueryTimeout, TapError
from tap_salesforce_taskwho.pagination.id_space import (
    DIGITS,
    LENGTH,
    PREFIXES,
    id_at,
    number_of,
)
from tap_salesforce_taskwho.pagination.page import id_of
from tap_salesforce_taskwho.salesforce import soql
from tap_salesforce_taskwho.salesforce.client import SalesforceClient
from tap_salesforce_taskwho.salesforce.soql import Bounds

from taskwho.org.errors import of_tap
from taskwho.org.shards.split import Place, split

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from tap_salesforce_taskwho.config.settings import Settings
    from tap_salesforce_taskwho.salesforce.client import Endpoint

Answer = TypeVar("Answer")

logger = logging.getLogger("taskwho")
_OBJECT = "TaskWhoRelation"


@dataclass(frozen=True, slots=True)
class Planned:
    """Where each part but the first begins, as Ids; the rows of each part, and what it cost."""

    org_id: str | None
    starts: tuple[str, ...]
    counted: tuple[int, ...]
    api_calls: int

    def ranges(self) -> list[dict[str, Any]]:
        """The parts in the order of their Ids: id_from and id_to, None at the ends, and counted."""
        bounds = (None, *self.starts, None)
        return [
            {
                "shard": number,
                "id_from": bounds[number - 1],
                "id_to": bounds[number],
                "counted": rows,
            }
            for number, rows in enumerate(self.counted, 1)
        ]


def plan(salesforce: Mapping[str, Any], parts: int) -> Planned:
    """Divide what a first run would read; raises the TaskwhoError family."""
    try:
        settings = read_settings(dict(salesforce))
        client = SalesforceClient(settings, logger=logger)
        try:
            ids = _OrgIds(client, settings)
            ends, total = _divided(ids, parts)
            rows = [0, *(end.rows for end in ends), total]
            return Planned(
                org_id=client.org_id,
                starts=tuple(id_at(end.number + 1) for end in ends),
                counted=tuple(rows[at + 1] - rows[at] for at in range(parts)),
                api_calls=client.usage.run_calls,
            )
        finally:
            client.close()
    except TapError as error:
        raise of_tap(error) from None


def _divided(ids: _OrgIds, parts: int) -> tuple[list[Place], int]:
    """The ends of all parts but the last one, and the rows of all."""
    found = ids.page(-1, None, rows=1)
    if not found:
        # new rows will have Ids of the object's prefix
        base = number_of(PREFIXES[_OBJECT].ljust(LENGTH, DIGITS[0]))
        return [Place(0, base + part) for part in range(1, parts)], 0
    first = found[0]
    last = ids.last(first - 1, None) or first
    total = ids.count(first - 1, last)
    return split(ids, parts, first=first, last=last, total=total), total


class _OrgIds:
    """The Ids of the relations that a first run would read, as numbers."""

    def __init__(self, client: SalesforceClient, settings: Settings) -> None:
        self._client = client
        self.page_size = settings.page_size
        self._endpoint: Endpoint = "queryAll" if settings.include_deleted else "query"
        self._floor: datetime | None = None
        if settings.mode == "incremental":
            self._floor = settings.start_date

    def count(self, after: int, until: int) -> int:
        """Count the rows with `after < Id <= until`; a count that takes too long is halved."""
        query = soql.count(_OBJECT, self._bounds(after, until))
        try:
            return self._ask(lambda endpoint: self._client.count(query, endpoint=endpoint))
        except QueryTimeout:
            if until - after <= 1:
                raise
            middle = (after + until) // 2
            return self.count(after, middle) + self.count(middle, until)

    def page(self, after: int, until: int | None, *, rows: int | None = None) -> Sequence[int]:
        """Read the first Ids with `after < Id <= until`."""
        return self._ids(after, until, rows or self.page_size)

    def last(self, after: int, until: int | None) -> int | None:
        """Find the last Id with `after < Id <= until`."""
        found = self._ids(after, until, 1, descending=True)
        return found[0] if found else None

    def _ids(
        self, after: int, until: int | None, rows: int, *, descending: bool = False
    ) -> list[int]:
        bounds = self._bounds(after, until)
        query = soql.select(_OBJECT, ["Id"], bounds, limit=rows, descending=descending)
        size = self.page_size
        reply = self._ask(
            lambda endpoint: self._client.query(query, endpoint=endpoint, page_size=size)
        )
        found = map(id_of, reply.body.records)
        return [number_of(record_id) for record_id in found if record_id is not None]

    def _ask(self, ask: Callable[[Endpoint], Answer]) -> Answer:
        self._client.check_quota()
        try:
            return ask(self._endpoint)
        except QueryAllRefused:
            self._endpoint = "query"
            return ask(self._endpoint)

    def _bounds(self, after: int, until: int | None) -> Bounds:
        return Bounds(
            modstamp_from=self._floor,
            after_id=None if after < 0 else id_at(after),
            until_id=None if until is None else id_at(until),
        )
