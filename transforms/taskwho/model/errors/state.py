"""Errors of the state that a run began from."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

_FROM_ELSEWHERE = "The state comes from elsewhere: from another database, or from a state file."
_READ_EVERYTHING = (
    "Read everything once: `taskwho sync --mode full`, or `meltano run --full-refresh sync`. "
    "Until then each run fails."
)

FOREIGN_STATE = Problem(
    code="foreign-state",
    what=(
        "The run of {stream} began from the bookmark {bookmark} UTC, and this database has not "
        "read everything before it."
    ),
    why=_FROM_ELSEWHERE,
    fix=_READ_EVERYTHING,
    kept="What landed is promoted.",
    exit_code=ExitCode.FAILED,
)
STATE_AHEAD = Problem(
    code="state-ahead",
    what=(
        "The run of {stream} began from the bookmark {bookmark} UTC, and this database has read "
        "everything up to {covered} UTC only."
    ),
    why="The state comes from elsewhere, or the database was restored and its state was not.",
    fix=_READ_EVERYTHING,
    kept="What landed is promoted.",
    exit_code=ExitCode.FAILED,
)
WINDOW_BEGUN_ELSEWHERE = Problem(
    code="window-begun-elsewhere",
    what=(
        "The run of {stream} went on after {after} in a window whose first rows are not in this "
        "database."
    ),
    why=_FROM_ELSEWHERE,
    fix=_READ_EVERYTHING,
    kept="What landed is promoted.",
    exit_code=ExitCode.FAILED,
)
LANDED_ELSEWHERE = Problem(
    code="landed-elsewhere",
    what=(
        "The bookmark says that {stream} was read up to {bookmark} UTC, and no page of that has "
        "arrived in the schema taskwho."
    ),
    why=(
        "The loader puts what it reads into another schema or another database, or the tap's "
        "stream sync_batches is not selected."
    ),
    fix=(
        "Set the loader's default_target_schema to taskwho and its database to the one of "
        "DATABASE_URL, and select sync_batches. Then read everything once: `taskwho sync --mode "
        "full`, or `meltano run --full-refresh sync`."
    ),
    kept="What landed here is promoted.",
    exit_code=ExitCode.FAILED,
)
ROWS_NOT_LANDED = Problem(
    code="rows-not-landed",
    what=(
        "The tap read {told:,} rows of {stream}, and {missing:,} of them have not arrived in "
        "{schema}.{stream}."
    ),
    why=(
        "Somebody emptied that table before the promotion, or a stream map leaves rows out: an "
        "`__alias__` of the tap, or a `__filter__` or `__alias__` of the loader."
    ),
    fix=(
        "Leave the tables that rows land in to the loader and taskwho. Put a `__filter__` into "
        "the tap's stream_maps: it is counted. Then run again: the next run reads everything, and "
        "shards have to be planned again. A run from a state file needs `taskwho sync --mode "
        "full` once."
    ),
    kept="What landed is promoted, and the bookmark of {stream} was removed.",
    exit_code=ExitCode.FAILED,
)
ANOTHER_ORG = Problem(
    code="another-org",
    what="{stream} was read from org {other}, and this database holds the rows of org {org}.",
    why="A database holds one org. Rows of two would look alike.",
    fix=(
        "Log in to org {org}, or load org {other} into another database. If this one is to hold "
        "{other} from now on, empty {table} and drop the schema taskwho: the next run makes it "
        "again, and reads everything."
    ),
    kept="No row of {other} has gone in. What landed was discarded, and its bookmark was removed.",
    exit_code=ExitCode.MISCONFIGURED,
)
TABLE_LOST = Problem(
    code="table-lost",
    what=(
        "The run of {stream} began from the bookmark {bookmark} UTC, and the table has lost its "
        "rows since then."
    ),
    why="It was emptied, dropped or renamed, or another one is set: a warning names it.",
    fix=(
        "Run again: the next run reads everything. A run from a state file needs `taskwho sync "
        "--mode full` once."
    ),
    kept="What landed is promoted.",
    exit_code=ExitCode.FAILED,
)
BOOKMARK_NOT_KEPT = Problem(
    code="bookmark-not-kept",
    what="The window of {stream} was read to its end, and its bookmark is not in the database.",
    why="Meltano's log says why the state could not be written; Meltano itself ends with 0.",
    fix="Check the database and run again: the next run reads the same window.",
    kept="What landed is promoted.",
    exit_code=ExitCode.FAILED,
)
