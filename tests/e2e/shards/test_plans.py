"""What a plan refuses, keeps and shares out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import taskwho

from tests.e2e.api.test_places import arguments
from tests.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from taskwho import Progress

ROWS = 600


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as org:
        yield org


@pytest.fixture
def given(org: Sandbox, database_url: str, tmp_path: Path) -> dict[str, Any]:
    return arguments(org, database_url, tmp_path)


def plan(given: dict[str, Any], count: int | None = None, **more: bool) -> taskwho.ShardPlan:
    url, salesforce = given["database_url"], given["salesforce"]
    return taskwho.shards(count, database_url=url, salesforce=salesforce, **more)


def work(given: dict[str, Any], shard: str, **more: object) -> taskwho.RunResult:
    return taskwho.sync(**{**given, **more}, shard=shard, load_only=True)


def test_without_a_plan_nothing_is_read_and_the_message_names_the_command(
    org: Sandbox, given: dict[str, Any]
) -> None:
    org.requests.clear()
    with pytest.raises(taskwho.Misconfigured, match="Run `taskwho shards N` first"):
        plan(given)
    with pytest.raises(taskwho.Misconfigured, match="Run `taskwho shards N` first"):
        plan(given, done=True)
    with pytest.raises(taskwho.Misconfigured, match="Run `taskwho shards 4` first"):
        work(given, "1/4")
    assert not org.requests


def test_planning_again_keeps_the_plan_that_is_at_work(given: dict[str, Any]) -> None:
    first = plan(given, 2)
    assert plan(given, 3).shards[0].of_shards == 3  # nobody had begun
    first = plan(given, 2)
    work(given, "1/2")
    again = plan(given, 2)
    assert again.api_calls == 0
    assert [shard.id_from for shard in again.shards] == [shard.id_from for shard in first.shards]
    assert again.incomplete == ["2/2"]
    with pytest.raises(taskwho.Misconfigured, match="A plan of 2 shards has begun to be read"):
        plan(given, 5)
    assert plan(given, 5, replace=True).incomplete == [f"{number}/5" for number in range(1, 6)]
    with pytest.raises(taskwho.Misconfigured, match="it has a plan of 5"):
        work(given, "2/2")


def test_done_needs_every_shard_and_is_done_once(given: dict[str, Any]) -> None:
    plan(given, 2)
    work(given, "2/2")
    with pytest.raises(taskwho.RunFailed, match=r"read to their end: 1/2\. Run") as raised:
        plan(given, done=True)
    assert raised.value.exit_code == 1
    work(given, "1/2")
    first = plan(given, done=True)
    assert plan(given, done=True) == first
    assert plan(given) == first
    assert not plan(given, 2).is_done  # a new plan


@pytest.mark.parametrize(
    ("shard", "more", "said"),
    [
        ("0/4", {}, "not the name of a shard"),
        ("5/4", {}, "not the name of a shard"),
        ("1", {}, "not the name of a shard"),
        ("1/2", {"mode": "recent"}, "with mode recent"),
        ("1/2", {"limit": 5}, "with limit"),
        ("1/2", {"parents": True}, "with other streams"),
        ("1/2", {"streams": ["users"]}, "with other streams"),
    ],
)
def test_a_shard_is_named_and_read_whole(
    given: dict[str, Any], shard: str, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(taskwho.Misconfigured, match=said):
        work(given, shard, **more)


def test_a_second_worker_of_a_shard_is_busy_and_one_of_another_shard_is_not(
    given: dict[str, Any],
) -> None:
    plan(given, 2)
    raised: list[taskwho.TaskwhoError] = []

    def run_others(progress: Progress) -> None:
        if progress.stage == "relations" and not raised:
            with pytest.raises(taskwho.Busy) as busy:
                work(given, "1/2")
            raised.append(busy.value)
            assert work(given, "2/2").status == "loaded"

    assert work(given, "1/2", on_progress=run_others).status == "loaded"
    assert [error.exit_code for error in raised] == [5]


def test_workers_share_what_the_org_allows_all_of_them(org: Sandbox, given: dict[str, Any]) -> None:
    org.api_used, org.api_max = 0, 200
    shared = {"concurrency": 2, "api_quota_percent_run": 2, "page_size": 200}
    try:
        plan(given, 2)
        given["salesforce"] |= shared
        with pytest.raises(taskwho.QuotaReached, match="api_quota_percent_run"):
            work(given, "1/2", settings={**given["settings"], "explain": False})
    finally:
        org.api_used, org.api_max = 100, 100_000
    work(given, "1/2")
    assert plan(given).incomplete == ["2/2"]


def test_the_database_of_another_org_is_refused(given: dict[str, Any]) -> None:
    plan(given, 1)
    with Sandbox(rows=5, seed=9) as other:
        other.login.org_id = "00D00000000ZZZZEAY"
        salesforce = {**given["salesforce"], **other.settings()}
        with pytest.raises(taskwho.Misconfigured, match="belongs to org"):
            work(given, "1/1", salesforce=salesforce)


def test_a_plan_of_one_shard_is_read_and_done(given: dict[str, Any]) -> None:
    plan(given, 1)
    work(given, "1/1")
    promoted = taskwho.post_load(database_url=given["database_url"], settings=given["settings"])
    assert (promoted.status, promoted.counts.retrieved) == ("ok", ROWS)
    assert plan(given, done=True).is_done
    assert taskwho.sync(**given).counts.retrieved == 0


def test_a_worker_that_starts_after_the_end_changes_nothing(given: dict[str, Any]) -> None:
    plan(given, 2)
    for name in ("1/2", "2/2"):
        work(given, name)
    first = plan(given, done=True)
    late = work(given, "1/2")
    assert sum(window.records for window in late.windows) == 1  # the row of the cursor
    again = plan(given)
    assert [shard.window_to for shard in again.shards] == [s.window_to for s in first.shards]
    assert again.is_done
    assert not again.incomplete
    promoted = taskwho.post_load(database_url=given["database_url"], settings=given["settings"])
    assert (promoted.status, promoted.counts.retrieved) == ("ok", ROWS)
    assert taskwho.sync(**given).counts.retrieved == 0


def test_an_org_can_be_read_in_shards_again(given: dict[str, Any], database_url: str) -> None:
    for count in (2, 3):
        for shard in plan(given, count).shards:
            work(given, shard.name)
        promoted = taskwho.post_load(database_url=database_url, settings=given["settings"])
        assert (promoted.status, promoted.counts.retrieved) == ("ok", ROWS)
        assert plan(given, done=True).is_done
    assert promoted.counts.unchanged == promoted.counts.retrieved - promoted.counts.failed - (
        promoted.counts.set_aside
    )
    assert taskwho.sync(**given).counts.retrieved == 0


def test_an_empty_org_is_planned_and_done_too(database_url: str, tmp_path: Path) -> None:
    with Sandbox(rows=0) as org:
        given = arguments(org, database_url, tmp_path)
        assert [shard.counted for shard in plan(given, 3).shards] == [0, 0, 0]
        for number in (1, 2, 3):
            work(given, f"{number}/3")
        assert plan(given, done=True).is_done


def test_a_load_alone_is_promoted_later(given: dict[str, Any]) -> None:
    loaded = taskwho.sync(**given, load_only=True)
    assert (loaded.status, loaded.counts.retrieved) == ("loaded", 0)
    assert loaded.next_steps or loaded.report_path
    later = taskwho.post_load(database_url=given["database_url"], settings=given["settings"])
    assert (later.status, later.counts.retrieved) == ("ok", ROWS)
    assert taskwho.sync(**given).counts.retrieved == 0
