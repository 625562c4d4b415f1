"""Reads one window of one stream: estimate, pages, and after each page its journal and state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tap_salesforce_taskwho import soql
from tap_salesforce_taskwho.errors import (
    QueryAllRefused,
    QueryTimeout,
    QuotaReached,
    Stopped,
    TapError,
)
from tap_salesforce_taskwho.journal import outcome_of
from tap_salesforce_taskwho.pages import Fetched, Scan
from tap_salesforce_taskwho.source import PageSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tap_salesforce_taskwho.journal import Outcome
    from tap_salesforce_taskwho.stream import SalesforceStream
    from tap_salesforce_taskwho.window import Window

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
            self.counted = self._estimate()
            self.stream.tap.check_may_go_on()
            if not self.stream.keeps_state and self.stream.mode == "incremental":
                self.bookmark.check_endpoint(self.stream.name, self.stream.endpoint)
            source = self._source()
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

    def _source(self) -> Iterator[Fetched]:
        stream = self.stream
        scan = Scan(
            client=stream.tap.client,
            sobject=stream.sobject,
            shape=stream.shape,
            endpoint=stream.endpoint,
            window=self.window,
            page_size=stream.tap.settings.page_size,
            limit=stream.limit,
        )
        return PageSource(
            scan,
            threads=stream.tap.settings.concurrency if self._has_calls_to_spare() else 1,
            counted=self.counted,
            check=stream.tap.check_not_stopped,
            spend=stream.tap.client.check_planned,
        ).pages()

    def _estimate(self) -> int | None:
        """Ask how many rows there are; a run that the quota will stop is announced before."""
        stream = self.stream
        query = soql.count(
            stream.sobject,
            modstamp_from=self.window.modstamp_from,
            modstamp_to=self.window.modstamp_to,
            after_id=self.window.after_id,
        )
        try:
            try:
                counted = self._count(query)
            except QueryAllRefused:
                if stream.endpoint == "query":
                    raise
                stream.do_without_deleted()
                counted = self._count(query)
        except QueryTimeout:
            stream.logger.info("The org takes too long to count the rows; going on without.")
            return None
        stream.logger.info("%s rows to read.", f"{counted:,}")
        self._announce_quota(counted)
        return counted

    def _count(self, query: str) -> int:
        with self.stream.tap.waiting():
            return self.stream.tap.client.count(query, endpoint=self.stream.endpoint)

    def _announce_quota(self, counted: int) -> None:
        """Say before the first page that the quota will not do; every page counts all the same."""
        stream, calls = self.stream, self._calls_for(counted)
        try:
            stream.tap.client.check_planned(calls)
        except QuotaReached as reason:
            stream.logger.warning(
                "About %s API calls are needed, and the quota will stop this run before: %s",
                f"{calls:,}",
                reason,
            )

    def _calls_for(self, counted: int) -> int:
        """How many pages it takes, the one that shows the end among them."""
        size, limit = self.stream.tap.settings.page_size, self.stream.limit
        if limit is not None and limit <= counted:
            return -(-limit // size)
        return counted // size + 1

    def _has_calls_to_spare(self) -> bool:
        """Whether the few calls more that pages side by side take are there."""
        if self.counted is None:
            return True
        threads = self.stream.tap.settings.concurrency
        try:
            self.stream.tap.client.check_planned(
                self._calls_for(self.counted) + CALLS_A_THREAD * threads + CALLS_BESIDE
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
