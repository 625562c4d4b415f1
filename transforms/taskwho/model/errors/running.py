"""Errors of `taskwho sync`: its settings, its two children, its bookmark."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

UNKNOWN_STREAM = Problem(
    code="unknown-stream",
    what="There is no stream {name!r}.",
    fix="Choose among {known}.",
    kept="Nothing was started.",
    exit_code=ExitCode.MISCONFIGURED,
)
HOME_NOT_WRITABLE = Problem(
    code="home-not-writable",
    what="The folder {home} cannot be written: {error}.",
    why="A run keeps its batch files and its log there.",
    fix="Make it writable, or set TASKWHO_HOME to a folder that is.",
    kept="Nothing was read.",
    exit_code=ExitCode.MISCONFIGURED,
)
ANOTHER_RUN_IS_AT_WORK = Problem(
    code="another-run-is-at-work",
    what="Another run is at work with the state {name} in this database.",
    fix="Wait for it to end, or stop it where it runs (Ctrl-C).",
    kept="Nothing was read or changed.",
    exit_code=ExitCode.BUSY,
)
CHILD_GAVE_NO_REASON = Problem(
    code="child-gave-no-reason",
    what="The {part} ended with exit code {number} and gave no reason.",
    fix="Run again. The log is {log}.",
    kept="What was loaded is kept: the next run goes on from the last state.",
    exit_code=ExitCode.FAILED,
)
CHILD_WAS_KILLED = Problem(
    code="child-was-killed",
    what="The {part} was killed by the signal {name}.",
    why="The machine may have run out of memory, or somebody ended it.",
    fix="Run again. The log is {log}.",
    kept="What was loaded is kept: the next run goes on from the last state.",
    exit_code=ExitCode.FAILED,
)
BOOKMARK_NOT_WRITTEN = Problem(
    code="bookmark-not-written",
    what="The bookmark {name} could not be written to taskwho.bookmarks: {said}.",
    fix="Fix the cause and run again.",
    kept="What was loaded is kept. The next run reads the same rows again, which changes nothing.",
    exit_code=ExitCode.FAILED,
)
PLUGINS_MISSING = Problem(
    code="plugins-missing",
    what="The tap and the loader are not installed beside taskwho: {name} is missing.",
    why="`taskwho sync` runs both, and `taskwho verify` asks Salesforce through the tap.",
    fix="Run `pip install 'taskwho[sync]'`.",
    kept="Nothing was started.",
    exit_code=ExitCode.MISCONFIGURED,
)
RUN_FAILED = Problem(
    code="run-failed",
    what="{error}",
    fix="The report is {report}.",
    exit_code=ExitCode.FAILED,
)
RUN_MISCONFIGURED = Problem(
    code="run-misconfigured",
    what="{error}",
    fix="The report is {report}.",
    exit_code=ExitCode.MISCONFIGURED,
)
RUN_QUOTA = Problem(
    code="run-quota",
    what="{error}",
    fix="The report is {report}.",
    exit_code=ExitCode.QUOTA,
)
STOPPED_BEFORE_THE_END = Problem(
    code="stopped-before-the-end",
    what="The run was stopped.",
    fix="Run it again: it goes on where it stopped.",
    kept="What was loaded is kept, and so is the bookmark.",
    exit_code=ExitCode.STOPPED,
)
DID_NOT_FINISH = Problem(
    code="did-not-finish",
    what="The run that began at {began} UTC did not finish: no post-load ended it.",
    why="It was killed, or its tap or loader failed, after which Meltano runs no further step.",
    fix=(
        "Find the cause in Meltano's output, or in the last file of .taskwho/logs. Then run again: "
        "it goes on where it stopped."
    ),
    kept="What had landed is kept, and the next post-load promotes it.",
    exit_code=ExitCode.FAILED,
)
# codes of the tap's problems that are about its login; a test compares them with the tap's
LOGIN_PROBLEMS = frozenset(
    (
        *("login-refused", "access-token-expired", "token-unusable", "token-refused-twice"),
        *("private-key-unusable", "private-key-not-found"),
    )
)
# codes of the loader's problems that are about its database; a test compares them with the loader's
DATABASE_PROBLEMS = frozenset(
    ("database-not-set", "database-url-invalid", "database-unreachable", "database-read-only")
)
ORG_FAILED = Problem(
    code="org-failed",
    what="{error}",
    fix="Run it again.",
    kept="Nothing was read or written.",
    exit_code=ExitCode.FAILED,
)
ORG_REFUSED = Problem(
    code="org-refused",
    what="{error}",
    fix="Correct it, then run it again.",
    kept="Nothing was read or written.",
    exit_code=ExitCode.MISCONFIGURED,
)
ORG_QUOTA = Problem(
    code="org-quota",
    what="{error}",
    fix="Run it again when API calls are free.",
    kept="Nothing was read or written.",
    exit_code=ExitCode.QUOTA,
)
