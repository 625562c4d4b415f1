"""Random histories of an org, read with faults and kills: no row is lost, and none comes twice."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.histories.replay import Replay
from tests.histories.steps import History, histories
from tests.histories.tally import Tally
from tests.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.postgresql import Server

# Few and always the same, unless `make soak` sets these.
MINUTES = float(os.environ.get("SOAK_MINUTES", "0"))
EXAMPLES = int(os.environ.get("SOAK_EXAMPLES", "18"))
SEED = int(os.environ.get("SOAK_SEED", "1"))
# Hypothesis makes a tenth of the examples small, and little happens in them: of 9 none is small.
ROUND = 9
PARTS = 1 if MINUTES else 2  # side by side in two processes of pytest-xdist


@pytest.fixture
def tally() -> Iterator[Tally]:
    tally = Tally(seconds=60 * MINUTES if MINUTES else None)
    yield tally
    print("", *tally.lines(), sep="\n")  # noqa: T201 - what `make soak` shows


@pytest.mark.parametrize("part", range(PARTS))
def test_after_any_history_a_run_without_faults_leaves_what_the_org_holds(
    postgres: Server, tally: Tally, part: int
) -> None:
    for first in range(part * ROUND, EXAMPLES, PARTS * ROUND):
        if tally.time_is_up:
            break
        number = SEED + first // ROUND
        try:
            replay(number, min(ROUND, EXAMPLES - first), postgres, tally)
        except BaseException as error:
            error.add_note(f"To do the same again: make soak SOAK_EXAMPLES=9 SOAK_SEED={number}")
            raise


def replay(number: int, examples: int, postgres: Server, tally: Tally) -> None:
    """Replay a few histories, the same for the same number; Hypothesis shrinks one that fails."""

    @seed(number)
    @settings(
        max_examples=examples,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(history=histories)
    def any_history(history: History) -> None:
        if tally.time_is_up:
            return  # also in the middle of a round: nine histories take minutes
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
            Replay(history, org, url, Path(folder), tally).replay()
        tally.passes += 1

    any_history()
