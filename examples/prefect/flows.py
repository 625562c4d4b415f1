"""A first load in shards, and a run every hour. Settings stand in the workers' environment.

pip install prefect 'taskwho[sync]'
export DATABASE_URL=... TAP_SALESFORCE_TASKWHO_LOGIN_URL=... (and the login's others)
python -c 'import flows; flows.first_load()'
python flows.py

Where jobs of yours load users, contacts and tasks, leave out what reads PARENTS, and parents=True.
"""

import taskwho
from prefect import flow, task
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

SHARDS = 4
PARENTS = ["users", "contacts", "tasks"]  # the relations refer to them, so they come first


def may_pass(_task: Task, _run: TaskRun, state: State) -> bool:
    """Whether a retry can help; where a person has to change something, it cannot."""
    error = state.result(raise_on_failure=False)
    if isinstance(error, taskwho.DatabaseUnavailable):
        return True  # it may be back in a minute
    # a run that has used its share of the API calls would use a second share
    return not isinstance(error, taskwho.Misconfigured | taskwho.QuotaReached)


# a worker goes on from its cursor, so that a retry repeats next to nothing
retried = {"retries": 3, "retry_delay_seconds": [60, 600, 3600], "retry_condition_fn": may_pass}


@task(**retried)
def parents() -> None:
    """Read the users, contacts and tasks that relations refer to."""
    taskwho.sync(streams=PARENTS)


@task(**retried)
def land(shard: str) -> int:
    """Read one range of Ids into the landing table."""
    result = taskwho.sync(shard=shard, load_only=True)
    return sum(window.records for window in result.windows)


@task(**retried)
def promote() -> float | None:
    """Promote all shards, and set the bookmark."""
    result = taskwho.post_load()
    taskwho.shards(done=True)  # raises where a shard is missing
    return result.health


@task(**retried)
def sync() -> float | None:
    """Read what has changed, with the users, contacts and tasks that it refers to."""
    return taskwho.sync(parents=True).health


@flow
def first_load() -> float | None:
    """Read every relation that there is, four ranges of Ids side by side."""
    parents()
    plan = taskwho.shards(SHARDS)
    shards = [f"{shard.shard}/{shard.of_shards}" for shard in plan.shards]
    return promote(wait_for=land.map(shards))


@flow
def hourly() -> float | None:
    """Read what has changed, and compare the table with Salesforce."""
    health = sync()
    found = taskwho.verify()
    if not found.is_equal:
        raise ValueError(f"the table differs from Salesforce: {found.standing}")
    return health


if __name__ == "__main__":
    hourly.serve(cron="0 * * * *")
