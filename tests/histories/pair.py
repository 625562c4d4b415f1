"""The tap and the loader, joined by a pipe, run and killed as Meltano runs them."""

from __future__ import annotations

import functools
import json
import os
import signal
import threading
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tests.histories.interference import interfere
from tests.histories.stored_state import State, StoredState
from tests.support import forked
from tests.support.loading import LANDING, TEXT
from tests.support.tap_run import RELATIONS, selecting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from multiprocessing.process import BaseProcess
    from pathlib import Path

SECONDS_TO_END = 300  # of a busy machine
# the streams that each of Meltano's jobs selects; a new stream is added here
SELECTED = {
    "relations": (RELATIONS, "task_relation_deletes", "sync_batches"),
    "parents": ("users", "contacts", "tasks", "sync_batches"),
}


@functools.cache
def lenient_catalog(streams: Sequence[str]) -> dict[str, Any]:
    """The catalog that `select` and `schema` in meltano.yml make."""
    catalog = selecting(*streams)
    for stream in catalog["streams"]:
        names = stream["schema"]["properties"]
        stream["schema"]["properties"] = dict.fromkeys(names, TEXT)
    return catalog


class Pair:
    """`tap | loader` of one project, with a state for each of Meltano's jobs."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.states = {job: StoredState() for job in SELECTED}
        self.codes: tuple[int | None, int | None] = (None, None)
        self._running: dict[str, BaseProcess] = {}
        self._lock = threading.Lock()
        self._state_is_lost = False
        self._write("loader", {"sqlalchemy_url": url, **LANDING})

    def run(
        self,
        job: str,
        settings: Mapping[str, object],
        *,
        full_refresh: bool = False,
        loader_dies_after: int | None = None,
    ) -> list[State]:
        """Run until both processes end; return the stored state after each STATE."""
        stored = self.states[job]
        source, sink = forked.context().Pipe(duplex=False)
        states_out, states_in = forked.context().Pipe(duplex=False)
        self._state_is_lost = False
        self._running = {
            "loader": forked.start(
                self._loader(), source, states_in, functools.partial(interfere, loader_dies_after)
            ),
            "tap": forked.start(
                self._tap(job, settings, {} if full_refresh else stored.given()),
                None,
                sink,
                interfere,
            ),
        }
        deadline = threading.Timer(SECONDS_TO_END, self.kill, ["everything"])
        deadline.start()
        with os.fdopen(os.dup(states_out.fileno()), encoding="utf-8") as lines:
            states_out.close()
            seen = [
                stored.given()
                for line in lines
                if self._store(stored, line, full_refresh=full_refresh)
            ]
        self._end()
        deadline.cancel()
        return seen

    def kill(self, victim: str) -> None:
        """Send SIGKILL, from any thread; after `everything` no further STATE is stored."""
        with self._lock:
            self._state_is_lost = self._state_is_lost or victim == "everything"
            for name, process in self._running.items():
                if victim in {name, "everything"} and process.pid is not None:
                    with suppress(ProcessLookupError):
                        os.kill(process.pid, signal.SIGKILL)

    def _store(self, stored: StoredState, line: str, *, full_refresh: bool) -> bool:
        with self._lock:
            if self._state_is_lost or not line.endswith("\n"):
                return False
            stored.store(line, full_refresh=full_refresh)
            return True

    def _end(self) -> None:
        for process in self._running.values():
            process.join()
        self.codes = (self._running["tap"].exitcode, self._running["loader"].exitcode)
        with self._lock:
            self._running = {}

    def _tap(self, job: str, settings: Mapping[str, object], state: State) -> forked.Command:
        catalog = lenient_catalog(SELECTED[job])
        arguments = ["--config", self._write("tap", settings)]
        arguments += ["--catalog", self._write(f"{job}-catalog", catalog)]
        if state:
            arguments += ["--state", self._write(f"{job}-state", state)]
        environment = {"MELTANO_RUN_ID": str(uuid.uuid4())}
        return forked.Command("tap-salesforce-taskwho", arguments, self.folder, environment)

    def _loader(self) -> forked.Command:
        arguments = ["--config", str(self.folder / "loader.json"), "--input", "/dev/stdin"]
        environment = {"TARGET_POSTGRES_LOGLEVEL": "WARNING"}
        return forked.Command("target-postgres-taskwho", arguments, self.folder, environment)

    def _write(self, name: str, value: object) -> str:
        file = self.folder / f"{name}.json"
        file.write_text(json.dumps(value), encoding="utf-8")
        return str(file)
