"""Runs one pair of tap and loader to its end."""

from __future__ import annotations

import importlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taskwho.model.errors import TaskwhoError
from taskwho.model.exit_codes import ExitCode, worst
from taskwho.model.progress import Progress
from taskwho.pipeline.bookmark_keeper import BookmarkKeeper
from taskwho.pipeline.plugins import environment, files
from taskwho.pipeline.plugins.cause import End, causes
from taskwho.pipeline.plugins.processes import Children, Program
from taskwho.pipeline.shards.worker import ShardState

if TYPE_CHECKING:
    from collections.abc import Callable

    from taskwho.model.sync_request import SyncRequest
    from taskwho.pipeline.pairs import Pair
    from taskwho.pipeline.plugins.log import ChildLog
    from taskwho.pipeline.plugins.run_folder import RunFolder
    from taskwho.pipeline.stop_switch import StopSwitch

logger = logging.getLogger("taskwho")
_NEXT = ("taskwho.pipeline.promote_and_report", "taskwho.org.explain.answers")
_TAP_LEVEL, _LOADER_LEVEL = "TAP_SALESFORCE_TASKWHO_LOGLEVEL", "TARGET_POSTGRES_LOGLEVEL"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How a pair ended: exit codes, and for each part that failed of itself, why.

    `problem` is the code of the problem that the exit code is due to, where a part named one.
    """

    tap_exit_code: int = ExitCode.DONE
    tap_error: str | None = None
    loader_exit_code: int = ExitCode.DONE
    loader_error: str | None = None
    problem: str | None = None

    @property
    def exit_code(self) -> ExitCode:
        """The worse one."""
        return worst(self.tap_exit_code, self.loader_exit_code)


@dataclass(frozen=True, slots=True)
class Load:
    """Loads pairs for one run, one after the other."""

    run_id: str
    request: SyncRequest
    folder: RunFolder
    log: ChildLog
    stop: StopSwitch
    tell: Callable[[Progress], None]

    def run(self, pair: Pair, waiting: Children | None) -> Loaded:
        """Let both run, keep every state that comes, and wait for both ends.

        Without children that are `waiting`, new ones are started.
        """
        self.log.start()
        with self._keeper(pair) as bookmark:
            tap, loader = self._programs(pair, bookmark)
            with waiting or Children(self.request.variables) as children:
                children.begin(self.folder.path, tap, loader)
                for name in _NEXT:
                    importlib.import_module(name)  # while the children import what they need
                self._follow(children, pair, bookmark)
            return self._ended(children, bookmark)

    def _keeper(self, pair: Pair) -> BookmarkKeeper | ShardState:
        if self.request.shard:
            return ShardState(self.request)
        state_id = pair.state_id(self.request.environment)
        return BookmarkKeeper(self.request.database_url, state_id, pair.streams)

    def _ended(self, children: Children, bookmark: BookmarkKeeper | ShardState) -> Loaded:
        tap = End("tap", children.tap_code, self.log.heard["tap"])
        loader = End("loader", children.loader.returncode, self.log.heard["loader"])
        if children.killed:
            return Loaded(tap_exit_code=ExitCode.STOPPED)
        found = {end.part: end for end in causes(tap, loader)}
        codes = {part: worst(end.code) for part, end in found.items()}
        errors = {part: end.message(self.log.file) for part, end in found.items()}
        try:
            bookmark.finish()
        except TaskwhoError as error:
            codes["loader"] = worst(codes.get("loader", ExitCode.DONE), error.exit_code)
            errors["loader"] = " ".join(filter(None, [errors.get("loader"), error.message]))
        worst_code = worst(*codes.values())
        problems = [end.heard.problem for end in found.values() if worst(end.code) is worst_code]
        return Loaded(
            tap_exit_code=codes.get("tap", ExitCode.DONE),
            tap_error=errors.get("tap"),
            loader_exit_code=codes.get("loader", ExitCode.DONE),
            loader_error=errors.get("loader"),
            problem=next(filter(None, problems), None),
        )

    def _follow(
        self, children: Children, pair: Pair, bookmark: BookmarkKeeper | ShardState
    ) -> None:
        shown: Progress | None = None
        for line in children.lines():
            if self.stop.at_once.is_set():
                children.kill()
            elif self.stop.gently.is_set():
                children.stop()
            if line is None:
                seen = self.log.reading
                total = seen.total if seen.windows >= pair.counted else None
                now = Progress(pair.stage, sum(seen.rows.values()), total, seen.api_calls)
                if now != shown:
                    self.tell(now)
                shown = now
            elif line.source == "state":
                bookmark.take(line.text)
            elif warning := self.log.take(line):
                logger.warning("%s", warning)

    def _programs(
        self, pair: Pair, bookmark: BookmarkKeeper | ShardState
    ) -> tuple[Program, Program]:
        """What both are started with: files that their owner alone reads, no secret beside them."""
        folder, request = self.folder, self.request
        tap_config = files.tap_settings(request.salesforce, folder.path / "batches")
        tap = ["--config", folder.write("tap.json", tap_config)]
        tap += ["--catalog", folder.write("catalog.json", files.catalog(pair.selected))]
        if state := bookmark.given():
            tap += ["--state", folder.write("state.json", state)]
        loader_config = files.loader_settings(request.database_url)
        loader = ["--config", folder.write("loader.json", loader_config)]
        return (
            Program(tap, self._environment("tap", _TAP_LEVEL, "INFO")),
            Program(loader, self._environment("loader", _LOADER_LEVEL, "WARNING")),
        )

    def _environment(self, part: str, level: str, default: str) -> dict[str, str]:
        variables = self.request.variables
        log = files.log_settings(variables.get(level) or default)
        more = environment.of_libpq(variables) if part == "loader" else {}
        return {
            **more,
            "MELTANO_RUN_ID": self.run_id,
            "SINGER_SDK_LOG_CONFIG": self.folder.write(f"{part}_log.json", log),
        }
