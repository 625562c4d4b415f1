"""A first load in shards, then a run every hour. Settings stand in the workers' environment.

pip install apache-airflow 'taskwho[sync]'
export DATABASE_URL=... TAP_SALESFORCE_TASKWHO_LOGIN_URL=... (and the login's others)
export TASKWHO_HOME=... TASKWHO_REPORTS_DIR=... (folders that the workers may write to)
airflow standalone, with this file in its folder of DAGs

Where jobs of yours load users, contacts and tasks, leave out what reads PARENTS, and parents=True.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import taskwho
from airflow.exceptions import AirflowFailException
from airflow.sdk import dag, task

SHARDS = 4
PARENTS = ["users", "contacts", "tasks"]  # the relations refer to them, so they come first
# a worker goes on from its cursor, so that a retry repeats next to nothing
RETRIES = {
    "retries": 6,
    "retry_delay": timedelta(minutes=2),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(hours=2),
}


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
        raise AirflowFailException(str(error)) from error


@dag(schedule=None, default_args=RETRIES, max_active_runs=1)
def taskwho_first_load() -> None:
    """Read every relation that there is. Run it once, before `taskwho_hourly` is switched on."""

    @task
    def parents() -> None:
        with retried_where_it_helps():
            taskwho.sync(streams=PARENTS)

    @task
    def plan() -> list[str]:
        with retried_where_it_helps():
            planned = taskwho.shards(SHARDS)
        return [f"{shard.shard}/{shard.of_shards}" for shard in planned.shards]

    @task
    def land(shard: str) -> int:
        with retried_where_it_helps():
            result = taskwho.sync(shard=shard, load_only=True)
        return sum(window.records for window in result.windows)

    @task
    def promote() -> None:
        with retried_where_it_helps():
            taskwho.post_load()
            taskwho.shards(done=True)

    planned = plan()
    parents() >> planned
    land.expand(shard=planned) >> promote()


@dag(schedule="@hourly", default_args=RETRIES, max_active_runs=1, catchup=False)
def taskwho_hourly() -> None:
    """Read what has changed, with users, contacts and tasks; compare the table with Salesforce."""

    @task
    def sync() -> float | None:
        with retried_where_it_helps():
            return taskwho.sync(parents=True).health

    @task
    def verify() -> None:
        with retried_where_it_helps():
            found = taskwho.verify()
        if not found.is_equal:
            raise AirflowFailException(f"the table differs from Salesforce: {found.standing}")

    sync() >> verify()


taskwho_first_load()
taskwho_hourly()
