"""The stream `task_relation_deletes`: relations that were removed, which no query shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from singer_sdk import typing as th

from tap_salesforce_taskwho.errors import DeletesNoLongerKept, TooManyDeletedIds, UserError
from tap_salesforce_taskwho.pagination.pages import Fetched
from tap_salesforce_taskwho.pagination.window import Window
from tap_salesforce_taskwho.salesforce.records import Shape, as_dict
from tap_salesforce_taskwho.streams import delete_window
from tap_salesforce_taskwho.streams.journal import outcome_of
from tap_salesforce_taskwho.streams.org_stream import KEY, OrgStream
from tap_salesforce_taskwho.streams.state import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta

    from singer_sdk.helpers.types import Context

    from tap_salesforce_taskwho.salesforce.answers import Deleted
    from tap_salesforce_taskwho.streams.delete_window import DeleteWindow
    from tap_salesforce_taskwho.streams.journal import Outcome
    from tap_salesforce_taskwho.tap import TapSalesforceTaskWho

DATE = "deletedDate"
_SHAPE = Shape({KEY: str, DATE: str}, (DATE,))


class TaskRelationDeletes(OrgStream):
    """TaskRelation's list of deletes, window after window; the state is what it covers.

    The call is documented for TaskRelation, of which TaskWhoRelation is a view, and for nothing
    nearer (object reference, TaskRelation and TaskWhoRelation: supported calls).
    """

    name = "task_relation_deletes"
    sobject = "TaskRelation"
    replication_key = DATE
    schema: ClassVar[dict[str, Any]] = th.PropertiesList(
        th.Property(KEY, th.StringType, required=True, description="the relation removed"),
        th.Property(DATE, th.DateTimeType, description="when it was"),
    ).to_dict()

    def __init__(self, tap: TapSalesforceTaskWho) -> None:
        super().__init__(tap)
        self._calls_told = 0
        self._covered: datetime | None = None

    @property
    def endpoint(self) -> str:
        """The one call that tells of deletes."""
        return "deleted"

    def get_batch_config(self, config: object) -> None:
        """Write no files: there are few deletes."""

    def get_records(self, context: Context | None) -> Iterator[dict[str, Any]]:  # noqa: ARG002 -- the SDK's
        """Give every delete. Asking for the one after a window's last says that all are written."""
        self._calls_told = self._tap.client.usage.run_calls
        try:
            yield from self._records()
        except Exception as error:
            self._tell(None, outcome_of(error))
            raise
        if self._calls_untold():
            self._tell(None, "complete")

    def _records(self) -> Iterator[dict[str, Any]]:
        left, begins = self._asked_for()
        length = left.length
        while left.is_long_enough:
            window = left.first(length)
            try:
                answer = self._ask(window)
            except TooManyDeletedIds as error:
                length = _shorter(window, error)
                continue
            except DeletesNoLongerKept as error:
                left = replace(left, start=self._later_start(window.start, error))
                continue
            records = _records_of(answer)
            yield from records
            self._written(records, answer, window, begins=begins)
            if answer.latest_date_covered < window.end:
                # a transaction that is open may yet add deletes of after this
                return
            left, begins = replace(left, start=window.end), False

    def _asked_for(self) -> tuple[DeleteWindow, bool]:
        """Give all that is to be read, and whether it goes back as far as the list does."""
        client, bookmark = self._tap.client, self.state_manager.read()
        now = self.server_now()
        bookmark.check_org(self.name, client.org_id)
        if self.mode == "incremental":
            bookmark.check_clock(self.name, now)
            self._covered = bookmark.value
        asked = delete_window.asked_for(
            self._tap.settings, self.mode, bookmark=bookmark.value, server_now=now
        )
        if not asked.is_long_enough:
            self.logger.info("The window is too short to be asked for; the state stays as it is.")
        return asked, self.mode == "full" or (self.mode == "incremental" and not bookmark.value)

    def _ask(self, window: DeleteWindow) -> Deleted:
        self._tap.check_may_go_on()
        with self._tap.waiting():
            return self._tap.client.deleted(self.sobject, window.start, window.end)

    def _later_start(self, refused: datetime, error: DeletesNoLongerKept) -> datetime:
        """Find where the org's list begins: an answer to any window tells."""
        now = self.server_now()
        try:
            earliest = self._ask(delete_window.recent(now)).earliest_date_available
        except (DeletesNoLongerKept, TooManyDeletedIds) as again:
            raise _no_way(again) from None
        start = delete_window.later_start(refused, earliest=earliest, server_now=now)
        if start is None:
            raise _no_way(error)
        self.logger.info("The org's list of deletes begins at %s.", written(earliest))
        return start

    def _warn_of_gap(self, start: datetime) -> None:
        """Say which deletes nobody can tell any more; the rows themselves must be compared then."""
        if self._covered is not None and start > self._covered:
            self.logger.warning(
                "The last run has read deletes up to %s, and the org's list of them reaches back "
                "to %s only: relations removed between the two stay as they are. Run once with "
                "mode full, and let it mark what it does not see (`taskwho sync --mode full "
                "--sweep`).",
                *(written(self._covered), written(start)),
            )

    def _written(
        self, records: list[dict[str, Any]], answer: Deleted, window: DeleteWindow, *, begins: bool
    ) -> None:
        """Put a window behind: journal first, then the state that says so."""
        covered = answer.latest_date_covered
        self._warn_of_gap(window.start)
        start = None if begins else window.start
        told = Window(start, max(covered, window.start))
        self._tell(told, "complete", records, answer)
        if not self.keeps_state:
            # a longer transaction than before must not take the bookmark back
            self._covered = max(covered, self._covered or covered)
            moved = replace(
                self.state_manager.read(),
                value=self._covered,
                window=None,
                org_id=self._tap.client.org_id,
                endpoint=self.endpoint,
                replication_key=DATE,
            )
            self.state_manager.write(moved)
        self.write_state()

    def _tell(
        self,
        window: Window | None,
        outcome: Outcome,
        records: list[dict[str, Any]] | None = None,
        answer: Deleted | None = None,
    ) -> None:
        """Write a journal entry, with the calls that were refused on the way to it."""
        usage = self._tap.client.usage
        page = Fetched.nothing(attempts=self._calls_untold())
        if answer is not None:
            page = replace(page, duration_ms=answer.duration_ms, fetched_at=answer.fetched_at)
        page = replace(page, records=records or [], api_used=usage.used, api_max=usage.maximum)
        self._calls_told = usage.run_calls
        self._tap.journal.add_page(self, page, window=window, outcome=outcome)

    def _calls_untold(self) -> int:
        return self._tap.client.usage.run_calls - self._calls_told


def _records_of(answer: Deleted) -> list[dict[str, Any]]:
    """Give the deletes in the order of their dates, so that a relation's last one wins."""
    found = (gone if isinstance(gone, dict) else {} for gone in answer.records)
    named = ({KEY: gone.get("id"), DATE: gone.get(DATE)} for gone in found)
    records = map(as_dict, _SHAPE.loadable(list(named)))
    return sorted(records, key=lambda record: str(record[DATE]))


def _shorter(window: DeleteWindow, error: TooManyDeletedIds) -> timedelta:
    half = window.half_length()
    if half is None:
        raise _no_way(error)
    return half


def _no_way(error: Exception) -> UserError:
    return UserError(
        f"{error} The list of deletes cannot be read, and no other window would do. Deselect "
        "task_relation_deletes, and find what was removed by a run with mode full that marks what "
        "it does not see (`taskwho sync --mode full --sweep`). Select it again after 30 days."
    )
