"""What `taskwho shards` shows to people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from taskwho.commands.shards import tell_shards
from taskwho.model.results.shards import Shard, ShardPlan

if TYPE_CHECKING:
    import pytest

AT = datetime(2025, 7, 6, tzinfo=UTC)
BOUNDS = (None, "0RTAy900000101QOAQ", "0RTZz000000104HOAQ", "0RTaB30000014GUWAY", None)
SHARDS = tuple(
    Shard(
        shard=number,
        of_shards=100,
        id_from=BOUNDS[number - 1],
        id_to=BOUNDS[number],
        counted=250_000_000,
        org_id=None,
        planned_at=AT,
    )
    for number in range(1, 5)
)


def test_the_plan_is_a_table_of_80_columns_and_the_next_step(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, second, third, fourth = SHARDS
    plan = ShardPlan(
        shards=(
            replace(first, run_id="1", completed_at=AT),
            replace(second, run_id="2", after_id="0RTZz0000001034OAQ"),
            replace(third, run_id="3"),
            fourth,
        )
    )
    tell_shards(plan)
    heading, *lines = capsys.readouterr().out.splitlines()
    assert [heading.split(), *map(str.split, lines[:4])] == [
        ["Shard", "From", "Id", "Before", "Id", "Relations", "Read", "Up", "To"],
        ["1/100", "the", "first", "Id", BOUNDS[1], "250,000,000", "its", "end"],
        ["2/100", BOUNDS[1], BOUNDS[2], "250,000,000", "0RTZz0000001034OAQ"],
        ["3/100", BOUNDS[2], BOUNDS[3], "250,000,000", "begun"],
        ["4/100", BOUNDS[3], "the", "end", "250,000,000", "not", "begun"],
    ]
    assert lines[4:] == ["Next: `taskwho sync --shard I/N --load-only` for 2/100, 3/100, 4/100."]
    assert max(map(len, lines[:4])) <= 80


def test_a_plan_that_is_done_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    complete = [replace(shard, completed_at=AT) for shard in SHARDS]
    tell_shards(ShardPlan(shards=tuple(complete)))
    done = [replace(shard, done_at=AT) for shard in complete]
    tell_shards(ShardPlan(shards=tuple(done)))
    lines = capsys.readouterr().out.splitlines()
    assert lines[5] == "Next: `taskwho post-load`, then `taskwho shards --done`."
    assert lines[-1] == "Done: the bookmark is set. `taskwho sync` reads what changed since."
