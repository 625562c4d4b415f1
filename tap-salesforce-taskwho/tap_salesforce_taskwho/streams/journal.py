"""The stream `sync_batches`: an entry for every page, so that a report can say what was read."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar

from singer_sdk import typing as th

from tap_salesforce_taskwho.output.singer_internals import SingerStream
from tap_salesforce_taskwho.streams.journal_entry import JournalEntry

if TYPE_CHECKING:
    from singer_sdk import Tap

    from tap_salesforce_taskwho.streams.run import Run

KEYS = ("run_id", "stream", "batch")


class SyncBatches(SingerStream):
    """The tap's journal. The other streams write it while they are read."""

    name = "sync_batches"
    primary_keys = KEYS
    schema: ClassVar[dict[str, Any]] = th.PropertiesList(
        *(
            th.Property(
                part.name,
                part.metadata["kind"],
                required=part.name in KEYS,
                description=part.metadata["description"],
            )
            for part in fields(JournalEntry)
        )
    ).to_dict()

    def __init__(self, tap: Tap, run: Run) -> None:
        super().__init__(tap)
        self.run = run
        self._is_announced = False
        self._calls_in_journal = 0

    def add(self, entry: JournalEntry) -> None:
        """Write an entry, where the journal is selected."""
        if entry.outcome is not None:
            usage = self.run.client.usage
            calls = usage.run_calls - self._calls_in_journal
            entry = replace(entry, attempts=max(entry.attempts, calls))
            if entry.api_used is None:
                # an answer that ends a window without a page tells of the calls too
                entry = replace(entry, api_used=usage.used, api_max=usage.maximum)
        self._calls_in_journal += entry.attempts
        if self.selected:
            self.write_schema()
            self.write_record(asdict(entry))

    def get_batch_config(self, config: object) -> None:
        """Write no files: an entry belongs between a page's records and its STATE."""

    def sync_records(self) -> None:
        """Write nothing: other streams may not have been read yet."""

    def write_schema(self) -> None:
        """Write the schema once: at the stream's own turn, or before its first record.

        The journal's own turn comes last.
        """
        if not self._is_announced:
            self._is_announced = True
            super().write_schema()

    def write_state(self) -> None:
        """Write nothing: the journal has no state."""
