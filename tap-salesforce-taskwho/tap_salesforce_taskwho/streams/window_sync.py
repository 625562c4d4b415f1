"""Reads one window of one stream: estimate, pages, and after each page its journal and state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import (
    QueryAllRefused,
    QueryTimeout,
    QuotaReached,
    Stopped,
    TapError,
)
from tap_salesforce_taskwho.pagination.opening import CountedSource
from tap_salesforce_taskwho.pagination.pages import Fetched, Scan
from tap_salesforce_taskwho.pagination.parallel_reader import PageSource
from tap_salesforce_taskwho.salesforce import soql
from tap_salesforce_taskwho.streams.journal import outcome_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tap_salesforce_taskwho.pagination.window import Window
    from tap_salesforce_taskwho.streams.journal import Outcome
    from tap_salesforce_taskwho.streams.object_stream import SalesforceStream

# What pages side by side may cost beyond those of one after the other (design 4.3, point 6).
CALLS_A_THREAD = 3
CALLS_BESIDE = 5


class WindowReader:
    """One window on its way; `pages` can be used once."""

    def __init__(self, stream: SalesforceStream, window: Window) -> None:
        self.stream = stream
        self.window = window
        self.bookmark = stream.state_manager.read()
        self.after_id = window.after_id
        self.left = stream.limit
        self.counted: int | None = None

    def pages(self) -> Iterator[Fetched]:
        """Give every page. Asking for the next one says that its records have been written."""
        for fetched in self._fetched():
            yield fetched
            self._written(fetched)

    def _fetched(self) -> Iterator[Fetched]:
        """Fetch pages; what ends the run in here leaves a last entry in the journal."""
        try:
            self.stream.tap.check_may_go_on()
            source = self._opened()
            if not self.stream.keeps_state and self.stream.mode == "incremental":
                self.bookmark.check_endpoint(self.stream.name, self.stream.endpoint)
        except Exception as error:
            self._add_to_journal(Fetched.nothing(), outcome_of(error), self.after_id)
            raise
        while True:
            try:
                fetched = next(source, None)
            except Exception as error:
                self._add_to_journal(Fetched.nothing(), outcome_of(error), self.after_id)
                raise
            if fetched is None:
                return
            yield fetched

    def _opened(self) -> Iterator[Fetched]:
        """Give the pages, counted; without deleted rows where the org refuses queryAll."""
        opened = self._open_side_by_side if self._may_be_large() else self._open_one_by_one
        try:
            return opened()
        except QueryAllRefused:
            if self.stream.endpoint == "query":
                raise
            self.stream.do_without_deleted()
            return opened()

    def _may_be_large(self) -> bool:
        """Whether a window goes back to the beginning: a few changed rows are counted first."""
        stream = self.stream
        return (
            self.window.start is None
            and stream.limit is None
            and stream.tap.settings.concurrency > 1
        )

    def _open_one_by_one(self) -> Iterator[Fetched]:
        """Count, then read."""
        tap = self.stream.tap
        try:
            with tap.waiting():
                self.counted = self._count()
        except QueryTimeout:
            self.counted = None
        self._announce(self.counted, self._calls_for(self.counted))
        tap.check_may_go_on()
        threads = tap.settings.concurrency if self._has_calls_to_spare(self.counted) else 1
        source = PageSource(
            self._scan(),
            threads=threads,
            counted=self.counted,
            check=tap.check_not_stopped,
            spend=tap.client.check_planned,
        )
        return source.pages()

    def _open_side_by_side(self) -> Iterator[Fetched]:
        """Count while the first pages are read."""
        tap = self.stream.tap
        source = CountedSource(
            self._scan(),
            threads=tap.settings.concurrency,
            counted=None,
            check=tap.check_not_stopped,
            spend=tap.client.check_planned,
        )
        self.counted = source.open(self._count)
        left = source.rows_left
        self._announce(self.counted, 0 if source.has_everything else self._calls_for(left))
        if not self._has_calls_to_spare(left):
            source.go_slowly()
        return source.pages()

    def _scan(self) -> Scan:
        stream = self.stream
        return Scan(
            client=stream.tap.client,
            sobject=stream.sobject,
            shape=stream.shape,
            endpoint=stream.endpoint,
            window=self.window,
            page_size=stream.tap.settings.page_size,
            limit=stream.limit,
        )

    def _count(self) -> int:
        """Ask how many rows there are; no matter on which thread."""
        query = soql.count(
            self.stream.sobject,
            modstamp_from=self.window.modstamp_from,
            modstamp_to=self.window.modstamp_to,
            after_id=self.window.after_id,
        )
        return self.stream.tap.client.count(query, endpoint=self.stream.endpoint)

    def _announce(self, counted: int | None, calls: int) -> None:
        """Say before the first page how much there is, and whether the quota will not do."""
        stream = self.stream
        if counted is None:
            stream.logger.info("The org takes too long to count the rows; going on without.")
            return
        stream.logger.info("%s rows to read.", f"{counted:,}")
        try:
            stream.tap.client.check_planned(calls)
        except QuotaReached as reason:
            stream.logger.warning(
                "About %s API calls are needed, and the quota will stop this run before: %s",
                f"{calls:,}",
                reason,
            )

    def _calls_for(self, rows: int | None) -> int:
        """How many pages it takes, the one that shows the end among them."""
        size, limit = self.stream.tap.settings.page_size, self.stream.limit
        if rows is None:
            return 1
        if limit is not None and limit <= rows:
            return -(-limit // size)
        return rows // size + 1

    def _has_calls_to_spare(self, rows: int | None) -> bool:
        """Whether the few calls more that pages side by side take are there."""
        if rows is None:
            return True
        threads = self.stream.tap.settings.concurrency
        try:
            self.stream.tap.client.check_planned(
                self._calls_for(rows) + CALLS_A_THREAD * threads + CALLS_BESIDE
            )
        except QuotaReached:
            return False
        return True

    def _written(self, fetched: Fetched) -> None:
        """Put a page behind: journal first, then the state that says so."""
        after_id, self.after_id = self.after_id, fetched.last_id or self.after_id
        if self.left is not None:
            self.left -= len(fetched.records)
        outcome, reason = self._goes_on(fetched)
        self._add_to_journal(fetched, outcome, after_id)
        if not self.stream.keeps_state:
            self._move_state(complete=outcome == "complete")
        self.stream.write_state()
        if reason is not None:
            raise reason

    def _goes_on(self, fetched: Fetched) -> tuple[Outcome | None, TapError | None]:
        if fetched.ends:
            return "complete", None
        if self.left is not None and self.left <= 0:
            return "limit", None
        try:
            self.stream.tap.check_not_stopped()
        except Stopped as reason:
            return outcome_of(reason), reason
        return None, None

    def _move_state(self, *, complete: bool) -> None:
        window = self.window.read_up_to(self.after_id)
        stream = self.stream
        moved = self.bookmark.reading(
            window, org_id=stream.tap.client.org_id, endpoint=stream.endpoint
        )
        if complete:
            end = window.end
            if stream.mode != "full" and moved.value is not None:
                # a longer lag than before must not take the bookmark back
                end = max(end, moved.value)
            moved = moved.complete(end)
        stream.state_manager.write(moved)

    def _add_to_journal(
        self, fetched: Fetched, outcome: Outcome | None, after_id: str | None
    ) -> None:
        asked = replace(self.window, after_id=after_id)
        self.stream.tap.journal.add_page(
            self.stream, fetched, window=asked, outcome=outcome, counted=self.counted
        )
