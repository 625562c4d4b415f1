"""Errors of a first load that several workers share."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

NOT_A_SHARD = Problem(
    code="not-a-shard",
    what="{text!r} is not the name of a shard.",
    fix="Write its number and the number of shards, such as 2/4.",
    kept="Nothing was read.",
    exit_code=ExitCode.MISCONFIGURED,
)
SHARD_READS_ITS_RANGE = Problem(
    code="shard-reads-its-range",
    what="A shard cannot be read with {names}.",
    why="A worker reads the relations of its range of Ids, all of them.",
    fix="Leave {names} out. Read users, contacts and tasks by a run of their own.",
    kept="Nothing was read.",
    exit_code=ExitCode.MISCONFIGURED,
)
NOT_PLANNED = Problem(
    code="not-planned",
    what="There is no plan of {count} shards in this database; it has {found}.",
    fix="Run `taskwho shards {count}` first, or name a shard of the plan that there is.",
    kept="Nothing was read.",
    exit_code=ExitCode.MISCONFIGURED,
)
NO_PLAN = Problem(
    code="no-plan",
    what="There is no plan of shards in this database.",
    fix="Run `taskwho shards N` first, with the number of workers for N.",
    kept="Nothing was changed.",
    exit_code=ExitCode.MISCONFIGURED,
)
PLAN_AT_WORK = Problem(
    code="plan-at-work",
    what="A plan of {found} shards has begun to be read, and is not done.",
    fix=(
        "Let its workers end, then run `taskwho shards --done`. To begin anew, run `taskwho shards "
        "{count} --replace`: what landed stays, and all Ids are read again."
    ),
    kept="The plan is as it was.",
    exit_code=ExitCode.MISCONFIGURED,
)
SHARDS_INCOMPLETE = Problem(
    code="shards-incomplete",
    what="These shards have not been read to their end: {names}.",
    fix="Run `taskwho sync --shard I/N --load-only` for each of them, then this command again.",
    kept="What landed is kept. The bookmark is as it was.",
    exit_code=ExitCode.FAILED,
)
