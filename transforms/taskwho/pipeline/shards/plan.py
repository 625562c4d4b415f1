"""Plans the shards of a first load, and ends it when all of them have landed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taskwho.database import bookmarks, shards
from taskwho.database.connection import connect
from taskwho.database.failures import in_words
from taskwho.model.entities import RELATIONS
from taskwho.model.errors import Misconfigured, RunFailed
from taskwho.model.errors.shards import NO_PLAN, PLAN_AT_WORK, SHARDS_INCOMPLETE
from taskwho.model.results.shards import ShardPlan
from taskwho.pipeline.pairs import pairs
from taskwho.pipeline.prepare import make_ready
from taskwho.pipeline.sync_lock import alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from taskwho.model.results.shards import Shard
    from taskwho.model.sync_request import SyncRequest


def plan(request: SyncRequest, parts: int, *, replace: bool = False) -> ShardPlan:
    """Divide the org's relations; a plan of as many shards that is not done stays as it is.

    Raises Misconfigured where another plan is at work, and the TaskwhoError family.
    """
    # imports the tap
    from taskwho.org.shards.plan import plan as divide  # noqa: PLC0415

    url, name = request.database_url, state_id(request)
    with in_words(), alone(url, [f"{name} shards"]), connect(url) as conn:
        make_ready(conn)
        found = shards.read(conn, name)
        if not replace and _is_at_work(found, parts):
            return ShardPlan(shards=tuple(found))
        planned = divide(request.salesforce, parts)
        shards.plan(conn, name, planned.org_id, planned.ranges())
        return ShardPlan(shards=tuple(shards.read(conn, name)), api_calls=planned.api_calls)


def show(url: str, environment: str) -> ShardPlan:
    """The plan that there is, with cursors up to now; raises Misconfigured without one."""
    with in_words(), connect(url) as conn:
        make_ready(conn)
        return _found(conn, pair_state_id(environment))


def finish(url: str, environment: str) -> ShardPlan:
    """Set the bookmark to the earliest end of the shards' windows; once.

    So the next incremental run reads all that changed since any worker looked. Raises RunFailed
    where a shard has not landed to its end.
    """
    name = pair_state_id(environment)
    with in_words(), alone(url, [name]), connect(url) as conn:
        make_ready(conn)
        with conn.transaction():
            found = _found(conn, name)
            if found.incomplete:
                raise RunFailed(SHARDS_INCOMPLETE, names=", ".join(found.incomplete))
            if not found.is_done:
                _set_bookmark(conn, name, found)
                shards.finish(conn, name)
        return _found(conn, name)


def state_id(request: SyncRequest) -> str:
    """The state whose bookmark the shards set."""
    return pair_state_id(request.environment)


def pair_state_id(environment: str) -> str:
    """The state of the relations."""
    [pair] = pairs((), parents=False)
    return pair.state_id(environment)


def _is_at_work(found: Sequence[Shard], parts: int) -> bool:
    """Whether this plan is the one that is asked for; raises where another one has begun."""
    if not found or all(shard.done_at for shard in found):
        return False
    if len(found) == parts:
        return True
    if any(shard.run_id for shard in found):
        raise Misconfigured(PLAN_AT_WORK, found=len(found), count=parts)
    return False


def _found(conn: psycopg.Connection[Any], name: str) -> ShardPlan:
    found = shards.read(conn, name)
    if not found:
        raise Misconfigured(NO_PLAN)
    return ShardPlan(shards=tuple(found))


def _set_bookmark(conn: psycopg.Connection[Any], name: str, found: ShardPlan) -> None:
    """Write the state that a run leaves that has read everything up to the earliest end."""
    first = found.shards[0]
    end = min(shard.window_to for shard in found.shards if shard.window_to is not None)
    kept = bookmarks.read(conn, name, begins_run=False)
    state = kept.singer_state if kept else {}
    entry = {
        "replication_key": "SystemModstamp",
        "replication_key_value": f"{end:%Y-%m-%dT%H:%M:%SZ}",
        "window": {"from": None, "to": None, "after_id": None},
        "org_id": first.org_id,
        "endpoint": first.endpoint,
    }
    streams = {**(state.get("bookmarks") or {}), RELATIONS.stream: entry}
    bookmarks.write_singer_state(conn, name, {**state, "bookmarks": streams})
