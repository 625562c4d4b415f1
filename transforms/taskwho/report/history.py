"""The runs whose reports stand in a folder, read from the reports' JSON twins."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taskwho.model.results.result import REPORT_PREFIX, RunResult

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

MOST_RUNS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """One run, as the page of all runs shows it."""

    name: str
    ended_at: datetime
    seconds: float
    status: str
    exit_code: int
    mode: str | None
    retrieved: int
    waiting: int
    api_calls: int
    health: float | None
    goal: float

    @property
    def level(self) -> str:
        """How it ended, as a class of the style sheet."""
        if self.status == "failed":
            return "bad"
        degraded = self.health is not None and self.health < self.goal
        return "warn" if degraded or self.exit_code else "ok"


def past_runs(reports_dir: Path) -> list[PastRun]:
    """The last runs, the oldest first. A file that is no report is passed over."""
    twins = sorted(reports_dir.glob(f"{REPORT_PREFIX}*.json"))[-MOST_RUNS:]
    return [run for run in map(_read, twins) if run]


def past_run(result: RunResult, name: str) -> PastRun:
    """What the page of all runs shows of a result."""
    return PastRun(
        name=name,
        ended_at=result.finished_at,
        seconds=result.seconds,
        status=result.status,
        exit_code=result.exit_code,
        mode=result.mode,
        retrieved=result.counts.retrieved,
        waiting=result.totals.waiting,
        api_calls=result.api.calls,
        health=result.health,
        goal=result.totals.goal,
    )


def _read(twin: Path) -> PastRun | None:
    try:
        result = RunResult.from_dict(json.loads(twin.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return past_run(result, twin.stem)
