"""The list of the loader's errors. It imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass

FAILED = 1  # of the exit codes: the load failed
MISCONFIGURED = 2  # of the exit codes: configuration, credentials or a missing right

COMMITTED_STAYS = "What was committed stays."
NO_STATE_BEYOND = "No STATE beyond the file was passed on."
NO_STATE_OF_IT = "What was committed stays; the next run goes on from the last STATE."


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error: each part is a sentence or more, and may hold {named} values.

    `code` is in kebab-case and unique. `what` happened, `why` and whose fault it is, `fix` is what
    to do, `kept` is what is kept.
    """

    code: str
    what: str
    why: str = ""
    fix: str
    kept: str = ""
    exit_code: int


class LoadError(Exception):
    """Ends a load with the message of a declared problem."""

    def __init__(self, problem: Problem, **values: object) -> None:
        self.problem = problem
        parts = filter(None, (problem.what, problem.why, problem.fix, problem.kept))
        super().__init__(" ".join(parts).format(**values))


CONFIG_FILE_UNREADABLE = Problem(
    code="config-file-unreadable",
    what="A config file cannot be read: {reason}.",
    fix="Correct the file, or the path after --config.",
    exit_code=MISCONFIGURED,
)
DOTENV_UNREADABLE = Problem(
    code="dotenv-unreadable",
    what="The file {file} cannot be read: {reason}.",
    fix=("Make it a text file in UTF-8 that the user who runs the loader may read, or remove it."),
    kept="Nothing was loaded.",
    exit_code=MISCONFIGURED,
)
CONFIG_INVALID = Problem(
    code="config-invalid",
    what="The config cannot be used: {reason}.",
    fix="Correct it; `target-postgres-taskwho --about` lists all settings.",
    exit_code=MISCONFIGURED,
)
DATABASE_NOT_SET = Problem(
    code="database-not-set",
    what="There is no database to load into.",
    why="Neither sqlalchemy_url nor DATABASE_URL is set, nor does .env in this folder set it.",
    fix="Set DATABASE_URL, such as postgresql://user:password@host:5432/database.",
    exit_code=MISCONFIGURED,
)
DATABASE_URL_INVALID = Problem(
    code="database-url-invalid",
    what="sqlalchemy_url is no database URL.",
    fix=(
        "Write it as postgresql://user:password@host:5432/database, with special characters "
        "percent-encoded."
    ),
    exit_code=MISCONFIGURED,
)
DRIVER_WITHOUT_COPY = Problem(
    code="driver-without-copy",
    what="sqlalchemy_url asks for the driver psycopg2, and use_copy for COPY.",
    why="Only psycopg 3 can COPY here.",
    fix="Begin the URL with postgresql://, or set use_copy to false.",
    exit_code=MISCONFIGURED,
)
ANOTHER_DATABASE = Problem(
    code="another-database",
    what="sqlalchemy_url and DATABASE_URL are of two databases.",
    why="The rows would land in one, and `taskwho post-load` would look for them in the other.",
    fix=(
        "Remove sqlalchemy_url (TARGET_POSTGRES_SQLALCHEMY_URL): DATABASE_URL is the one setting "
        "of the database."
    ),
    kept="Nothing was loaded.",
    exit_code=MISCONFIGURED,
)
DATABASE_UNREACHABLE = Problem(
    code="database-unreachable",
    what="The database cannot be reached: {reason}.",
    fix=(
        "Check that it runs and has connections free, and the host, database, user, password and "
        "sslmode of DATABASE_URL (sqlalchemy_url)."
    ),
    kept=COMMITTED_STAYS,
    exit_code=MISCONFIGURED,
)
RIGHT_MISSING = Problem(
    code="right-missing",
    what="The database user lacks a right: {reason}.",
    fix=(
        "Ask an administrator for GRANT CREATE ON DATABASE, or for the schema with GRANT CREATE, "
        "USAGE on it and INSERT on its tables."
    ),
    kept=COMMITTED_STAYS,
    exit_code=MISCONFIGURED,
)
DATABASE_READ_ONLY = Problem(
    code="database-read-only",
    what="The database takes no writes: {reason}.",
    why="It may be a standby, or default_transaction_read_only is on.",
    fix="Set DATABASE_URL to the primary server, or allow writes, then run it again.",
    kept=COMMITTED_STAYS,
    exit_code=MISCONFIGURED,
)
DATABASE_FULL = Problem(
    code="database-full",
    what="The database server has no room left: {reason}.",
    fix="Make room on it, then run it again.",
    kept=COMMITTED_STAYS,
    exit_code=FAILED,
)
TABLE_CHANGED = Problem(
    code="table-changed",
    what="The table to load into does not have the shape that this load needs: {reason}.",
    why="Somebody changed or removed the table, its schema or its columns.",
    fix="Undo the change, or rename the table: the next run makes a new one.",
    kept=COMMITTED_STAYS,
    exit_code=FAILED,
)
CONNECTION_LOST = Problem(
    code="connection-lost",
    what="The connection to the database was lost: {reason}.",
    fix="Run it again.",
    kept=COMMITTED_STAYS,
    exit_code=FAILED,
)
ROWS_REFUSED = Problem(
    code="rows-refused",
    what="The database refused the rows: {reason}.",
    fix="Remove the cause, then run it again.",
    kept=COMMITTED_STAYS,
    exit_code=FAILED,
)
INPUT_INVALID = Problem(
    code="input-invalid",
    what="The input cannot be loaded: {reason}.",
    why="The tap wrote what the Singer specification does not allow.",
    fix="Correct the tap, or choose another one.",
    kept=COMMITTED_STAYS,
    exit_code=FAILED,
)
INPUT_CUT = Problem(
    code="input-cut",
    what="The input ends in the middle of a message.",
    why="The tap may have been killed, or its disk may be full.",
    fix="Look for the tap's own error, then run it again.",
    kept=NO_STATE_OF_IT,
    exit_code=FAILED,
)
INPUT_UNREADABLE = Problem(
    code="input-unreadable",
    what="The input cannot be read: {reason}.",
    fix="Let a tap write its messages into the standard input, or name their file by --input.",
    kept=COMMITTED_STAYS,
    exit_code=FAILED,
)
OUTPUT_NOT_WRITTEN = Problem(
    code="output-not-written",
    what="A STATE cannot be written to the standard output: {reason}.",
    why="Its reader may have ended, or the disk may be full.",
    fix="Let somebody read the states, or make room, then run it again.",
    kept="What was committed stays; the next run loads again what followed the last STATE.",
    exit_code=FAILED,
)
BATCH_FILE_GONE = Problem(
    code="batch-file-gone",
    what="Batch file {path} is gone, so its rows cannot be loaded.",
    why="Something else deleted it.",
    fix="Run it again: the tap fetches the rows anew.",
    kept=NO_STATE_BEYOND,
    exit_code=FAILED,
)
BATCH_FILE_CUT = Problem(
    code="batch-file-cut",
    what="Batch file {path} is not whole: {reason}.",
    why="Its writer may have been killed, or the disk may be full.",
    fix="Check the free space, then run it again.",
    kept=NO_STATE_BEYOND,
    exit_code=FAILED,
)
BATCH_FILE_UNREADABLE = Problem(
    code="batch-file-unreadable",
    what="Batch file {path} cannot be read: {reason}.",
    why="Something else changed it or its folder.",
    fix="Let the loader read what the tap writes there, then run it again.",
    kept=NO_STATE_BEYOND,
    exit_code=FAILED,
)
BATCH_FILE_NOT_JSONL = Problem(
    code="batch-file-not-jsonl",
    what="Batch file {path} does not hold a JSON object in each line: {reason}.",
    why="Something else changed it, or its writer or the disk damaged it.",
    fix="Run it again: the tap fetches the rows anew.",
    kept=NO_STATE_BEYOND,
    exit_code=FAILED,
)
BATCH_FILE_NOT_CSV = Problem(
    code="batch-file-not-csv",
    what="Batch file {path} is no CSV that this loader reads: {reason}.",
    why=(
        "It reads a header, texts in quotes that hold no quote and no backslash, and bare numbers, "
        "true, false and null."
    ),
    fix="Set the encoding of the tap's batch_config to jsonl.",
    kept=NO_STATE_BEYOND,
    exit_code=FAILED,
)
LOAD_FAILED = Problem(
    code="load-failed",
    what="The load failed: {reason}.",
    fix="Remove the cause, then run it again; LOGLEVEL=DEBUG shows where it failed.",
    kept=COMMITTED_STAYS,
    exit_code=FAILED,
)

PROBLEMS = tuple(declared for declared in vars().values() if isinstance(declared, Problem))
