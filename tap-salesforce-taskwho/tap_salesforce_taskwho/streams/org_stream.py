"""What all streams that read the org share: mode, clock, and a state that one method moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.output.singer_internals import SingerStream
from tap_salesforce_taskwho.pagination import window
from tap_salesforce_taskwho.streams.bookmark import Bookmark, written
from tap_salesforce_taskwho.streams.journal_entry import JournalEntry

if TYPE_CHECKING:
    from datetime import datetime

    from singer_sdk import Tap

    from tap_salesforce_taskwho.config.settings import Mode
    from tap_salesforce_taskwho.errors import TapError
    from tap_salesforce_taskwho.pagination.page import Page
    from tap_salesforce_taskwho.pagination.window import Window
    from tap_salesforce_taskwho.streams.journal_entry import Outcome
    from tap_salesforce_taskwho.streams.run import Run

KEY = "Id"


class OrgStream(SingerStream):
    """A stream whose state moves by whole answers of the org."""

    primary_keys = (KEY,)
    # what the org is asked through, as state and journal name it
    endpoint: str

    def __init__(self, tap: Tap, run: Run, **kwargs: Any) -> None:  # noqa: ANN401 -- the SDK's
        super().__init__(tap, **kwargs)
        self.run = run
        self._batch = 0

    @property
    def mode(self) -> Mode:
        """The run's mode; a catalog that says FULL_TABLE makes every incremental run a full one."""
        mode = self.run.settings.mode
        return "full" if mode == "incremental" and self.replication_method == "FULL_TABLE" else mode

    @property
    def is_cut(self) -> bool:
        """Whether this run reads only some of the rows, by a limit or a range of Ids."""
        return False

    @property
    def keeps_state(self) -> bool:
        """Whether this run neither uses nor changes the state."""
        return window.keeps_state(self.mode, is_cut=self.is_cut)

    @property
    def bookmark(self) -> Bookmark:
        """The stream's entry in the state; raises UserError where it cannot be one."""
        entry = self.tap_state.get("bookmarks", {}).get(self.name) or {}
        return Bookmark.from_state(self.name, entry)

    def on_failure(self, error: TapError) -> None:
        """Let the other streams be read; raises an error that none can do without."""
        self.run.failures.add(self.name, error)

    def log_sync_costs(self) -> None:
        """Raise what failed: the SDK calls this when all streams have been read."""
        self.run.failures.raise_worst()

    def commit(
        self,
        page: Page,
        *,
        window: Window | None,
        outcome: Outcome | None,
        counted: int | None = None,
        bookmark: Bookmark | None = None,
    ) -> None:
        """Put a page behind: its journal entry, then the STATE. Nothing else moves the state.

        Without a `bookmark` the state stays as it is.
        """
        self.add_to_journal(page, window=window, outcome=outcome, counted=counted)
        if bookmark is not None and not self.keeps_state:
            self.tap_state.setdefault("bookmarks", {})[self.name] = bookmark.to_state()
        self.write_state()

    def add_to_journal(
        self,
        page: Page,
        *,
        window: Window | None,
        outcome: Outcome | None,
        counted: int | None = None,
    ) -> None:
        """Write the journal entry of a page, or of what came instead of one."""
        self._batch += 1
        left_out, self.records_left_out = self.records_left_out, 0
        self.call_counter.increment(self.run.client.new_calls())
        self.run.journal.add(
            JournalEntry(
                run_id=self.run.run_id,
                stream=self.name,
                batch=self._batch,
                mode=self.mode,
                window_from=written(window.start) if window else None,
                window_to=written(window.end) if window else None,
                after_id=window.after_id if window else None,
                first_id=page.first_id,
                last_id=page.last_id,
                endpoint=self.endpoint,
                resumed=window.resumed if window else False,
                org_id=self.run.client.org_id,
                records=len(page.records) - left_out,
                attempts=page.cost.attempts,
                duration_ms=page.cost.duration_ms,
                api_used=page.cost.api_used,
                api_max=page.cost.api_max,
                fetched_at=page.cost.fetched_at.isoformat(timespec="milliseconds"),
                counted=counted,
                outcome=outcome,
                bookmark=written(self.bookmark.value),
                org_time=written(page.cost.org_time),
            )
        )

    def server_now(self) -> datetime:
        """Ask for the time by the org's clock."""
        with self.run.stop.waiting():
            return self.run.client.server_now()
