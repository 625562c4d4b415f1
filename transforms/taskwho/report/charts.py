"""Bar charts of runs as numbers: the templates draw them as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from taskwho.report.number_formats import duration, instant, number, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from taskwho.report.history import PastRun

WIDTH, HEIGHT = 940, 90
_FILLED = 0.8  # of the room that a run has
_FEWEST = 14  # runs that a chart has room for, so that few of them stand side by side


@dataclass(frozen=True, slots=True)
class Bar:
    """One run in a chart; sizes in the chart's units, y from the top."""

    x: float
    y: float
    width: float
    height: float
    label: str
    report: str
    level: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One value of each run. `goal_y` is where the line of the goal lies, None without one."""

    title: str
    summary: str
    bars: list[Bar]
    goal_y: float | None = None


@dataclass(frozen=True, slots=True)
class _Measure:
    title: str
    value: Callable[[PastRun], float | None]
    text: Callable[[float], str]
    goal: float | None = None

    def scale(self, known: Sequence[float]) -> tuple[float, float]:
        """What the foot and the top of the chart stand for; a percentage shows its upper end."""
        if self.goal is None:
            return 0.0, max(known, default=0) or 1
        return max(0.0, min([self.goal, *known]) - 5), 100.0


def charts(runs: Sequence[PastRun], goal: float | None) -> list[Chart]:
    """The charts of all runs, in the order in which a reader asks."""
    return [_chart(runs, measure) for measure in (_health(goal), *_OTHERS)]


def health_chart(runs: Sequence[PastRun], goal: float) -> Chart:
    """The chart of the health alone."""
    return _chart(runs, _health(goal))


def _health(goal: float | None) -> _Measure:
    return _Measure("Health", lambda run: run.health, percent, goal=goal)


_OTHERS = (
    _Measure("Duration", lambda run: run.seconds, duration),
    _Measure("Relations retrieved", lambda run: run.retrieved, number),
    _Measure("Relations waiting", lambda run: run.waiting, number),
    _Measure("API calls", lambda run: run.api_calls, number),
)


def _chart(runs: Sequence[PastRun], measure: _Measure) -> Chart:
    known = [value for value in map(measure.value, runs) if value is not None]
    foot, top = measure.scale(known)
    step = WIDTH / max(len(runs), _FEWEST)
    bars = []
    for index, run in enumerate(runs):
        value = measure.value(run)
        height = 0 if value is None else max(HEIGHT * (value - foot) / (top - foot), 1)
        bars.append(
            Bar(
                x=round(index * step, 2),
                y=round(HEIGHT - height, 2),
                width=round(step * _FILLED, 2),
                height=round(height, 2),
                label=f"{instant(run.ended_at)} UTC: {_shown(measure, value)}",
                report=run.name,
                level=run.level,
            )
        )
    goal_y = None if measure.goal is None else HEIGHT * (top - measure.goal) / (top - foot)
    return Chart(
        title=measure.title, summary=_summary(known, measure, foot), bars=bars, goal_y=goal_y
    )


def _shown(measure: _Measure, value: float | None) -> str:
    return "unknown" if value is None else measure.text(value)


def _summary(known: list[float], measure: _Measure, foot: float) -> str:
    if not known:
        return f"{measure.title}: unknown"
    low, high, last = (measure.text(value) for value in (min(known), max(known), known[-1]))
    since = f"; the chart begins at {measure.text(foot)}" if foot else ""
    if measure.goal is not None:
        since += f"; the dashed line is the goal of {measure.goal:g}%"
    return f"{measure.title}: between {low} and {high}, {last} in the last run{since}"
