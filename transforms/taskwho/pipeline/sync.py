"""A whole run: prepare, tap and loader, promotion, report; whatever happens in between."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from taskwho.database.connection import connect
from taskwho.database.failures import in_words
from taskwho.model.errors import Busy, Interrupted, TaskwhoError
from taskwho.model.errors.running import STOPPED_BEFORE_THE_END
from taskwho.model.exit_codes import ExitCode
from taskwho.model.outcome import RunOutcome
from taskwho.model.progress import Progress
from taskwho.pipeline.ending.announce import announce_dead
from taskwho.pipeline.load import Load, Loaded
from taskwho.pipeline.pairs import pairs
from taskwho.pipeline.plugins.log import ChildLog, redactor_of
from taskwho.pipeline.plugins.run_folder import RunFolder
from taskwho.pipeline.prepare import make_ready, said_of_lost
from taskwho.pipeline.run_rows import open_run
from taskwho.pipeline.shards import worker
from taskwho.pipeline.sync_lock import alone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from taskwho.model.results.result import RunResult
    from taskwho.model.sync_request import SyncRequest
    from taskwho.pipeline.pairs import Pair
    from taskwho.pipeline.plugins.processes import Children
    from taskwho.pipeline.stop_switch import StopSwitch

logger = logging.getLogger("taskwho")


@dataclass(frozen=True, slots=True)
class Ended:
    """The result of a run, and the code of the problem behind it where a child named one."""

    result: RunResult
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run. `waiting` are the children of its first pair; `tell` gets how far it is."""

    request: SyncRequest
    waiting: Children
    stop: StopSwitch
    tell: Callable[[Progress], None] = lambda _: None
    run_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    def to_the_end(self) -> Ended:
        """Do everything, and report.

        Raises Busy where another run is at work, TaskwhoError with a failed result where the run
        cannot begin or the promotion fails, and Interrupted with a result.
        """
        request = self.request
        found = pairs(request.streams, parents=request.parents)
        names = [pair.state_id(request.environment) for pair in found]
        if request.shard:
            worker.check(request)
            names = [worker.lock_name(request)]
        loaded = Loaded()
        try:
            self.tell(Progress("prepare"))
            with in_words(), alone(request.database_url, [*names, self.run_id]):
                loaded = self._load(self._begin(), found)
                ended = self._landed if request.load_only else self._promoted
                return Ended(ended(loaded), loaded.problem)
        except (Busy, Interrupted):
            raise
        except TaskwhoError as error:
            error.result = error.result or self._failed(error, loaded)
            raise
        except KeyboardInterrupt:
            stopped = TaskwhoError(STOPPED_BEFORE_THE_END)
            raise Interrupted(self._failed(stopped, loaded)) from None

    def _begin(self) -> SyncRequest:
        """Prepare the database; what is to be read, of a shard only what is left of it."""
        request, settings = self.request, self.request.settings
        with connect(request.database_url) as connection:
            if lost := make_ready(connection, request.settings):
                logger.warning("%s", said_of_lost(lost))
            if request.shard:
                request = worker.begin(connection, request, self.run_id)
            if dead := open_run(connection, settings.reports_dir, [self.run_id]):
                announce_dead(connection, request.database_url, settings, dead)
        return request

    def _load(self, request: SyncRequest, found: Sequence[Pair]) -> Loaded:
        """Run the pairs until one does not end well."""
        ended, home = Loaded(), request.home
        redactor = redactor_of(self.request)
        with RunFolder(home, self.run_id) as folder, ChildLog(home, self.run_id, redactor) as log:
            load = Load(self.run_id, request, folder, log, self.stop, self.tell)
            for pair in found:
                if self.stop.is_on:
                    return replace(ended, tap_exit_code=ExitCode.STOPPED)
                ended = load.run(pair, self.waiting if pair is found[0] else None)
                if ended.exit_code is not ExitCode.DONE:
                    break
        return ended

    def _landed(self, loaded: Loaded) -> RunResult:
        from taskwho.pipeline.shards.loaded import report_loaded  # noqa: PLC0415 - as below

        return report_loaded(self.request, self._outcome(loaded), self.run_id)

    def _promoted(self, loaded: Loaded) -> RunResult:
        # imported while the children ran
        from taskwho.pipeline.promote_and_report import promote_and_report  # noqa: PLC0415

        self.tell(Progress("promote"))
        request = self.request
        return promote_and_report(
            request.database_url,
            request.settings,
            self._outcome(loaded),
            salesforce={} if self.stop.is_on else request.salesforce,
            stop=self.stop,
        )

    def _failed(self, error: TaskwhoError, loaded: Loaded) -> RunResult:
        from taskwho.pipeline.promote_and_report import report_failure  # noqa: PLC0415

        url, settings = self.request.database_url, self.request.settings
        return report_failure(url, error, settings, self._outcome(loaded))

    def _outcome(self, loaded: Loaded) -> RunOutcome:
        return RunOutcome(
            run_id=self.run_id,
            started_at=self.began,
            mode=self.request.mode,
            tap_exit_code=loaded.tap_exit_code,
            tap_error=loaded.tap_error,
            loader_exit_code=loaded.loader_exit_code,
            loader_error=loaded.loader_error,
            stopped=loaded.exit_code is ExitCode.STOPPED,
        )
