"""What the user's own tables refuse: one bad row never costs another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import LATER, reasons
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

RAISES = """
create function object() returns trigger language plpgsql as $$
begin
    if new.type = 'Odd' then
        raise exception 'no odd ones' using errcode = '{code}';
    end if;
    return new;
end $$;
create trigger object {when} on sf_taskwhorelations {timing}
for each row execute function object();
"""
SWALLOWS = """
create function swallow() returns trigger language plpgsql as $$
begin
    if new.type = 'Odd' then
        return null;
    end if;
    return new;
end $$;
create trigger swallow before insert or update on sf_taskwhorelations
for each row execute function swallow();
"""
ALTER = "alter table sf_taskwhorelations "


def odd_ones(url: str, settings: PostLoadSettings, count: int = 2500) -> RunResult:
    """Promote rows of which every hundredth is odd."""
    rows = (
        relation(number, Type="Odd" if number % 100 == 0 else "Contact")
        for number in range(1, count + 1)
    )
    seed.land(url, rows)
    result = post_load(url, settings)
    assert result.accounting.closes
    return result


def test_a_check_refuses_its_rows_in_every_chunk_and_no_other(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, ALTER + "add constraint no_odd check (type <> 'Odd')")
    result = odd_ones(url, settings)
    assert (result.counts.inserted, result.counts.failed) == (2475, 25)
    assert result.errors == {"constraint": 25}
    [error] = {row["error"] for row in seed.quarantine(url).values()}
    assert "23514" in error
    assert "no_odd" in error


@pytest.mark.parametrize(
    ("when", "timing"),
    [
        ("before insert", ""),
        # a constraint trigger speaks up at the commit, unless it is told to do so before
        ("after insert", "deferrable initially deferred"),
    ],
)
def test_a_trigger_that_raises_quarantines_its_row(
    url: str, settings: PostLoadSettings, when: str, timing: str
) -> None:
    statement = RAISES.format(code="P0001", when=when, timing=timing)
    if timing:
        statement = statement.replace("create trigger", "create constraint trigger")
    query(url, statement)
    result = odd_ones(url, settings)
    assert (result.counts.inserted, result.counts.failed) == (2475, 25)
    assert {row["error"] for row in seed.quarantine(url).values()} == {
        "constraint: P0001 no odd ones"
    }


def test_a_deferred_unique_key_quarantines_the_later_row(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, ALTER + "add unique (task_id, type) deferrable initially deferred")
    seed.land(url, [relation(1), relation(2), relation(3, Type="Other")])
    result = post_load(url, settings)
    assert (result.counts.inserted, result.counts.failed) == (2, 1)
    assert result.errors == {"constraint": 1}


def test_an_error_that_is_no_rows_fault_changes_nothing(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, RAISES.format(code="42501", when="before insert", timing=""))
    seed.land(url, [relation(1), relation(2, Type="Odd")])
    with pytest.raises(TaskwhoError, match="no odd ones") as refused:
        post_load(url, settings)
    assert refused.value.exit_code == 2
    assert seed.stored(url) == seed.quarantine(url) == {}
    query(url, "drop trigger object on sf_taskwhorelations")
    assert post_load(url, settings).counts.inserted == 2


def test_rows_that_a_trigger_swallows_are_counted_in_every_chunk(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, SWALLOWS)
    result = odd_ones(url, settings)
    assert (result.counts.inserted, result.counts.suppressed) == (2475, 25)
    again = post_load(url, settings)
    assert (again.counts.suppressed, again.counts.failed_again, again.counts.failed) == (25, 25, 0)


def test_an_update_that_is_swallowed_is_suppressed_too(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1), relation(2)])
    post_load(url, settings)
    query(url, SWALLOWS)
    versions = [relation(n, SystemModstamp=LATER, Type=t) for n, t in ((1, "Odd"), (2, "Even"))]
    seed.land(url, versions)
    result = post_load(url, settings)
    assert (result.counts.updated, result.counts.suppressed) == (1, 1)
    assert reasons(url) == {relation(1)["Id"]: ["suppressed"]}


def test_a_refused_update_leaves_the_stored_row_as_it_was(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    post_load(url, settings)
    query(url, ALTER + "add check (type <> 'Odd')")
    seed.land(url, [relation(1, SystemModstamp=LATER, Type="Odd")])
    assert post_load(url, settings).counts.failed == 1
    assert seed.stored(url)[relation(1)["Id"]]["type"] == "Contact"
    assert reasons(url) == {relation(1)["Id"]: ["constraint"]}


def test_a_constraint_that_is_dropped_heals_its_rows(url: str, settings: PostLoadSettings) -> None:
    query(url, ALTER + "add constraint no_odd check (type <> 'Odd')")
    odd_ones(url, settings, 200)
    query(url, ALTER + "drop constraint no_odd")
    result = post_load(url, settings)
    assert (result.counts.healed, result.counts.inserted, result.counts.retried) == (2, 2, 2)
    assert seed.quarantine(url) == {}


def test_a_narrower_column_of_the_users_cuts_nothing(url: str, settings: PostLoadSettings) -> None:
    query(url, ALTER + "alter column type type varchar(7)")
    seed.land(url, [relation(1), relation(2, Type="x" * 8)])
    post_load(url, settings)
    assert {row["type"] for row in seed.stored(url).values()} == {"Contact"}
    assert reasons(url) == {relation(2)["Id"]: ["invalid_value"]}


def test_a_wider_column_of_the_users_takes_what_it_can(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, ALTER + "alter column type type text")
    seed.land(url, [relation(1, Type="x" * 51)])
    post_load(url, settings)
    assert [row["type"] for row in seed.stored(url).values()] == ["x" * 51]


def test_a_column_that_nobody_fills_keeps_new_rows_out_and_says_so(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    post_load(url, settings)
    query(url, ALTER + "add column tenant text not null default 'a'")
    query(url, ALTER + "alter column tenant drop default")
    seed.land(url, [relation(1, SystemModstamp=LATER), relation(2)])
    result = post_load(url, settings)
    assert (result.counts.updated, result.counts.failed) == (1, 1)
    waiting = seed.quarantine(url)[relation(2)["Id"]]
    # nothing in Salesforce is at fault: its reason is not null_value, which says so
    assert waiting["reasons"] == ["constraint"]
    assert waiting["error"] == (
        "constraint: 23502 tenant of public.sf_taskwhorelations must not be null, has no default, "
        "and no value of Salesforce's goes there"
    )
    [warning] = result.warnings
    assert warning == (
        "public.sf_taskwhorelations takes no new row: tenant must not be null, without a default, "
        "and no value of Salesforce's goes there. Run "
        '`alter table "public"."sf_taskwhorelations" alter column "tenant" set default …`.'
    )


@pytest.mark.parametrize(
    "change",
    [
        "alter sf_system_modstamp type timestamptz using sf_system_modstamp at time zone 'UTC'",
        "alter created_at type timestamptz",
        "drop column id, add column id uuid primary key",
        "drop column id, add column id bigint generated always as identity primary key",
        "drop column created_at, drop column updated_at, drop column id",
        "alter salesforce_id type text",
    ],
)
def test_a_table_that_differs_from_the_seeds_is_used_as_it_is(
    url: str, settings: PostLoadSettings, change: str
) -> None:
    query(url, ALTER + change)
    seed.land(url, [relation(1), relation(2)])
    assert post_load(url, settings).counts.inserted == 2
    seed.land(url, [relation(1), relation(2, SystemModstamp=LATER)])
    result = post_load(url, settings)
    assert (result.counts.unchanged, result.counts.updated) == (1, 1)
    stamps = query(
        url,
        "select sf_system_modstamp::timestamptz at time zone 'UTC' from sf_taskwhorelations "
        "order by salesforce_id",
    )
    assert [str(stamp) for (stamp,) in stamps] == ["2024-05-01 08:00:00", "2024-05-01 08:00:01"]


def test_a_table_that_lacks_a_needed_column_is_named_with_the_column(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, ALTER + "drop column relation_id")
    seed.land(url, [relation(1)])
    with pytest.raises(TaskwhoError, match="relation_id") as refused:
        post_load(url, settings)
    assert refused.value.exit_code == 2
    assert query(url, "select count(*) from taskwho.task_who_relations") == [(1,)]


def test_a_value_that_a_column_refuses_is_not_repeated_in_the_error(
    url: str, settings: PostLoadSettings
) -> None:
    query(
        url,
        "create function parse() returns trigger language plpgsql as "
        "'begin perform new.type::integer; return new; end'; "
        "create trigger parse before insert on sf_taskwhorelations "
        "for each row execute function parse()",
    )
    seed.land(url, [relation(1, Type="confidential")])
    post_load(url, settings)
    error = seed.quarantine(url)[relation(1)["Id"]]["error"]
    assert "22P02" in error
    assert "confidential" not in error


def test_writers_of_the_parents_are_not_waited_for(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1)])
    with psycopg.connect(url) as writer:
        writer.execute("update sf_contacts set last_name = 'x'")
        assert post_load(url, settings).counts.inserted == 1
