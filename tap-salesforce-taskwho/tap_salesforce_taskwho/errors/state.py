"""Errors of the state, and the stop that keeps it."""

from __future__ import annotations

from tap_salesforce_taskwho.errors.problem import ExitCode, Problem

_START_OVER = (
    "Run once with another state, or without one (meltano: --full-refresh), to start over."
)

STATE_NOT_OF_THIS_TAP = Problem(
    code="state-not-of-this-tap",
    what="The state is not one of this tap: it does not hold its bookmarks as an object by stream.",
    fix="Give --state the value of the last STATE message, or give no state to start over.",
    exit_code=ExitCode.USER,
)
STATE_OF_ANOTHER_TAP = Problem(
    code="state-of-another-tap",
    what="The state has bookmarks of {names}, and this tap has the streams {known}.",
    why="It was written by another tap, or by one with other streams.",
    fix="Give --state the value of the last STATE message of this tap, or give no state to start "
    "over.",
    exit_code=ExitCode.USER,
)
STATE_VALUE_WRONG = Problem(
    code="state-value-wrong",
    what="The state of {stream} has {key} {value!r}, which is not {expected}.",
    fix=_START_OVER,
    exit_code=ExitCode.USER,
)
STATE_OF_ANOTHER_ORG = Problem(
    code="state-of-another-org",
    what="The state of {stream} belongs to org {org}, and the login is for org {other}.",
    why="Going on would leave rows out.",
    fix="Log in to the first org, or load this one into another database, with a state of its own "
    "(meltano: --state-id-suffix) or without one (meltano: --full-refresh).",
    exit_code=ExitCode.USER,
)
BOOKMARK_IN_THE_FUTURE = Problem(
    code="bookmark-in-the-future",
    what="The state of {stream} says that everything before {bookmark} has been read, and the "
    "org's clock shows {now}.",
    why="The bookmark is wrong, and rows would be left out.",
    fix="Run once with mode full, which sets the bookmark again.",
    exit_code=ExitCode.USER,
)
ENDPOINT_CHANGED = Problem(
    code="endpoint-changed",
    what="The state of {stream} was made through {endpoint}, and this run reads through {other}.",
    why="include_deleted was changed, or the org answers differently. Rows that were deleted in "
    "the past would be missing, or would stay.",
    fix="Run once with mode full.",
    exit_code=ExitCode.USER,
)
DELETES_UNREADABLE = Problem(
    code="deletes-unreadable",
    what="The list of deletes cannot be read, and no other window helps. {error}",
    fix="Deselect task_relation_deletes, and find what was removed by a full run that marks the "
    "rows it does not see (`taskwho sync --mode full --sweep`). Select the stream again after 30 "
    "days.",
    exit_code=ExitCode.USER,
)
STOPPED = Problem(
    code="stopped",
    what="The tap stopped, as asked.",
    fix="Run again: the next run goes on where this one ended.",
    kept="What was read is kept in the state.",
    exit_code=ExitCode.STOPPED,
    ends_run=True,
)
