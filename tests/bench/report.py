"""Writes the measurements as Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.targets import LIMIT, ratios

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.bench.options import Options
    from tests.bench.runs import Measurement
    from tests.bench.scenarios import Results
    from tests.bench.targets import Ratio

TIMING = (
    "All contenders read one org (tests/sandbox, on loopback, with its pages encoded before) and "
    "write to one PostgreSQL, with a new database for each run. Times are medians of so many runs "
    "as the table says, in which the contenders take turns; peaks and calls are those of the worst "
    "run. Speed is rows a second from the org's first request to the last commit of the result. "
    "After every run the rows of this pair and of the limit are compared with the org's, row by "
    "row."
)


# written by hand, of the last figures that a person has looked into
CAUSES = Path(__file__).with_name("causes.md")


def report(results: Results, options: Options, machine: str) -> str:
    """The text of the report."""
    parts = [
        "# Bench",
        TIMING,
        f"Measured on {machine}.",
        _table(("what", "measured", "target", "reached"), map(_ratio, ratios(results, options))),
        "## Contenders",
        _table(
            (
                "scenario",
                "contender",
                "rows",
                "runs",
                "rows a second",
                "whole, seconds",
                "speed, limit = 1",
                "whole, limit = 1",
                "API calls",
                "peak memory, MB",
            ),
            _contenders(results),
        ),
        "\n".join(f"- **{name}**: {note}" for name, note in results.notes.items()),
        CAUSES.read_text("utf-8").strip(),
    ]
    return "\n\n".join(parts) + "\n"


def _ratio(ratio: Ratio) -> Sequence[str]:
    target = f"{'at least' if ratio.at_least else 'at most'} {ratio.target:g}"
    return (ratio.what, number(ratio.value), target, "yes" if ratio.reached else "**no**")


def _contenders(results: Results) -> Iterator[Sequence[str]]:
    for scenario, found in results.measured.items():
        limit = next((run for name, run in found.items() if name.startswith(LIMIT)), None)
        for name, run in found.items():
            yield (
                scenario,
                name,
                f"{run.rows:,}",
                str(run.runs),
                number(run.rate),
                number(run.whole),
                number(run.rate / limit.rate) if limit else "",
                number(_whole_rate(run) / _whole_rate(limit)) if limit else "",
                f"{run.calls:,}",
                ", ".join(f"{process} {mb:.0f}" for process, mb in run.peaks.items()),
            )


def _whole_rate(run: Measurement) -> float:
    return run.rows / run.whole


def number(value: float) -> str:
    """A figure with three significant digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
