"""Numbers of the last run for Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from taskwho.model.atomic_file import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from taskwho.model.result import RunResult


def write_metrics(path: Path, result: RunResult) -> None:
    """Write the file, which node_exporter's textfile collector reads; raises OSError."""
    write_atomically(path, metrics(result))
    path.chmod(0o644)  # numbers alone, which the collector reads as another user


def metrics(result: RunResult) -> str:
    """One gauge a number, each with its meaning. What is not known is left out."""
    lines = []
    for name, meaning, value in _gauges(result):
        if value is not None:
            metric = f"taskwho_{name}"
            lines += [f"# HELP {metric} {meaning}", f"# TYPE {metric} gauge", f"{metric} {value}"]
    return "\n".join(lines) + "\n"


def _gauges(result: RunResult) -> Iterator[tuple[str, str, float | None]]:
    counts, totals, until = result.counts, result.totals, result.totals.fresh_until
    yield "last_run_timestamp_seconds", "When the run ended.", result.finished_at.timestamp()
    yield "last_run_duration_seconds", "How long the run took.", result.seconds
    yield "last_run_exit_code", "The exit code of the run; 0 is done.", result.exit_code
    yield "last_run_retrieved", "Relations that the run retrieved.", counts.retrieved
    yield "last_run_failed", "Relations that landed in the run and wait.", counts.failed
    yield "last_run_api_calls", "API calls of the run.", result.api.calls
    yield "health_ratio", "Live relations in the table, of all live ones.", _ratio(result.health)
    yield "relations", "Live relations in the table.", totals.in_table
    yield "relations_waiting", "Live relations in quarantine.", totals.waiting
    fresh = datetime.fromisoformat(until).timestamp() if until else None
    yield "fresh_until_timestamp_seconds", "All changes up to then have been read.", fresh


def _ratio(percentage: float | None) -> float | None:
    return None if percentage is None else percentage / 100
