"""Many rows: work stays in sets, and what stands is not touched again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from taskwho.pipeline.post_load import post_load
from taskwho.promotion.accounting import records

from tests.support import seed
from tests.support.postgresql import query
from tests.support.seed import relation
from tests.support.soak import SOAK

if TYPE_CHECKING:
    from taskwho.model.results.result import Record
    from taskwho.model.settings import PostLoadSettings
    from taskwho.promotion.context import Context

MANY = 1_000_000 if SOAK else 100_000
LAND = """
insert into taskwho.task_who_relations ("Id", "IsDeleted", "Type", "RelationId", "TaskId",
    "CreatedById", "LastModifiedById", "CreatedDate", "LastModifiedDate", "SystemModstamp")
select '0RTZz0' || lpad(number::text, 12, '0'), 'false', {type}, {contact}, {task}, {author},
    {author}, {stamp}, {stamp}, {stamp}
from generate_series({first}, {last}) as number
"""


def land_many(
    url: str, *, kind: str = "'Contact'", task: str = "''", many: int = MANY, first: int = 1
) -> None:
    row = relation(1)
    seed.land(url, [])
    statement = sql.SQL(LAND).format(
        type=sql.SQL(kind),
        task=sql.SQL(task),
        contact=sql.Literal(row["RelationId"]),
        author=sql.Literal(row["CreatedById"]),
        stamp=sql.Literal(row["SystemModstamp"]),
        first=sql.Literal(first),
        last=sql.Literal(first + many - 1),
    )
    query(url, statement.as_string())


def test_a_hundred_thousand_orphans_wait_and_are_not_written_again_until_they_heal(
    url: str, settings: PostLoadSettings
) -> None:
    task = seed.task(2)
    land_many(url, task=f"'{task}'")
    first = post_load(url, settings)
    assert (first.counts.failed, first.counts.quarantined_now) == (MANY, MANY)
    assert first.missing["tasks"].ids == [task]
    versions = "select md5(string_agg(xmin::text || ctid::text, '' order by salesforce_id)) "
    before = query(url, versions + "from taskwho.quarantine")
    standing = post_load(url, settings)
    assert (standing.counts.retried, standing.counts.failed_again) == (MANY, MANY)
    assert len(standing.standing_records) == settings.max_records
    assert query(url, versions + "from taskwho.quarantine") == before
    seed.add_task(url, 2)
    healed = post_load(url, settings)
    assert (healed.counts.healed, healed.counts.inserted) == (MANY, MANY)
    assert query(url, "select count(*) from taskwho.failed_relations") == [(0,)]


@pytest.mark.parametrize("waited", [3, 20_000])
def test_rows_that_fail_are_told_from_those_that_waited_before_without_comparing_each_with_each(
    url: str, settings: PostLoadSettings, monkeypatch: pytest.MonkeyPatch, waited: int
) -> None:
    land_many(url, task=f"'{seed.task(2)}'", many=waited)
    post_load(url, settings)
    plans = plans_of_lists(monkeypatch)
    land_many(url, task=f"'{seed.task(3)}'", many=20_000, first=MANY)
    result = post_load(url, settings)
    assert (result.counts.failed, result.counts.failed_again) == (20_000, waited)
    for listed, task, most in (
        (result.failed_records, 3, 20_000),
        (result.standing_records, 2, waited),
    ):
        assert len(listed) == min(most, settings.max_records)
        assert {record.task_id for record in listed} == {seed.task(task)}
    assert len(plans) == 3  # of what failed, what waited before, and what went in
    # a filter of a join, not a key of it: every pair of rows is looked at
    assert not [plan for plan in plans if "Join Filter" in plan]


def plans_of_lists(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The plans of the report's lists, as they come."""
    plans, read = [], records._records

    def explained(context: Context, question: sql.Composed) -> list[Record]:
        plan = context.conn.execute(sql.SQL("explain {}").format(question)).fetchall()
        plans.append("\n".join(line for (line,) in plan))
        return read(context, question)

    monkeypatch.setattr(records, "_records", explained)
    return plans


def test_a_hundred_thousand_rows_that_a_constraint_refuses_cost_no_good_one(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, "alter table sf_taskwhorelations add check (type <> 'Odd')")
    kind = "case when number % 3 = 0 then 'Contact' else 'Odd' end"
    land_many(url, kind=kind, task=f"'{seed.task(1)}'", many=MANY * 3 // 2)
    result = post_load(url, settings)
    assert (result.counts.inserted, result.counts.failed) == (MANY // 2, MANY)
    assert result.accounting.closes


def test_ids_burn_no_more_numbers_of_the_serial_than_rows(
    url: str, settings: PostLoadSettings
) -> None:
    land_many(url, task=f"'{seed.task(1)}'", many=5000)
    post_load(url, settings)
    for _ in range(2):
        land_many(url, kind="'Other'", task=f"'{seed.task(1)}'", many=5000)
        post_load(url, settings)
    assert query(url, "select last_value from sf_taskwhorelations_id_seq") == [(5000,)]


@pytest.mark.parametrize("waits", [True, False])
def test_a_large_load_leaves_statistics_unless_somebody_has_the_table(
    url: str, settings: PostLoadSettings, *, waits: bool
) -> None:
    land_many(url, task=f"'{seed.task(1)}'", many=20_000)
    with psycopg.connect(url) as other:
        if waits:
            # as vacuum and analyze do, and changes of the table
            other.execute("lock table sf_taskwhorelations in share update exclusive mode")
        assert post_load(url, settings).counts.inserted == 20_000
    statistics = "select count(*) from pg_stats where tablename = 'sf_taskwhorelations'"
    [(columns,)] = query(url, statistics)
    assert (columns == 0) == waits
