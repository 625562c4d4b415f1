"""A first load in shards, then a run every hour. Settings stand in the environment.

pip install dagster 'taskwho[sync]'
export DATABASE_URL=... TAP_SALESFORCE_TASKWHO_LOGIN_URL=... (and the login's others)
dagster dev -f definitions.py

Materialize the group first_load once, then turn the schedule on.
Where jobs of yours load users, contacts and tasks, leave out what reads PARENTS, and parents=True.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import taskwho

SHARDS = 4
PARENTS = ["users", "contacts", "tasks"]  # the relations refer to them, so they come first
partitions = dg.StaticPartitionsDefinition([f"{n}-of-{SHARDS}" for n in range(1, SHARDS + 1)])
# a worker goes on from its cursor, so that a retry repeats next to nothing
retries = dg.RetryPolicy(max_retries=3, delay=60, backoff=dg.Backoff.EXPONENTIAL)


@contextmanager
def retried_where_it_helps() -> Iterator[None]:
    """Fail at once where a retry does not help."""
    try:
        yield
    except taskwho.DatabaseUnavailable:
        raise  # it may be back in a minute
    # A person has to change something first; or the run has used its share of the API calls, and
    # a retry would use a second share.
    except (taskwho.Misconfigured, taskwho.QuotaReached) as error:
        raise dg.Failure(str(error), allow_retries=False) from error


@dg.asset(group_name="first_load", retry_policy=retries)
def parents() -> None:
    """The users, contacts and tasks that relations refer to."""
    with retried_where_it_helps():
        taskwho.sync(streams=PARENTS)


@dg.asset(group_name="first_load", deps=[parents], retry_policy=retries)
def shard_plan() -> dg.MaterializeResult:
    """Ranges of Ids with as many relations each."""
    with retried_where_it_helps():
        plan = taskwho.shards(SHARDS)
    return dg.MaterializeResult(metadata={"relations": sum(s.counted for s in plan.shards)})


@dg.asset(
    group_name="first_load", deps=[shard_plan], partitions_def=partitions, retry_policy=retries
)
def landed_shard(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """One range, in the landing table. Each partition may run on a machine of its own."""
    with retried_where_it_helps():
        result = taskwho.sync(shard=context.partition_key.replace("-of-", "/"), load_only=True)
    read = sum(window.records for window in result.windows)
    return dg.MaterializeResult(metadata={"read": read, "api_calls": result.api.calls})


@dg.asset(group_name="first_load", deps=[landed_shard], retry_policy=retries)
def first_load() -> dg.MaterializeResult:
    """All shards, promoted; the bookmark is set, so that `relations` goes on from here."""
    with retried_where_it_helps():
        result = taskwho.post_load()
        taskwho.shards(done=True)  # raises where a shard is missing
    return dg.MaterializeResult(
        metadata={"health": result.health, "waiting": result.totals.waiting}
    )


@dg.asset(retry_policy=retries)
def relations() -> dg.MaterializeResult:
    """What changed since the last run, with the users, contacts and tasks that it refers to."""
    with retried_where_it_helps():
        result = taskwho.sync(parents=True)
    return dg.MaterializeResult(metadata={"health": result.health, "report": result.report_path})


@dg.asset_check(asset=relations)
def equals_salesforce() -> dg.AssetCheckResult:
    """Whether the table equals the org."""
    found = taskwho.verify()
    return dg.AssetCheckResult(passed=found.is_equal, metadata={"differences": found.standing})


hourly = dg.ScheduleDefinition(
    job=dg.define_asset_job("hourly", selection=[relations]), cron_schedule="0 * * * *"
)
definitions = dg.Definitions(
    assets=[parents, shard_plan, landed_shard, first_load, relations],
    asset_checks=[equals_salesforce],
    schedules=[hourly],
)
