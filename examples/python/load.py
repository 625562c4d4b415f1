"""A first load by four processes, then what has changed since. Settings stand in the environment.

pip install 'taskwho[sync]'
export DATABASE_URL=... TAP_SALESFORCE_TASKWHO_LOGIN_URL=... (and the login's others)
python load.py first, then python load.py every hour

Where jobs of yours load users, contacts and tasks, leave out what reads PARENTS, and parents=True.
"""

import sys
from concurrent.futures import ProcessPoolExecutor

import taskwho

SHARDS = 4
PARENTS = ["users", "contacts", "tasks"]  # the relations refer to them, so they come first


def land(shard: str) -> int:
    """Read one range of Ids into the landing table; a second call goes on where this one ended."""
    result = taskwho.sync(shard=shard, load_only=True)
    return sum(window.records for window in result.windows)


def first_load() -> taskwho.RunResult:
    """Read all ranges side by side, promote them, and set the bookmark."""
    taskwho.sync(streams=PARENTS)
    plan = taskwho.shards(SHARDS)
    names = [f"{shard.shard}/{shard.of_shards}" for shard in plan.shards]
    with ProcessPoolExecutor(SHARDS) as workers:
        print("landed:", *workers.map(land, names))
    result = taskwho.post_load()
    taskwho.shards(done=True)  # raises where a shard is missing
    return result


if __name__ == "__main__":
    try:
        result = first_load() if sys.argv[1:] == ["first"] else taskwho.sync(parents=True)
    except taskwho.TaskwhoError as error:  # what happened, and what to do
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    print(f"{result.counts.inserted} inserted, health {result.health}, {result.report_path}")
    sys.exit(result.exit_code)
