"""Others at work at the same time: post-loads, loaders, and jobs that delete parents."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import reasons
from tests.support.seed import relation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

# A gate before the first write: the promotion waits there for as long as the test holds the key.
GATE = """
create function wait_at_gate() returns trigger language plpgsql as
'begin perform pg_advisory_xact_lock_shared(7); return null; end';
create trigger gate before insert on sf_taskwhorelations
for each statement execute function wait_at_gate();
"""
WAITING = "select count(*) from pg_locks where locktype = 'advisory' and objid = 7 and not granted"


@pytest.fixture
def url(url: str) -> str:
    query(url, GATE)
    return url


@contextmanager
def at_the_gate(url: str, settings: PostLoadSettings) -> Iterator[Future[RunResult]]:
    """A promotion in a thread of its own, which goes on when the block ends."""
    with ThreadPoolExecutor(1) as thread, psycopg.connect(url, autocommit=True) as keeper:
        keeper.execute("select pg_advisory_lock(7)")
        promotion = thread.submit(post_load, url, settings)
        try:
            wait_for(url, WAITING, promotion)
            yield promotion
        finally:
            keeper.execute("select pg_advisory_unlock(7)")


def wait_for(url: str, statement: str, work: Future[RunResult] | Future[None]) -> None:
    """Wait until a count is not zero any more, or the work has ended too early."""
    while query(url, statement) == [(0,)]:
        if work.done():
            work.result()
            raise AssertionError("it did not wait")
        time.sleep(0.01)


def test_a_parent_deleted_while_the_promotion_runs_is_missing(
    url: str, settings: PostLoadSettings
) -> None:
    seed.add_contact(url, 2)
    seed.add_task(url, 2)
    rows = [relation(n) for n in range(1, 1201)]
    rows += [relation(2001, RelationId=seed.contact(2)), relation(2002, TaskId=seed.task(2))]
    seed.land(url, rows)
    with at_the_gate(url, settings) as promotion:
        query(url, "delete from sf_contacts where salesforce_id = %s", seed.contact(2))
        query(url, "delete from sf_activities where salesforce_id = %s", seed.task(2))
    result = promotion.result()
    assert (result.counts.inserted, result.counts.failed) == (1200, 2)
    assert reasons(url) == {
        relation(2001)["Id"]: ["missing_contact"],
        relation(2002)["Id"]: ["missing_task"],
    }
    assert result.errors == {"foreign_key": 2, "missing_contact": 1, "missing_task": 1}
    assert result.missing["tasks"].ids == [seed.task(2)]
    seed.add_contact(url, 2)
    assert post_load(url, settings).counts.healed == 1


def test_rows_that_land_while_the_promotion_runs_wait_for_the_next(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    with ThreadPoolExecutor(1) as thread:
        with at_the_gate(url, settings) as promotion:
            loader = thread.submit(seed.land, url, [relation(2), relation(3)])
            blocked = (
                "select count(*) from pg_locks where not granted and locktype = 'relation' "
                "and relation = 'taskwho.task_who_relations'::regclass"
            )
            wait_for(url, blocked, loader)
        assert promotion.result().counts.retrieved == 1
        loader.result()
    assert post_load(url, settings).counts.inserted == 2
    assert len(seed.stored(url)) == 3


def test_a_second_post_load_waits_for_the_first(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1), relation(2)])
    with ThreadPoolExecutor(1) as thread:
        with at_the_gate(url, settings) as first:
            second = thread.submit(post_load, url, settings)
            wait_for(
                url,
                "select count(*) from pg_locks where locktype = 'advisory' and not granted "
                "and objid <> 7",
                second,
            )
        assert first.result().counts.inserted == 2
        assert second.result().counts.retrieved == 0


def test_a_second_post_load_says_that_one_is_running_and_changes_nothing(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    with at_the_gate(url, settings) as first:
        with pytest.raises(TaskwhoError, match="Another post-load runs") as refused:
            post_load(url, replace(settings, wait_seconds=0))
        assert refused.value.exit_code == 1
    assert first.result().counts.inserted == 1


def test_a_table_that_somebody_holds_is_named_and_what_landed_is_kept(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    with psycopg.connect(url) as holder:
        holder.execute("lock table sf_taskwhorelations in access exclusive mode")
        with pytest.raises(TaskwhoError, match="held a lock") as refused:
            post_load(url, replace(settings, lock_timeout_seconds=0))
    assert refused.value.exit_code == 1
    assert post_load(url, settings).counts.inserted == 1


def test_a_deadlock_with_another_job_is_tried_again(url: str, settings: PostLoadSettings) -> None:
    query(url, "create table deadlocks (attempt integer)")
    query(
        url,
        "create sequence attempts; create function fall() returns trigger language plpgsql as $$"
        "begin if nextval('attempts') = 1 then raise exception using errcode = '40P01'; end if; "
        "return null; end $$; create trigger fall before insert on sf_taskwhorelations "
        "for each statement execute function fall()",
    )
    seed.land(url, [relation(1)])
    assert post_load(url, settings).counts.inserted == 1


def test_a_promotion_that_is_killed_changes_nothing_and_is_made_good(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(n) for n in range(1, 1501)])
    before = query(url, "select count(*) from taskwho.runs")
    with at_the_gate(url, replace(settings, max_records=10)) as promotion:
        query(
            url,
            "select pg_terminate_backend(pid) from pg_locks "
            "where locktype = 'advisory' and objid = 7 and not granted",
        )
        with pytest.raises(TaskwhoError) as lost:
            promotion.result()
    assert lost.value.exit_code == 1
    assert "what landed is kept" in lost.value.message
    assert seed.stored(url) == {}
    assert query(url, "select count(*) from taskwho.runs") == before
    assert list(settings.reports_dir.iterdir()) == []
    assert post_load(url, settings).counts.inserted == 1500
