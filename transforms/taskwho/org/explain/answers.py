"""Asks Salesforce what became of missing parents, by their Ids."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from tap_salesforce_taskwho.config.reading import read_settings
from tap_salesforce_taskwho.errors import QueryAllRefused, Stopped, UserError
from tap_salesforce_taskwho.errors.state import STOPPED
from tap_salesforce_taskwho.salesforce import soql
from tap_salesforce_taskwho.salesforce.api_usage import ApiUsage, check_quota
from tap_salesforce_taskwho.salesforce.client import SalesforceClient
from tap_salesforce_taskwho.salesforce.ids import long_id
from tap_salesforce_taskwho.streams.objects import OBJECTS

from taskwho.model.entities import ENTITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tap_salesforce_taskwho.salesforce.client import Endpoint

logger = logging.getLogger("taskwho")

MOST_CALLS = 20
# Nobody waits long for a reason: a request is tried twice, and given up after half a minute; a
# minute after the first one no other begins.
_ATTEMPTS, _SECONDS, _ALL_SECONDS = 2, 30, 60
# Fields that tell why a job may leave a record out. The user may not see them; Id, CreatedDate and
# IsDeleted are never hidden (Object Reference, FieldPermissions).
_MARKS = {"users": ("IsActive",), "contacts": ("MasterRecordId",), "tasks": ("IsArchived",)}
_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What Salesforce shows of one record; `found` as in taskwho.missing_answers."""

    parent: str
    parent_id: str
    found: str
    merged_into: str | None = None
    created_at: datetime | None = None


class Asking:
    """Asks one org, in at most MOST_CALLS calls. Its methods raise the TapError family.

    `calls_before` are the run's other calls, which count against the run's quota.
    """

    def __init__(self, salesforce: Mapping[str, Any], calls_before: int = 0) -> None:
        self._settings = replace(
            given := read_settings(dict(salesforce)),
            max_attempts=min(given.max_attempts, _ATTEMPTS),
            request_timeout_seconds=min(given.request_timeout_seconds, _SECONDS),
        )
        self._until = time.monotonic() + _ALL_SECONDS
        self._client = SalesforceClient(self._settings, logger=logger, should_stop=self._is_late)
        self._calls_before = calls_before
        self._endpoint: Endpoint = "queryAll"
        self._unmarked: set[str] = set()

    def __enter__(self) -> Self:
        """Send nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._client.close()

    @property
    def usage(self) -> ApiUsage:
        """The API calls as they stand."""
        return self._client.usage

    def about(self, wanted: Sequence[tuple[str, str]]) -> Iterator[list[Answer]]:
        """Answers about parents by stream and Id, the first ones first, as long as calls are left.

        An object that the user may not read is left out; its error is raised at the end. Raises
        Stopped where it takes too long.
        """
        _ = self._client.org_id  # without a login there is nothing to ask
        refused: dict[str, UserError] = {}
        for parent, record_ids in _batches(wanted):
            if self._client.usage.run_calls + _ATTEMPTS > MOST_CALLS:
                break
            if self._is_late():
                raise Stopped(STOPPED)
            if parent in refused:
                continue
            try:
                answers = self._answers(parent, record_ids)
            except UserError as error:
                refused[parent] = error
            else:
                yield answers
        if refused:
            raise next(iter(refused.values()))

    def record(self, stream: str, record_id: str, fields: Sequence[str]) -> dict[str, Any] | None:
        """One record as Salesforce shows it now; None where it shows none."""
        found, _ = self._page(stream, fields, [record_id])
        return found.get(record_id)

    def _answers(self, parent: str, record_ids: Sequence[str]) -> list[Answer]:
        """What is known of the records; a server that cuts its page is asked for the rest."""
        rest, found = sorted(record_ids), dict[str, Any]()
        while rest and self._client.usage.run_calls + _ATTEMPTS <= MOST_CALLS:
            page, is_last = self._marked_page(parent, rest)
            found |= page
            rest = [] if is_last else [i for i in rest if i > max(page, default="")]
        return [
            _answer(parent, record_id, found.get(record_id))
            for record_id in record_ids
            if record_id not in set(rest)
        ]

    def _marked_page(self, parent: str, record_ids: Sequence[str]) -> tuple[dict[str, Any], bool]:
        declared = next(found for found in OBJECTS if found.stream == parent)
        always = [name for name in ("Id", "IsDeleted", "CreatedDate") if name in declared.fields]
        if parent not in self._unmarked:
            try:
                return self._page(parent, [*always, *_MARKS.get(parent, ())], record_ids)
            except UserError:
                self._unmarked.add(parent)
        return self._page(parent, always, record_ids)

    def _page(
        self, stream: str, fields: Sequence[str], record_ids: Sequence[str]
    ) -> tuple[dict[str, Any], bool]:
        """Records by Id, and whether these are all."""
        self._check_quota()
        sobject = next(found.sobject for found in OBJECTS if found.stream == stream)
        query = soql.ids_in(sobject, fields, record_ids)
        try:
            reply = self._client.query(query, endpoint=self._endpoint, page_size=_ROWS)
        except QueryAllRefused:
            reply = self._client.query(query, endpoint="query", page_size=_ROWS)
        page = reply.body
        records = [record for record in page.records if isinstance(record, dict)]
        return {str(record.get("Id")): record for record in records}, page.done or not records

    def _is_late(self) -> bool:
        return time.monotonic() >= self._until

    def _check_quota(self) -> None:
        usage = self._client.usage
        check_quota(
            replace(usage, run_calls=usage.run_calls + self._calls_before),
            percent_total=self._settings.api_quota_percent_total,
            percent_run=self._settings.api_quota_percent_run,
        )


def _batches(wanted: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Ids of one object at a time, as many as a query may list; what is no Id is left out."""
    prefixes = {entity.stream: entity.prefix for entity in ENTITIES}
    batches: dict[str, list[str]] = {}
    for parent, record_id in wanted:
        is_id = record_id.isascii() and record_id.isalnum() and long_id(record_id) == record_id
        if is_id and record_id.startswith(prefixes[parent]):
            batch = batches.setdefault(parent, [])
            batch.append(record_id)
            if len(batch) == soql.MOST_IDS:
                yield parent, batches.pop(parent)
    yield from batches.items()


def _answer(parent: str, record_id: str, record: Mapping[str, Any] | None) -> Answer:
    if record is None:
        return Answer(parent, record_id, "nothing")
    merged_into = record.get("MasterRecordId")
    if record.get("IsDeleted") is True:
        found = "merged" if merged_into else "recycle_bin"
    elif record.get("IsActive") is False:
        found = "inactive"
    else:
        found = "archived" if record.get("IsArchived") is True else "live"
    into = str(merged_into) if found == "merged" else None
    return Answer(parent, record_id, found, into, _moment(record.get("CreatedDate")))


def _moment(written: object) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
