"""Random histories of an org, read amid faults and kills: nothing is lost, and nothing twice."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.histories.steps import History, histories
from tests.histories.tally import Tally
from tests.histories.world import World
from tests.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.postgresql import Server

# Few and always the same, unless `make soak` sets these.
MINUTES = float(os.environ.get("SOAK_MINUTES", "0"))
EXAMPLES = int(os.environ.get("SOAK_EXAMPLES", "18"))
SEED = int(os.environ.get("SOAK_SEED", "1"))
# Hypothesis begins with a tenth of small examples, and a small history is a dull one: none of 9.
ROUND = 9


@pytest.fixture
def tally() -> Iterator[Tally]:
    tally = Tally(seconds=60 * MINUTES if MINUTES else None)
    yield tally
    print("", *tally.lines(), sep="\n")  # noqa: T201 - what `make soak` shows


def test_after_any_history_a_quiet_run_leaves_what_the_org_holds(
    postgres: Server, tally: Tally
) -> None:
    for first in range(0, EXAMPLES, ROUND):
        if tally.time_is_up:
            break
        number = SEED + first // ROUND
        try:
            live_through(number, min(ROUND, EXAMPLES - first), postgres, tally)
        except BaseException as error:
            error.add_note(f"To do the same again: make soak SOAK_EXAMPLES=9 SOAK_SEED={number}")
            raise


def live_through(number: int, examples: int, postgres: Server, tally: Tally) -> None:
    """A few histories, the same for the same number; one that fails is made as small as can be."""

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(history=histories)
    def any_history(history: History) -> None:
        if tally.time_is_up:
            return  # in the middle of a round too: nine histories take minutes
        tally.counts["histories"] += 1
        with (
            postgres.database() as url,
            tempfile.TemporaryDirectory(prefix="taskwho-history-") as folder,
            Sandbox(
                rows=history.rows,
                seed=history.seed,
                page_cap=history.page_cap,
                clock_offset_seconds=history.clock_offset_seconds,
            ) as org,
        ):
            World(history, org, url, Path(folder), tally).live()
        tally.passes += 1

    any_history()
