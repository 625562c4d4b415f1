"""Versions of one Id: which of those that land, wait and are stored wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import EARLIER, LATER
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings


def test_the_order_of_landing_decides_whatever_the_order_on_disk(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1, Type="first"), relation(1, Type="second")])
    # the first row's new version lies behind the second's
    query(url, "update taskwho.task_who_relations set \"Type\" = 'moved' where \"Type\" = 'first'")
    post_load(url, settings)
    assert query(url, "select type from sf_taskwhorelations") == [("second",)]


def test_a_version_whose_stamp_is_no_time_yields_to_one_with_a_stamp(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1, SystemModstamp=EARLIER), relation(1, SystemModstamp="later")])
    result = post_load(url, settings)
    assert (result.counts.retrieved, result.counts.inserted) == (1, 1)


def test_a_landed_version_replaces_the_one_that_waits(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1, TaskId=seed.task(9))])
    post_load(url, settings)
    seed.land(url, [relation(1, TaskId=seed.task(8), SystemModstamp=LATER)])
    post_load(url, settings)
    [waiting] = seed.quarantine(url).values()
    assert (waiting["missing_ids"], waiting["attempts"]) == ([seed.task(8)], 2)
    assert waiting["last_failed_at"] > waiting["first_failed_at"]
    seed.land(url, [relation(1, SystemModstamp=LATER)])
    result = post_load(url, settings)
    assert (result.counts.healed, result.counts.inserted) == (1, 1)


def test_a_row_that_waits_replaces_a_stored_one_of_its_second(
    url: str, settings: PostLoadSettings
) -> None:
    # it can only wait for having landed after the stored one, which it would replace at once else
    seed.land(url, [relation(1, SystemModstamp=LATER)])
    post_load(url, settings)
    seed.land(url, [relation(1, SystemModstamp=LATER, RelationId=seed.contact(2), Type="Other")])
    assert post_load(url, settings).counts.failed == 1
    seed.add_contact(url, 2)
    result = post_load(url, settings)
    assert (result.counts.updated, result.counts.healed) == (1, 1)
    assert query(url, "select type from sf_taskwhorelations") == [("Other",)]
    assert seed.quarantine(url) == {}


def test_a_row_that_a_constraint_refuses_waits_on_beside_a_stored_one_of_its_second(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, "alter table sf_taskwhorelations add check (type <> 'Other')")
    seed.land(url, [relation(1)])
    post_load(url, settings)
    seed.land(url, [relation(1, Type="Other")])
    post_load(url, settings)
    result = post_load(url, settings)
    assert (result.counts.failed_again, result.counts.quarantined_now) == (1, 1)


def test_a_row_that_waits_replaces_an_older_one(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1)])
    post_load(url, settings)
    seed.land(url, [relation(1, SystemModstamp=LATER, RelationId=seed.contact(2))])
    post_load(url, settings)
    seed.add_contact(url, 2)
    result = post_load(url, settings)
    assert (result.counts.updated, result.counts.healed) == (1, 1)


def test_nothing_is_done_twice(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1), relation(2, TaskId=seed.task(9)), relation(3, IsDeleted="true")])
    post_load(url, settings)
    statement = (
        "select (select array_agg(r::text || r.xmin::text order by id) "
        "from sf_taskwhorelations r), (select array_agg(f::text || f.xmin::text) "
        "from taskwho.quarantine f)"
    )
    before = query(url, statement)
    result = post_load(url, settings)
    assert (result.counts.retrieved, result.status) == (0, "nothing")
    assert query(url, statement) == before
