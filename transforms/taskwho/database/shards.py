"""`taskwho.shards`: the plan of a first load that several workers share, and its cursors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from taskwho.database.sql_folder import SCRIPTS
from taskwho.model.entities import RELATIONS
from taskwho.model.results.shards import Shard, ShardPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg


def read(conn: psycopg.Connection[Any], state_id: str) -> list[Shard]:
    """The plan of a state id, in the order of Ids, with cursors up to now; empty without one."""
    values = {"state_id": state_id, "stream": RELATIONS.stream}
    SCRIPTS.run(conn, "advance_shards", values)
    script = SCRIPTS.compose("read_shards")
    return [Shard(**row) for row in conn.cursor(row_factory=dict_row).execute(script, values)]


def open_plans(conn: psycopg.Connection[Any]) -> list[ShardPlan]:
    """The plans whose bookmark is not set yet."""
    names = [name for (name,) in SCRIPTS.run(conn, "open_shard_plans")]
    return [ShardPlan(shards=tuple(read(conn, name))) for name in names]


def forget_open_plans(conn: psycopg.Connection[Any]) -> None:
    """Remove the plans whose bookmark is not set yet."""
    for (name,) in SCRIPTS.run(conn, "open_shard_plans").fetchall():
        SCRIPTS.run(conn, "forget_shards", {"state_id": name})


def plan(
    conn: psycopg.Connection[Any], state_id: str, org_id: str | None, planned: Sequence[Any]
) -> None:
    """Keep a new plan in place of the one before: id_from, id_to and counted of each shard."""
    values = {
        "state_id": state_id,
        "of_shards": len(planned),
        "org_id": org_id,
        "planned": Jsonb(planned),
    }
    with conn.transaction():
        SCRIPTS.run(conn, "forget_shards", {"state_id": state_id})
        SCRIPTS.run(conn, "plan_shards", values)


def begin(conn: psycopg.Connection[Any], state_id: str, shard: int, run_id: str) -> None:
    """Let a run read a shard. The cursor says where: `read` has moved it as far as rows landed."""
    values = {"state_id": state_id, "shard": shard, "run_id": run_id}
    SCRIPTS.run(conn, "begin_shard", values)


def finish(conn: psycopg.Connection[Any], state_id: str) -> None:
    """Record that the bookmark of a plan is set, and that its window has been read to the end."""
    SCRIPTS.run(conn, "finish_shards", {"state_id": state_id, "stream": RELATIONS.stream})


def pages(conn: psycopg.Connection[Any], run_id: str) -> list[dict[str, Any]]:
    """The journal of one run of the tap, whether it was promoted or waits in its landing table."""
    script = SCRIPTS.compose("landed_pages")
    return conn.cursor(row_factory=dict_row).execute(script, {"run_id": run_id}).fetchall()
