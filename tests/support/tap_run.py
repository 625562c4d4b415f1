"""Runs the tap's command in this process, and reads its output."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.cli import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.sandbox import Sandbox

RELATIONS = "task_who_relations"
DELETES = "task_relation_deletes"
EVERYTHING = (RELATIONS, "users", "contacts", "tasks", DELETES, "sync_batches")


@dataclass
class TapRun:
    """The messages, the log and the exit code of one run."""

    code: int
    messages: list[dict[str, Any]]
    log: str = field(repr=False)

    @property
    def last_line(self) -> str:
        """The last line on stderr."""
        return self.log.strip().splitlines()[-1]

    @property
    def states(self) -> list[dict[str, Any]]:
        """The values of the STATE messages."""
        return [m["value"] for m in self.messages if m["type"] == "STATE"]

    @property
    def state(self) -> dict[str, Any]:
        """The last STATE."""
        return self.states[-1]

    def bookmark(self, stream: str = RELATIONS) -> dict[str, Any]:
        """A stream's entry in the last STATE."""
        entry: dict[str, Any] = self.state["bookmarks"][stream]
        return entry

    def records(self, stream: str = RELATIONS) -> list[dict[str, Any]]:
        """A stream's records."""
        return [
            m["record"] for m in self.messages if m["type"] == "RECORD" and m["stream"] == stream
        ]

    def ids(self, stream: str = RELATIONS) -> list[str]:
        """The Ids of a stream's records, in the order of the messages."""
        return [record["Id"] for record in self.records(stream)]

    @property
    def journal(self) -> list[dict[str, Any]]:
        """The journal's records."""
        return self.records("sync_batches")


def selecting(
    *streams: str, without: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, Any]:
    """A catalog that selects these streams, without some fields."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with quiet_process(), contextlib.redirect_stdout(out):
        assert run(["--discover"]) == 0
    out.seek(0)
    catalog: dict[str, Any] = json.loads(out.read())
    for stream in catalog["streams"]:
        deselected = (without or {}).get(stream["tap_stream_id"], ())
        for part in stream["metadata"]:
            if not part["breadcrumb"]:
                part["metadata"]["selected"] = stream["tap_stream_id"] in streams
            elif part["breadcrumb"][-1] in deselected:
                part["metadata"]["selected"] = False
    return catalog


def run_tap(
    org: Sandbox,
    folder: Path,
    *arguments: str,
    state: Mapping[str, Any] | None = None,
    catalog: Mapping[str, Any] | None = None,
    flow: str = "client_credentials",
    **settings: object,
) -> TapRun:
    """Run the tap against an org, with a state, a catalog and settings."""
    files = {"config": org.settings(flow) | settings, "state": state, "catalog": catalog}
    command = list(arguments)
    for name, value in files.items():
        if value is not None:
            path = folder / f"{name}.json"
            path.write_text(json.dumps(value))
            command += [f"--{name}", str(path)]
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    err = io.StringIO()
    with quiet_process(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(command)
    out.seek(0)
    return TapRun(code, [json.loads(line) for line in out.read().splitlines()], err.getvalue())


@contextlib.contextmanager
def quiet_process() -> Iterator[None]:
    """Restore what the command changes in its process."""
    hook, outputs = sys.excepthook, list(logging.root.handlers)
    try:
        yield
    finally:
        logging.root.handlers[:] = outputs
        logging.captureWarnings(capture=False)
        sys.excepthook = hook
