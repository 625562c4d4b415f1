"""The stream `task_relation_deletes`: relations that were removed, which no query shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from singer_sdk import typing as th

from tap_salesforce_taskwho.errors import (
    DeletesNoLongerKept,
    TapError,
    TooManyDeletedIds,
    UserError,
)
from tap_salesforce_taskwho.errors.state import DELETES_UNREADABLE
from tap_salesforce_taskwho.pagination.page import Page
from tap_salesforce_taskwho.pagination.window import Window
from tap_salesforce_taskwho.salesforce.answers import Cost
from tap_salesforce_taskwho.salesforce.records import Shape, as_dict
from tap_salesforce_taskwho.streams import delete_window
from tap_salesforce_taskwho.streams.bookmark import Bookmark, written
from tap_salesforce_taskwho.streams.journal_entry import outcome_of
from tap_salesforce_taskwho.streams.org_stream import KEY, OrgStream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta

    from singer_sdk import Tap

    from tap_salesforce_taskwho.salesforce.answers import Reply
    from tap_salesforce_taskwho.salesforce.bodies import Deletes
    from tap_salesforce_taskwho.streams.delete_window import DeleteWindow
    from tap_salesforce_taskwho.streams.journal_entry import Outcome
    from tap_salesforce_taskwho.streams.run import Run

DATE = "deletedDate"
_SHAPE = Shape({KEY: str, DATE: str}, (DATE,))


@dataclass(frozen=True, slots=True)
class _Answered:
    """A window and what the org answered; `is_first` where nothing lies before it."""

    window: DeleteWindow
    is_first: bool
    deletes: Deletes
    cost: Cost


class TaskRelationDeletes(OrgStream):
    """TaskRelation's list of deletes, window after window. Its bookmark is what the list covers.

    Salesforce documents the call for TaskRelation, of which TaskWhoRelation is a view, and for
    nothing nearer (object reference, TaskRelation and TaskWhoRelation: supported calls).
    """

    name = "task_relation_deletes"
    sobject = "TaskRelation"
    endpoint = "deleted"
    replication_key = DATE
    schema: ClassVar[dict[str, Any]] = th.PropertiesList(
        th.Property(KEY, th.StringType, required=True, description="the removed relation"),
        th.Property(DATE, th.DateTimeType, description="when it was removed"),
    ).to_dict()

    def __init__(self, tap: Tap, run: Run) -> None:
        super().__init__(tap, run)
        self._calls_in_journal = 0
        self._covered: datetime | None = None

    def get_batch_config(self, config: object) -> None:
        """Write no files: there are few deletes."""

    def sync_records(self) -> None:
        """Write the deletes of every window, then commit it."""
        self._calls_in_journal = self.run.client.usage.run_calls
        for answered in self._answers():
            records = _records_of(answered.deletes)
            for record in records:
                self.emit_record(record)
            self._commit(answered, records)
        if self._new_calls():
            self._add_calls_to_journal("complete")

    def _answers(self) -> Iterator[_Answered]:
        """Fetch the windows; a failure leaves a last entry in the journal."""
        try:
            yield from self._fetch()
        except Exception as error:
            self._add_calls_to_journal(outcome_of(error))
            raise

    def _fetch(self) -> Iterator[_Answered]:
        left, is_first = self._to_read()
        length = left.length
        while left.is_long_enough:
            window = left.first(length)
            try:
                reply = self._ask(window)
            except TooManyDeletedIds as error:
                length = _shorter(window, error)
                continue
            except DeletesNoLongerKept as error:
                left = replace(left, start=self._later_start(window.start, error))
                continue
            yield _Answered(window, is_first, reply.body, reply.cost)
            if reply.body.latest_date_covered < window.end:
                # an open transaction may still add deletes to what follows
                return
            left, is_first = replace(left, start=window.end), False

    def _to_read(self) -> tuple[DeleteWindow, bool]:
        """Give all that is to be read, and whether it begins where the list does."""
        bookmark, now = self.bookmark, self.server_now()
        bookmark.check_org(self.name, self.run.client.org_id)
        if self.mode == "incremental":
            bookmark.check_clock(self.name, now)
            self._covered = bookmark.value
        window = delete_window.deletes_to_read(
            self.run.settings, self.mode, bookmark=bookmark.value, server_now=now
        )
        if not window.is_long_enough:
            self.logger.info("The window is too short to be read; the state stays as it is.")
        return window, self.mode == "full" or (self.mode == "incremental" and not bookmark.value)

    def _ask(self, window: DeleteWindow) -> Reply[Deletes]:
        self.run.stop.check()
        self.run.client.check_quota()
        with self.run.stop.waiting():
            return self.run.client.deleted(self.sobject, window.start, window.end)

    def _later_start(self, refused: datetime, error: TapError) -> datetime:
        """Find where the org's list begins: the answer to any window says so."""
        now = self.server_now()
        try:
            earliest = self._ask(delete_window.probe(now)).body.earliest_date_available
        except (DeletesNoLongerKept, TooManyDeletedIds) as again:
            raise UserError(DELETES_UNREADABLE, error=again) from None
        start = delete_window.later_start(refused, earliest=earliest, server_now=now)
        if start is None:
            raise UserError(DELETES_UNREADABLE, error=error)
        self.logger.info("The org's list of deletes begins at %s.", written(earliest))
        return start

    def _commit(self, answered: _Answered, records: list[dict[str, Any]]) -> None:
        """Put a window behind."""
        start, covered = answered.window.start, answered.deletes.latest_date_covered
        self._warn_of_gap(start)
        if not self.keeps_state:
            # a longer transaction than before must not move the bookmark back
            self._covered = max(covered, self._covered or covered)
        self.commit(
            self._page(answered.cost, records),
            window=Window(None if answered.is_first else start, max(covered, start)),
            outcome="complete",
            bookmark=Bookmark(
                value=self._covered,
                org_id=self.run.client.org_id,
                endpoint=self.endpoint,
                replication_key=DATE,
            ),
        )

    def _warn_of_gap(self, start: datetime) -> None:
        """Say which deletes nobody can list any more: the rows themselves must be compared."""
        if self._covered is not None and start > self._covered:
            self.logger.warning(
                "The last run has read deletes up to %s, and the org's list of them reaches back "
                "to %s only: relations removed between the two stay as they are. Run once with "
                "mode full and let it mark the rows that it does not see (`taskwho sync --mode "
                "full --sweep`).",
                *(written(self._covered), written(start)),
            )

    def _add_calls_to_journal(self, outcome: Outcome) -> None:
        """Write a journal entry for calls that brought no deletes."""
        self.add_to_journal(self._page(Cost()), window=None, outcome=outcome)

    def _page(self, cost: Cost, records: Sequence[dict[str, Any]] = ()) -> Page:
        """Give the page of a journal entry, with all calls since the last one."""
        usage, attempts = self.run.client.usage, self._new_calls()
        self._calls_in_journal += attempts
        cost = replace(cost, attempts=attempts, api_used=usage.used, api_max=usage.maximum)
        return Page(records=records, cost=cost)

    def _new_calls(self) -> int:
        return self.run.client.usage.run_calls - self._calls_in_journal


def _records_of(deletes: Deletes) -> list[dict[str, Any]]:
    """Give the deletes in the order of their dates, so that a relation's last one wins."""
    found = (gone if isinstance(gone, dict) else {} for gone in deletes.records)
    named = [{KEY: gone.get("id"), DATE: gone.get(DATE)} for gone in found]
    records = map(as_dict, _SHAPE.loadable(named))
    return sorted(records, key=lambda record: str(record[DATE]))


def _shorter(window: DeleteWindow, error: TooManyDeletedIds) -> timedelta:
    half = window.half_length()
    if half is None:
        raise UserError(DELETES_UNREADABLE, error=error)
    return half
