"""What all streams that read the org share: the run's mode, its clock, a state of their own."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from singer_sdk import Stream
from singer_sdk.helpers.conform import TypeConformanceLevel

from tap_salesforce_taskwho.pagination import window
from tap_salesforce_taskwho.streams.state import WindowState

if TYPE_CHECKING:
    from datetime import datetime

    from singer_sdk import metrics
    from singer_sdk.helpers.types import Context

    from tap_salesforce_taskwho.config.settings import Mode
    from tap_salesforce_taskwho.tap import TapSalesforceTaskWho

KEY = "Id"
# how often a run says how many records it has read; the SDK's minute is too long to look at
PROGRESS_SECONDS = 2.0


class OrgStream(Stream):
    """A stream whose state is moved by whole answers of the org, and by nothing else."""

    selected_by_default = False
    primary_keys = (KEY,)
    TYPE_CONFORMANCE_LEVEL = TypeConformanceLevel.NONE
    # the last entry's number in the journal
    batch = 0
    _tap: TapSalesforceTaskWho
    _state_manager: WindowState | None

    @property
    @abstractmethod
    def endpoint(self) -> str:
        """What the org is asked through."""

    @property
    def tap(self) -> TapSalesforceTaskWho:
        """The tap, which has the client, the journal and the settings."""
        return self._tap

    @property
    def mode(self) -> Mode:
        """The run's mode; a catalog that says FULL_TABLE makes every incremental run a full one."""
        mode = self._tap.settings.mode
        return "full" if mode == "incremental" and self.replication_method == "FULL_TABLE" else mode

    @property
    def limit(self) -> int | None:
        """How many rows this run reads at most."""
        return None

    @property
    def keeps_state(self) -> bool:
        """Whether this run neither uses nor changes the state."""
        return window.keeps_state(self.mode, self.limit)

    @property
    def partitions(self) -> None:
        """None: one window after the other is read, whatever a state says of partitions."""

    @property
    def state_manager(self) -> WindowState:
        """The manager that lets whole pages and windows alone move the state."""
        if self._state_manager is None:
            self._state_manager = WindowState(
                tap_name=self.tap_name, stream_name=self.name, tap_state=self._tap_state
            )
        return self._state_manager

    def write_state(self) -> None:
        """Emit a STATE, unless the last one said the same."""
        self.state_manager.is_flushed = False
        self._write_state_message()

    def get_replication_key_signpost(self, context: Context | None = None) -> None:
        """Give none: the SDK's is this machine's clock."""

    def get_record_counter(
        self, *, endpoint: str | None = None, log_interval: float = PROGRESS_SECONDS
    ) -> metrics.Counter:
        """Count records, and log the count often enough to be watched."""
        return super().get_record_counter(endpoint=endpoint, log_interval=log_interval)

    def server_now(self) -> datetime:
        """Ask for the time by the org's clock."""
        with self._tap.waiting():
            return self._tap.client.server_now()
