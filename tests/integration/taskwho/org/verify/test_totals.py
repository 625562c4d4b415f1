"""`verify` counts the totals anew, whatever was kept of them, and says when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.sandbox import Sandbox
from tests.support.comparing.compared_sides import LIVE, Sides, remove
from tests.support.postgresql import query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from taskwho.model.results.counts import Totals


@pytest.fixture
def sides(database_url: str, tmp_path: Path) -> Iterator[Sides]:
    with Sandbox(rows=300) as org:
        made = Sides(org, database_url, tmp_path)
        made.load()
        yield made


def promote(sides: Sides) -> Totals:
    return post_load(sides.url, PostLoadSettings(reports_dir=sides.folder)).totals


def in_table(sides: Sides) -> int:
    return len(query(sides.url, LIVE))


def test_the_rows_of_the_table_are_counted_and_the_next_report_says_when(sides: Sides) -> None:
    before = promote(sides)
    remove(sides, 3)
    assert promote(sides).in_table == before.in_table  # as the last promotion left it
    found = sides.verify().totals
    assert found.in_table == in_table(sides) == (before.in_table or 0) - 3
    assert str(found.counted_at) > str(before.counted_at)
    after = promote(sides)
    assert (after.in_table, after.counted_at) == (found.in_table, found.counted_at)


def test_the_waiting_rows_are_counted_where_no_trigger_did(sides: Sides) -> None:
    sides.execute("alter table taskwho.quarantine disable trigger user")
    sides.execute("delete from taskwho.quarantine")
    sides.execute("alter table taskwho.quarantine enable trigger user")
    assert promote(sides).waiting > 0
    found = sides.verify()
    assert found.totals.waiting == 0
    assert found.totals.percent == 100
    assert found.differences["missing"] > 0


def test_a_repair_adds_to_what_was_counted(sides: Sides) -> None:
    remove(sides, 3)
    found = sides.verify(repair=True)
    assert found.totals.in_table == in_table(sides)
    assert promote(sides).counted_at == found.totals.counted_at


def test_a_table_that_is_gone_holds_nothing(sides: Sides) -> None:
    sides.execute("drop table sf_taskwhorelations")
    found = sides.verify().totals
    assert (found.in_table, found.counted_at) == (0, None)
