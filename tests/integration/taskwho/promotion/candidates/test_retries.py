"""When a waiting row is tried again: by its reason, and never without need."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from taskwho.model.reasons import REASONS, Retry
from taskwho.pipeline.post_load import post_load
from taskwho.promotion.candidates import retries

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import contact, land
from tests.support.seed import relation

if TYPE_CHECKING:
    import pytest
    from taskwho.model.settings import PostLoadSettings

ALTER = "alter table sf_taskwhorelations "
# a sequence counts also what is rolled back: how often the table was asked to take each row
COUNTING = """
create function refuse() returns trigger language plpgsql as $$
begin
    perform nextval('asked_' || right(new.salesforce_id, 1));
    raise exception 'no';
end $$;
create trigger refuse before insert on sf_taskwhorelations
for each row execute function refuse();
"""


def invalid(url: str, settings: PostLoadSettings) -> None:
    """A row waits whose type is too long for its column."""
    query(url, ALTER + "alter column type type varchar(7)")
    seed.land(url, [relation(1, Type="x" * 8)])
    assert post_load(url, settings).errors == {"invalid_value": 1}


def test_a_value_that_does_not_fit_is_tried_when_the_column_changes(
    url: str, settings: PostLoadSettings
) -> None:
    invalid(url, settings)
    assert post_load(url, settings).counts.failed_again == 1
    query(url, ALTER + "alter column type type varchar(8)")
    assert post_load(url, settings).counts.healed == 1


def test_a_parent_is_tried_when_its_column_changes(url: str, settings: PostLoadSettings) -> None:
    land(url, "contacts", [contact(2, Title="x" * 129)])
    post_load(url, settings)
    query(url, "alter table sf_contacts alter column title type text")
    counts = post_load(url, settings).parents["contacts"]
    assert (counts.retried, counts.inserted, counts.quarantined_now) == (1, 1, 0)


def test_a_column_that_fills_itself_again_lets_its_rows_in(
    url: str, settings: PostLoadSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    query(url, ALTER + "add column tenant text not null")
    monkeypatch.setattr(retries, "MOST_RETRIED", 1)
    seed.land(url, [relation(1), relation(2), relation(3)])
    assert post_load(url, settings).errors == {"constraint": 3}
    query(url, ALTER + "alter column tenant set default 'a'")
    # all of them at once, however many there are
    assert post_load(url, settings).counts.healed == 3


def test_a_row_that_does_not_fit_is_not_even_read_while_its_table_stays(
    url: str, settings: PostLoadSettings
) -> None:
    invalid(url, settings)
    query(url, 'update taskwho.quarantine set record = record || \'{"Type": "short"}\'')
    assert post_load(url, settings).counts.healed == 0


def test_retry_all_tries_every_row(url: str, settings: PostLoadSettings) -> None:
    invalid(url, settings)
    query(url, 'update taskwho.quarantine set record = record || \'{"Type": "short"}\'')
    assert post_load(url, replace(settings, retry_all=True)).counts.healed == 1


def test_rows_that_a_table_refuses_take_turns_where_there_are_too_many(
    url: str, settings: PostLoadSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = range(1, 6)
    rows = [relation(number, Id=f"0RT00000000000{number}") for number in numbers]
    for number in numbers:
        query(url, f"create sequence asked_{number}")
    query(url, COUNTING)
    seed.land(url, rows)
    assert post_load(url, settings).errors == {"constraint": 5}
    before = asked(url, numbers)

    monkeypatch.setattr(retries, "MOST_RETRIED", 2)
    turns = []
    for _ in numbers:
        result = post_load(url, settings)
        assert (result.counts.failed_again, result.accounting.closes) == (5, True)
        after = asked(url, numbers)
        turns.append({number for number in numbers if after[number] > before[number]})
        before = after
    assert turns == [{1, 2}, {3, 4}, {5, 1}, {2, 3}, {4, 5}]

    query(url, "drop trigger refuse on sf_taskwhorelations")
    assert [post_load(url, settings).counts.healed for _ in range(3)] == [2, 2, 1]


def asked(url: str, numbers: range) -> dict[int, int]:
    """How often the table was asked to take each row."""
    statement = "select last_value from asked_{}"
    return {number: query(url, statement.format(number))[0][0] for number in numbers}


def test_every_reason_says_when_it_is_tried_again() -> None:
    tried = {reason.code: reason.retry for reason in REASONS.values()}
    assert tried == {
        "missing_task": Retry.PARENT,
        "missing_contact": Retry.PARENT,
        "missing_user": Retry.PARENT,
        "null_value": Retry.DEFINITION,
        "invalid_value": Retry.DEFINITION,
        "hidden_field": Retry.DEFINITION,
        "constraint": Retry.ALWAYS,
        "suppressed": Retry.ALWAYS,
        "lead": Retry.NEVER,
        "other_object": Retry.NEVER,
    }
