"""What `taskwho doctor` finds. A warning, which no run fails for, has the exit code of success."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

DATABASE_UNUSABLE = Problem(
    code="doctor-database",
    what="The database cannot be used.",
    fix="{message}",
    exit_code=ExitCode.MISCONFIGURED,
)
POSTGRESQL_TOO_OLD = Problem(
    code="doctor-postgresql",
    what="The database {database} runs on PostgreSQL {major}.",
    fix="Use PostgreSQL {oldest} or later.",
    exit_code=ExitCode.MISCONFIGURED,
)
SCHEMA_MISSING = Problem(
    code="doctor-schema-missing",
    what="The schema taskwho does not exist yet.",
    fix="Run `taskwho prepare`, which creates it.",
    exit_code=ExitCode.DONE,
)
SCHEMA_OUTDATED = Problem(
    code="doctor-schema-outdated",
    what="The schema taskwho has version {version}. This program needs a later one.",
    fix="Run `taskwho prepare`, which migrates it.",
    exit_code=ExitCode.DONE,
)
PARENT_MISSING = Problem(
    code="doctor-parent-missing",
    what="The table {table} does not exist.",
    fix=(
        "Run `taskwho sync --all`, which creates and fills it, or name your table in "
        "{setting}_TABLE."
    ),
    exit_code=ExitCode.MISCONFIGURED,
)
PARENT_KEY_NOT_UNIQUE = Problem(
    code="doctor-parent-key",
    what="The table {table} has no unique constraint on {key}.",
    why="Foreign keys need one.",
    fix=(
        "Run `alter table {table} add unique ({key})`, or name another column in {setting}_KEY. "
        "Or set TASKWHO_FOREIGN_KEYS to keep, which adds no foreign key."
    ),
    exit_code=ExitCode.MISCONFIGURED,
)
KEY_NOT_UNIQUE = Problem(
    code="doctor-key",
    what="The table {table} has no unique constraint on {key}.",
    why="It may come to hold an Id twice, and every run reads the whole of it.",
    fix="Run `alter table {table} add unique ({key})`.",
    exit_code=ExitCode.DONE,
)
SHORT_IDS = Problem(
    code="doctor-short-ids",
    what="The table {table} holds Ids of 15 characters, such as {id}.",
    why="Salesforce's API sends 18: what refers to these rows waits.",
    fix="Let the job that fills it write the Ids as the API sends them.",
    exit_code=ExitCode.DONE,
)
DOTENV_OPEN = Problem(
    code="doctor-dotenv",
    what="The file {file} can be read by other users of this machine.",
    why="It holds secrets.",
    fix="Run `chmod 600 {file}`.",
    exit_code=ExitCode.DONE,
)
EMBEDDED_DOWN = Problem(
    code="doctor-embedded",
    what="The embedded PostgreSQL is not running, so nothing in it was checked.",
    fix="Run `taskwho prepare --embedded`, which starts it, or a run, which starts it too.",
    exit_code=ExitCode.DONE,
)
COUNTS_DIFFER = Problem(
    code="doctor-counts",
    what=(
        "Salesforce counts {relations} live relations, and here are {stored} in the table, "
        "{waiting} that wait and {aside} set aside."
    ),
    why="What has changed since the last run is not here yet.",
    fix="Run `taskwho sync`. If the difference stays, run `taskwho sync --mode full` once.",
    exit_code=ExitCode.DONE,
)
PARENT_EMPTY = Problem(
    code="doctor-parent-empty",
    what="The table {table} is empty.",
    fix="Run the job that fills it, or `taskwho sync --all`.",
    exit_code=ExitCode.DONE,
)
REMOVED_NOT_MARKED = Problem(
    code="doctor-removed-not-marked",
    what="{count} relations that were removed in Salesforce are not marked as deleted yet.",
    fix=(
        "Run `taskwho post-load`. If they stay, a constraint or a trigger of the relations' table "
        "refuses the change."
    ),
    exit_code=ExitCode.DONE,
)
REMOVED_UNREAD = Problem(
    code="doctor-removed-unread",
    what="Removed relations are known up to {read_until}.",
    why="Salesforce lists them for 15 to 30 days only.",
    fix=(
        "Select the stream task_relation_deletes again, and run `taskwho sync --mode full --sweep` "
        "once."
    ),
    exit_code=ExitCode.DONE,
)
NO_RUN = Problem(
    code="doctor-no-run",
    what="There was no run yet.",
    fix="Run `taskwho sync`, with `--all` where it shall read users, contacts and tasks too.",
    exit_code=ExitCode.DONE,
)
LAST_RUN_FAILED = Problem(
    code="doctor-last-run-failed",
    what="The last run, {run}, ended at {finished_at}: {status}.",
    fix="{error}",
    exit_code=ExitCode.DONE,
)
LAST_RUN_OLD = Problem(
    code="doctor-last-run-old",
    what="The last run, {run}, ended at {finished_at}: {status}.",
    why="That is more than a day ago.",
    fix="Run `taskwho sync`, or repair its schedule.",
    exit_code=ExitCode.DONE,
)
SALESFORCE_UNREADABLE = Problem(
    code="doctor-salesforce",
    what="The tap cannot read Salesforce.",
    fix="{error}",
    exit_code=ExitCode.MISCONFIGURED,
)
ALERT_ADDRESS = Problem(
    code="doctor-alert-address",
    what="No alert can arrive at the address in TASKWHO_NOTIFY: {why}.",
    fix="Correct the address, or take it away.",
    exit_code=ExitCode.DONE,
)
METRICS_FOLDER = Problem(
    code="doctor-metrics-folder",
    what="The numbers of a run cannot be written to {file}.",
    fix="Make its folder, and let this user write to it, or name another file in `--metrics`.",
    exit_code=ExitCode.DONE,
)
