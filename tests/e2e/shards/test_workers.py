"""A first load that several workers share: exact, whatever becomes of them."""

from __future__ import annotations

import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import taskwho
from tap_salesforce_taskwho.pagination.id_space import id_before

from tests.e2e.api.test_places import arguments
from tests.sandbox import Sandbox
from tests.sandbox.org import ids
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.observing import is_seen, living, wait_for
from tests.support.postgresql import query
from tests.support.seed_tables import fill_parents
from tests.support.sync_command import filled_project, last_line, start
from tests.support.sync_command import taskwho as run_taskwho

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from taskwho import Progress

ROWS, SHARDS = 2_400, 4
SLOW = {"page_size": 200, "concurrency": SHARDS}
CURSOR = "select after_id, completed_at is not null from taskwho.shards where shard = 1"
RUNS = "select status, cardinality(run_ids) from taskwho.runs order by run_id"


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as org:
        yield org


@pytest.fixture
def given(org: Sandbox, database_url: str, tmp_path: Path) -> dict[str, Any]:
    found = arguments(org, database_url, tmp_path)
    return {**found, "salesforce": {**found["salesforce"], **SLOW, "lag_seconds": 60}}


def plan(given: dict[str, Any], count: int | None = None, **more: bool) -> taskwho.ShardPlan:
    url, salesforce = given["database_url"], given["salesforce"]
    return taskwho.shards(count, database_url=url, salesforce=salesforce, **more)


def work(given: dict[str, Any], shard: str, **more: object) -> taskwho.RunResult:
    return taskwho.sync(**{**given, **more}, shard=shard, load_only=True)


def promote(given: dict[str, Any]) -> taskwho.RunResult:
    return taskwho.post_load(database_url=given["database_url"], settings=given["settings"])


def test_rows_that_are_lost_before_post_load_end_the_plan_and_are_read_again(
    org: Sandbox, given: dict[str, Any], database_url: str
) -> None:
    plan(given, 2)
    for shard in ("1/2", "2/2"):
        work(given, shard)
        if shard == "1/2":
            query(database_url, "truncate taskwho.task_who_relations")
    with pytest.raises(taskwho.TaskwhoError, match="have not arrived"):
        promote(given)
    with pytest.raises(taskwho.TaskwhoError, match="no plan"):
        taskwho.shards(done=True, database_url=database_url)
    taskwho.sync(**given)
    assert_equal_to_the_org(org, database_url)


def test_workers_side_by_side_load_the_whole_org_and_the_next_run_goes_on(
    org: Sandbox, given: dict[str, Any], database_url: str
) -> None:
    planned = plan(given, SHARDS)
    assert planned.api_calls == len(org.queries()) <= 40
    share = ROWS / SHARDS
    assert all(0.9 * share <= shard.counted <= 1.1 * share for shard in planned.shards)
    # together they have no more pages in flight than one run of the same settings
    org.max_concurrency, org.latency_ms = SLOW["concurrency"], 10
    with ThreadPoolExecutor(SHARDS) as pool:
        loaded = list(pool.map(lambda shard: work(given, shard.name), planned.shards))
    assert {request.status for request in org.queries()} == {200}
    org.latency_ms = 0
    assert {(each.status, each.exit_code) for each in loaded} == {("loaded", 0)}
    assert len({each.run_ids[0] for each in loaded}) == SHARDS
    assert sum(window.records for each in loaded for window in each.windows) == ROWS
    assert all(each.report_path for each in loaded)
    promoted = promote(given)
    assert (promoted.status, promoted.counts.retrieved) == ("ok", ROWS)
    assert set(promoted.run_ids) == {each.run_ids[0] for each in loaded}
    assert any("taskwho shards --done" in warning for warning in promoted.warnings)
    assert query(database_url, RUNS) == [("loaded", 1)] * SHARDS + [("ok", SHARDS)]
    assert_equal_to_the_org(org, database_url)

    done = plan(given, done=True)
    ends = [shard.window_to for shard in done.shards if shard.window_to]
    assert done.is_done
    org.advance_clock(3_600)
    changed = {*org.insert(30), *org.update(20), *org.soft_delete(10)}
    org.advance_clock(120)
    asked = len(org.queries())
    rest = taskwho.sync(**given)
    assert rest.counts.retrieved == len(changed)
    assert rest.windows[0].bookmark == f"{min(ends):%Y-%m-%dT%H:%M:%SZ}"
    of_relations = [str(q.soql) for q in org.queries()[asked:] if "TaskWhoRelation" in str(q.soql)]
    assert all("SystemModstamp >=" in soql for soql in of_relations)
    assert_equal_to_the_org(org, database_url)


@pytest.mark.parametrize("seed", range(3))
def test_killed_repeated_and_late_workers_lose_nothing(
    given: dict[str, Any],
    database_url: str,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same history every time
    strides = tuple(chance.choice((1, 3, 911, 10**5)) for _ in ids.PODS)
    monkeypatch.setattr(ids, "STRIDES", strides)
    with Sandbox(rows=ROWS, seed=seed + 2) as org:
        given |= {"salesforce": {**given["salesforce"], **org.settings()}}
        with psycopg.connect(database_url) as connection:
            connection.execute("truncate sf_users, sf_contacts, sf_activities cascade")
            fill_parents(connection, org.parents())
        names = [shard.name for shard in plan(given, chance.choice((3, 5))).shards]
        todo = [*names, *names]
        chance.shuffle(todo)
        for name in todo:
            if chance.random() < 0.5:
                assert killed(given, name, chance.randrange(600)).status in {"stopped", "loaded"}
            else:
                work(given, name)
            if chance.random() < 0.3:
                promote(given)
            org.advance_clock(chance.randrange(600))
            org.update(20)
            org.soft_delete(5)
        for name in plan(given).incomplete:
            work(given, name)
        promote(given)
        plan(given, done=True)
        org.advance_clock(120)
        assert taskwho.sync(**given).exit_code == 0
        assert_equal_to_the_org(org, database_url)


def test_a_worker_that_is_killed_goes_on_from_its_cursor(
    org: Sandbox, database_url: str, tmp_path: Path
) -> None:
    project = filled_project(tmp_path, org, database_url)
    slow = {"TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "200"}
    assert run_taskwho(project, "shards", "2").code == 0
    org.latency_ms = 300
    worker = start(project, "sync", "--shard", "1/2", "--load-only", **slow)
    # it may have ended by then, on a slow machine: what follows holds all the same
    wait_for(lambda: is_seen(database_url, "select from taskwho.sync_batches"), "the journal")
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    wait_for(lambda: not living(tmp_path), "the end of every child")
    org.latency_ms = 0
    early = run_taskwho(project, "shards", "--done")
    assert early.code == 1
    assert "2/2. Run `taskwho sync --shard I/N --load-only` for each" in last_line(early)
    assert run_taskwho(project, "shards").code == 0
    [(cursor, is_complete)] = query(database_url, CURSOR)
    assert cursor is not None
    asked = len(org.queries())
    assert run_taskwho(project, "sync", "--shard", "1/2", "--load-only").code == 0
    first = str(org.queries()[asked].soql)
    assert f"Id > '{id_before(cursor)}'" in first
    assert run_taskwho(project, "sync", "--shard", "2/2", "--load-only").code == 0
    assert run_taskwho(project, "post-load").code == 0
    assert run_taskwho(project, "shards", "--done").code == 0
    [(dead,)] = query(database_url, "select count(*) from taskwho.runs where status = 'failed'")
    assert dead == 1 or is_complete
    assert_equal_to_the_org(org, database_url)


def killed(given: dict[str, Any], shard: str, rows: int) -> taskwho.RunResult:
    """A worker whose children are killed after so many rows."""
    kill = threading.Event()

    def watch(progress: Progress) -> None:
        if progress.stage == "relations" and progress.rows >= rows:
            kill.set()

    return work(given, shard, on_progress=watch, stop_at_once=kill)
