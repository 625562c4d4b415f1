"""What the streams of one run share, and all that they know of the tap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tap_salesforce_taskwho.config.settings import Settings
    from tap_salesforce_taskwho.output.writer import PageWriter
    from tap_salesforce_taskwho.salesforce.client import SalesforceClient
    from tap_salesforce_taskwho.streams.failures import Failures
    from tap_salesforce_taskwho.streams.journal_entry import JournalEntry
    from tap_salesforce_taskwho.streams.stop import Stop


class Journal(Protocol):
    """Where a stream writes an entry for every page."""

    def add(self, entry: JournalEntry) -> None:
        """Write an entry."""


class Run(Protocol):
    """One run of the tap. Settings and client are read when first needed: discovery has none."""

    @property
    def run_id(self) -> str:
        """The run's name in the journal."""

    @property
    def settings(self) -> Settings:
        """The checked settings; raises UserError."""

    @property
    def client(self) -> SalesforceClient:
        """The client that all streams share; it logs in when it is first used."""

    @property
    def writer(self) -> PageWriter:
        """The writer of Singer messages."""

    @property
    def journal(self) -> Journal:
        """The journal."""

    @property
    def failures(self) -> Failures:
        """The streams that failed."""

    @property
    def stop(self) -> Stop:
        """The stop that somebody may ask for."""
