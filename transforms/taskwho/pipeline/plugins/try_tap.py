"""Tries Salesforce as a run would: the tap logs in and reads a record of each selected stream.

It begins from the run's state, so that it refuses what a run would refuse: another org, say.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import psycopg

from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.pairs import pairs
from taskwho.pipeline.plugins import files
from taskwho.pipeline.plugins.log import last_error, redactor_of
from taskwho.pipeline.plugins.processes import Program, run_alone
from taskwho.pipeline.plugins.run_folder import RunFolder
from taskwho.pipeline.starting.bookmarks import starting_bookmarks

if TYPE_CHECKING:
    from taskwho.model.sync_request import SyncRequest


def try_tap(request: SyncRequest) -> str | None:
    """Why Salesforce cannot be read, None where it can; nothing is loaded."""
    found = pairs(request.streams, parents=request.parents)
    with RunFolder(request.home, f"test-{uuid.uuid4()}") as folder:
        catalog = files.catalog([name for pair in found for name in pair.selected])
        arguments = ["--config", folder.write("tap.json", dict(request.salesforce))]
        arguments += ["--catalog", folder.write("catalog.json", catalog), "--test"]
        state = {"bookmarks": _bookmarks(request)}
        arguments += ["--state", folder.write("state.json", state)]
        log = folder.write("log.json", files.log_settings("INFO"))
        program = Program(arguments, {"SINGER_SDK_LOG_CONFIG": log})
        code, said = run_alone("tap", program, folder.path, request.variables)
    return None if code == 0 else redactor_of(request).clean(last_error(said))


def _bookmarks(request: SyncRequest) -> dict[str, Any]:
    """Where a run would begin. None where the database cannot be read: its own check says why."""
    try:
        return starting_bookmarks(request)
    except (TaskwhoError, psycopg.Error):
        return {}
