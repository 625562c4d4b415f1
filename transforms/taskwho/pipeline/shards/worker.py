"""A worker: reads one shard, and goes on from the plan's cursor."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psycopg

from taskwho.database import shards
from taskwho.database.connection import connect
from taskwho.model.entities import RELATIONS
from taskwho.model.errors import Misconfigured, TaskwhoError
from taskwho.model.errors.shards import NOT_PLANNED, SHARD_READS_ITS_RANGE
from taskwho.pipeline.shards.plan import state_id

if TYPE_CHECKING:
    from typing import Self

    from taskwho.model.results.shards import Shard
    from taskwho.model.sync_request import SyncRequest

# the tap's defaults of what the workers share; a test compares them with its declarations
SHARED = {"concurrency": 4, "api_quota_percent_run": 25}
_MODES = ("incremental", "full")
# a run with a bound leaves the bookmark alone; the one shard of a plan for one worker has none
_SMALLEST_ID = "000000000000000AAA"


def lock_name(request: SyncRequest) -> str:
    """What one worker at a time holds for its shard."""
    return f"{state_id(request)} shard {request.shard}"


def begin(conn: psycopg.Connection[Any], request: SyncRequest, run_id: str) -> SyncRequest:
    """Give the request for what is left of the shard, and record the run as its reader.

    Raises Misconfigured where the plan has no such shard, or more is asked for than its range.
    """
    shard = _shard(conn, request)
    shards.begin(conn, state_id(request), shard.shard, run_id)
    bounds = {"id_from": shard.after_id or shard.id_from or _SMALLEST_ID, "id_to": shard.id_to}
    given = {name: value for name, value in bounds.items() if value is not None}
    return replace(request, salesforce={**divided(request.salesforce, shard.of_shards), **given})


def check(request: SyncRequest) -> None:
    """Raise Misconfigured where more is asked for than the range of the shard."""
    given = request.salesforce
    asked = {
        f"mode {request.mode}": request.mode not in _MODES,
        **{name: given.get(name) is not None for name in ("limit", "id_from", "id_to")},
        "other streams": request.parents or bool(set(request.streams) - {RELATIONS.stream}),
    }
    if names := [name for name, is_asked in asked.items() if is_asked]:
        raise Misconfigured(SHARD_READS_ITS_RANGE, names=" and ".join(names))


def _shard(conn: psycopg.Connection[Any], request: SyncRequest) -> Shard:
    found = shards.read(conn, state_id(request))
    name = str(request.shard)
    shard = next((each for each in found if each.name == name), None)
    if shard is None:
        count = request.shard.of if request.shard else 0
        plan = f"a plan of {len(found)}" if found else "none"
        raise Misconfigured(NOT_PLANNED, count=count, found=plan)
    return shard


def divided(salesforce: Any, workers: int) -> dict[str, Any]:  # noqa: ANN401 - settings by name
    """The settings in which each worker takes its part of what the org allows all of them."""
    parts = {}
    for name, default in SHARED.items():
        # what is no number above 0 is refused by the tap, in words
        with contextlib.suppress(ValueError, TypeError):
            if (shared := int(salesforce.get(name, default))) > 0:
                parts[name] = max(1, shared // workers)
    return {**salesforce, **parts}


class ShardState:
    """What the tap of a worker begins from; a context manager, as the keeper of a bookmark is.

    A range of Ids leaves the state alone. The cursor follows from the journal: every entry of it
    that has landed stands for a page that has. So there is nothing to keep while the tap reads, and
    nothing is lost where this process dies.
    """

    def __init__(self, request: SyncRequest) -> None:
        self._request = request

    def __enter__(self) -> Self:
        """Nothing: there is no connection to keep."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing."""

    def given(self) -> dict[str, Any]:
        """Let the tap refuse another org than the one that was planned."""
        with connect(self._request.database_url) as conn:
            org_id = _shard(conn, self._request).org_id
        return {"bookmarks": {RELATIONS.stream: {"org_id": org_id}}} if org_id else {}

    def take(self, line: str) -> None:
        """Pass a STATE over: it is the one that was given."""

    def finish(self) -> None:
        """Move the cursor as far as rows have landed; the next one to read the plan would too."""
        url = self._request.database_url
        with contextlib.suppress(psycopg.Error, TaskwhoError), connect(url) as conn:
            shards.read(conn, state_id(self._request))
