"""The stream `sync_batches`: a record per page fetched, so that a report can say what was read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from singer_sdk import Stream
from singer_sdk import typing as th
from singer_sdk.helpers.conform import TypeConformanceLevel

from tap_salesforce_taskwho.errors import QuotaReached
from tap_salesforce_taskwho.streams.state import WindowState, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tap_salesforce_taskwho.pagination.pages import Fetched
    from tap_salesforce_taskwho.pagination.window import Window
    from tap_salesforce_taskwho.streams.org_stream import OrgStream
    from tap_salesforce_taskwho.tap import TapSalesforceTaskWho

Outcome = Literal["complete", "limit", "quota", "failed"]


def outcome_of(error: Exception) -> Outcome:
    """Give the outcome of what an error ends."""
    return "quota" if isinstance(error, QuotaReached) else "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One page: where it lies in which window, what it cost; on a stream's last one how it ended.

    Times are ISO 8601 in UTC, `duration_ms` counts every attempt, `after_id` is the cursor that
    the page was asked with, `counted` how many rows the org said the window has. On an entry with
    an outcome, `attempts` counts the calls too that were for no page: counts, and looks ahead.
    """

    run_id: str
    stream: str
    batch: int
    mode: str
    window_from: str | None
    window_to: str | None
    after_id: str | None
    first_id: str | None
    last_id: str | None
    endpoint: str
    resumed: bool
    org_id: str | None
    records: int
    attempts: int
    duration_ms: int
    api_used: int | None
    api_max: int | None
    fetched_at: str
    counted: int | None
    outcome: Outcome | None


class SyncBatches(Stream):
    """The tap's journal: written by the other streams while they read."""

    name = "sync_batches"
    selected_by_default = False
    primary_keys = ("run_id", "stream", "batch")
    TYPE_CONFORMANCE_LEVEL = TypeConformanceLevel.NONE
    schema: ClassVar[dict[str, Any]] = th.PropertiesList(
        th.Property("run_id", th.StringType, required=True, description="the run"),
        th.Property("stream", th.StringType, required=True, description="the stream read"),
        th.Property("batch", th.IntegerType, required=True, description="1, 2, … in a run"),
        th.Property("mode", th.StringType, description="the run's mode"),
        th.Property("window_from", th.DateTimeType, description="null: from the beginning"),
        th.Property("window_to", th.DateTimeType, description="the end of the window"),
        th.Property("after_id", th.StringType, description="the cursor asked with"),
        th.Property("first_id", th.StringType, description="the page's first Id"),
        th.Property("last_id", th.StringType, description="the page's last Id"),
        th.Property("endpoint", th.StringType, description="queryAll, query or deleted"),
        th.Property("resumed", th.BooleanType, description="the window was open before"),
        th.Property("org_id", th.StringType, description="the org's Id"),
        th.Property("records", th.IntegerType, description="records in the page"),
        th.Property("attempts", th.IntegerType, description="API calls that it took"),
        th.Property("duration_ms", th.IntegerType, description="milliseconds that it took"),
        th.Property("api_used", th.IntegerType, description="the org's API calls of the day"),
        th.Property("api_max", th.IntegerType, description="the org's daily limit"),
        th.Property("fetched_at", th.DateTimeType, description="when it came"),
        th.Property("counted", th.IntegerType, description="the window's rows, by COUNT()"),
        th.Property(
            "outcome",
            th.StringType,
            description="on a window's last entry: complete, limit, quota or failed",
        ),
    ).to_dict()

    _announced = False
    _told = 0

    @property
    def state_manager(self) -> WindowState:
        """The manager under which no entry of a state comes into being by itself."""
        return WindowState(tap_name=self.tap_name, stream_name=self.name, tap_state=self._tap_state)

    def add(self, entry: JournalEntry) -> None:
        """Emit an entry, where the journal is selected."""
        if entry.outcome is not None:
            made = cast("TapSalesforceTaskWho", self._tap).client.usage.run_calls
            entry = replace(entry, attempts=max(entry.attempts, made - self._told))
        self._told += entry.attempts
        if self.selected:
            self._write_schema_message()
            self._write_record_message(asdict(entry))

    def add_page(
        self,
        stream: OrgStream,
        page: Fetched,
        *,
        window: Window | None,
        outcome: Outcome | None,
        counted: int | None = None,
    ) -> None:
        """Emit the entry of a page, or of what came instead of one."""
        tap, stream.batch = stream.tap, stream.batch + 1
        self.add(
            JournalEntry(
                run_id=tap.run_id,
                stream=stream.name,
                batch=stream.batch,
                mode=stream.mode,
                window_from=written(window.start) if window else None,
                window_to=written(window.end) if window else None,
                after_id=window.after_id if window else None,
                first_id=page.first_id,
                last_id=page.last_id,
                endpoint=stream.endpoint,
                resumed=window.resumed if window else False,
                org_id=tap.client.org_id,
                records=len(page.records),
                attempts=page.attempts,
                duration_ms=page.duration_ms,
                api_used=page.api_used,
                api_max=page.api_max,
                fetched_at=page.fetched_at.isoformat(timespec="milliseconds"),
                counted=counted,
                outcome=outcome,
            )
        )

    def get_batch_config(self, config: object) -> None:
        """Write no files: an entry belongs between a page's records and its STATE."""

    def get_records(self, context: object) -> Iterable[dict[str, Any]]:  # noqa: ARG002
        """Give nothing: when this stream's own turn comes, others may not have been read yet."""
        return ()

    def _write_schema_message(self) -> None:
        """Announce the stream once: at its own turn, or before its first record if that is sooner.

        The SDK reads streams in the order of their names, and contacts comes first.
        """
        if not self._announced:
            self._announced = True
            super()._write_schema_message()

    def _write_state_message(self) -> None:
        """Write none: the journal has no state."""
