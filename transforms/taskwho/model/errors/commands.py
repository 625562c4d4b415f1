"""Errors of the command line."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

COMMAND_STOPPED = Problem(
    code="command-stopped",
    what="The command was stopped.",
    fix="Run it again: it goes on where it stopped.",
    exit_code=ExitCode.STOPPED,
)
FILE_UNUSABLE = Problem(
    code="file-unusable",
    what="The file or folder {file} cannot be used: {error}.",
    fix="Change its rights, or free space on the disk, then run the command again.",
    kept="What landed is kept, and the next run goes on.",
    exit_code=ExitCode.FAILED,
)
SYSTEM_REFUSED = Problem(
    code="system-refused",
    what="The operating system refused an operation: {error}.",
    why="Space, memory or file handles may be used up.",
    fix="Free some, then run the command again.",
    kept="What landed is kept, and the next run goes on.",
    exit_code=ExitCode.FAILED,
)
BUG = Problem(
    code="bug",
    what="{error} inside taskwho.",
    why="This is a bug of taskwho.",
    fix="Report it with the details in {file}.",
    kept="What landed is kept, and the next run goes on.",
    exit_code=ExitCode.FAILED,
)
BUG_UNRECORDED = Problem(
    code="bug-unrecorded",
    what="{error} inside taskwho, at {place}.",
    why="This is a bug of taskwho. Its details could not be written to {file}: {said}.",
    fix="Make that folder writable, run it again, and report the bug with the details in the file.",
    kept="What landed is kept, and the next run goes on.",
    exit_code=ExitCode.FAILED,
)
NO_REPORT_YET = Problem(
    code="no-report-yet",
    what="This database holds no run with a report.",
    fix="Run `taskwho sync`, which writes one.",
    exit_code=ExitCode.FAILED,
)
NO_REPORT_OF_RUN = Problem(
    code="no-report-of-run",
    what="This database holds no run {run} with a report.",
    fix="Give a number of the column run_id of the table taskwho.runs.",
    exit_code=ExitCode.FAILED,
)
