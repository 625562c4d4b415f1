"""The loader: the stock target-postgres that commits before it passes a STATE on."""

from __future__ import annotations

import sys
import time
from typing import Any

from target_postgres_taskwho.batch_files import local_paths
from target_postgres_taskwho.database_url import with_database
from target_postgres_taskwho.errors import OUTPUT_NOT_WRITTEN, LoadError
from target_postgres_taskwho.message_reader import MessageReader
from target_postgres_taskwho.run_folders import RunFolders
from target_postgres_taskwho.sink import TaskWhoSink
from target_postgres_taskwho.stock import StockTarget

# A STATE costs Meltano 13 ms (measured); a kill repeats what followed the last one.
SECONDS_BETWEEN_STATES = 1.0
STOPPED = 130  # of the exit codes


class TargetPostgresTaskWho(StockTarget):
    """Loads Singer streams; every row before a STATE that it passes on is committed."""

    package_name = "target-postgres-taskwho"
    default_sink_class = TaskWhoSink
    message_reader_class = MessageReader

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- the stock target's options
        self._last_state: dict[str, Any] | None = None
        self._last_state_at = float("-inf")
        self._run_folders = RunFolders()
        super().__init__(**options)

    def complete_config(self, config: dict[str, Any]) -> dict[str, Any]:
        """Add the database, before the stock target asserts that there is one."""
        return with_database(config)

    def process_batch(self, message: dict[str, Any]) -> None:
        """Load the files of a BATCH message, and delete them after the commit."""
        # records of the stream that came before the files are older: they land before them
        self.drain_records(message["stream"])
        files = [] if self.config.get("batch_config") else local_paths(message["manifest"])
        self._run_folders.hold(files)
        super().process_batch(message)
        self._run_folders.delete(files)

    def process_state(self, message: dict[str, Any]) -> None:
        """Take a STATE; commit, and pass it on, if the last one was a second ago."""
        super().process_state(message)
        if time.monotonic() - self._last_state_at >= SECONDS_BETWEEN_STATES:
            self.drain_all()

    def write_state(self, state: dict[str, Any]) -> None:
        """Pass a STATE on, if it is another one than the last."""
        if state != self._last_state:
            try:
                super().write_state(state)
            except (OSError, AttributeError) as error:  # AttributeError: there is no output at all
                reason = getattr(error, "strerror", None) or "it is closed"
                raise LoadError(OUTPUT_NOT_WRITTEN, reason=reason) from None
            self._last_state = state
        self._last_state_at = time.monotonic()

    def terminate(self, signum: int) -> None:
        """End the input; the stock target would drain inside the signal, amid a transaction."""
        # a signal may come before there is a reader
        if not hasattr(self, "message_reader"):
            sys.exit(STOPPED)
        self.logger.info("Signal %d: the loader loads what it has read, then stops.", signum)
        self.message_reader.stop()

    def process_endofpipe(self) -> None:
        """Drain, commit and pass the last STATE on; exit 130 after a signal."""
        super().process_endofpipe()
        self._run_folders.close()
        if self.message_reader.stopped:
            sys.exit(STOPPED)
