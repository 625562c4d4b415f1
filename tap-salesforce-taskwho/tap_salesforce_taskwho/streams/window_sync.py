"""Reads one window of an object: emits a page, then commits it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import (
    HiddenField,
    ObjectHidden,
    QueryAllRefused,
    QuotaReached,
)
from tap_salesforce_taskwho.pagination.page import Page
from tap_salesforce_taskwho.pagination.parallel_reader import ParallelReader
from tap_salesforce_taskwho.salesforce.answers import Cost
from tap_salesforce_taskwho.streams.hidden_object import why_hidden
from tap_salesforce_taskwho.streams.journal_entry import outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tap_salesforce_taskwho.pagination.scan import Scan
    from tap_salesforce_taskwho.salesforce.records import Shape
    from tap_salesforce_taskwho.streams.bookmark import Bookmark
    from tap_salesforce_taskwho.streams.journal_entry import Outcome
    from tap_salesforce_taskwho.streams.org_stream import OrgStream


class WindowSync:
    """One window on its way; `run` can be called once.

    `leave_out` gives the shape of records without a field that the org hides, or raises.
    """

    def __init__(
        self,
        stream: OrgStream,
        scan: Scan,
        *,
        emit: Callable[[Page], None],
        leave_out: Callable[[HiddenField], Shape],
    ) -> None:
        self.stream = stream
        self.scan = scan
        self.emit = emit
        self.leave_out = leave_out
        self.bookmark = stream.bookmark
        self.after_id = scan.window.after_id
        self.rows_left = scan.limit
        self.counted: int | None = None

    def run(self) -> None:
        """Emit every page, then commit it: the state never speaks of records not yet emitted."""
        for page in self._pages():
            self.emit(page)
            self._commit(page)

    def _pages(self) -> Iterator[Page]:
        """Fetch the pages; a failure leaves a last entry in the journal."""
        try:
            reader = self._open()
            self._announce(reader.calls_left())
            yield from reader.pages()
        except Exception as error:
            self.stream.add_to_journal(
                Page(cost=Cost()),
                window=replace(self.scan.window, after_id=self.after_id),
                outcome=outcome_of(error),
                counted=self.counted,
            )
            raise

    def _open(self) -> ParallelReader:
        """Fetch the first page and count, without what the org refuses to show."""
        stream, run = self.stream, self.stream.run
        run.stop.check()
        run.client.check_quota()
        while True:
            reader = self._reader()
            try:
                self.counted = reader.open()
                break
            except QueryAllRefused:
                self.scan = replace(self.scan, endpoint="query")
            except ObjectHidden as error:
                raise why_hidden(run.client, self.scan.sobject) from error
            except HiddenField as error:
                self.scan = replace(self.scan, shape=self.leave_out(error))
        if self.scan.endpoint != stream.endpoint:
            self._do_without_deleted()
        if not stream.keeps_state and stream.mode == "incremental":
            self.bookmark.check_endpoint(stream.name, stream.endpoint)
        return reader

    def _reader(self) -> ParallelReader:
        run = self.stream.run
        return ParallelReader(
            self.scan,
            threads=run.settings.concurrency,
            check=run.stop.check,
            spend=run.client.check_quota,
        )

    def _do_without_deleted(self) -> None:
        """Read through query from here on, in the windows that follow too."""
        self.stream.endpoint = self.scan.endpoint
        self.stream.logger.warning(
            "The org refuses queryAll for %s: this run does not read soft-deleted and archived "
            "rows. Set include_deleted to false to say that this is meant.",
            self.scan.sobject,
        )

    def _announce(self, calls: int) -> None:
        """Log before the first page how much there is, and whether the quota is enough."""
        logger = self.stream.logger
        if self.counted is None:
            logger.info("The org takes too long to count the rows. The tap reads on without it.")
            return
        fields = {"rows_to_read": self.counted}
        logger.info("%s rows to read.", f"{self.counted:,}", extra=fields)
        if calls == 0:
            return
        try:
            self.stream.run.client.check_quota(calls)
        except QuotaReached as reason:
            logger.warning(
                "About %s API calls are needed, and the quota will stop this run before: %s",
                f"{calls:,}",
                reason,
            )

    def _commit(self, page: Page) -> None:
        """Put a page behind; raises Stopped after it where somebody asked for it."""
        requested = replace(self.scan.window, after_id=self.after_id)
        self.after_id = page.last_id or self.after_id
        if self.rows_left is not None:
            self.rows_left -= len(page.records)
        outcome = self._outcome(page)
        self.stream.commit(
            page,
            window=requested,
            outcome=outcome,
            counted=self.counted,
            bookmark=self._moved(is_complete=outcome == "complete"),
        )
        if outcome == "failed":
            self.stream.run.stop.check()

    def _outcome(self, page: Page) -> Outcome | None:
        if page.is_last:
            # a run that is cut leaves the bookmark alone, however many rows there were
            return "limit" if self.stream.is_cut else "complete"
        if self.rows_left is not None and self.rows_left <= 0:
            return "limit"
        return "failed" if self.stream.run.stop.is_asked else None

    def _moved(self, *, is_complete: bool) -> Bookmark:
        """Give the entry of the state after a page."""
        stream = self.stream
        moved = self.bookmark.opened(
            self.scan.window.read_up_to(self.after_id),
            org_id=stream.run.client.org_id,
            endpoint=stream.endpoint,
        )
        if not is_complete:
            return moved
        end = self.scan.window.end
        if stream.mode != "full" and moved.value is not None:
            # a longer lag than before must not move the bookmark back
            end = max(end, moved.value)
        return moved.completed(end)
