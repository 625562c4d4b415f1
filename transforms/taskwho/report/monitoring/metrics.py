"""The numbers of a run, as text for Prometheus.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from taskwho.model.atomic_file import write_atomically
from taskwho.model.reasons import FOREIGN_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from taskwho.model.results.result import RunResult

# node_exporter reads the file as another user; it holds numbers and nothing of anybody
_MODE = 0o644


class _Gauge(NamedTuple):
    """One number, or one for each value of a label; what is None is not known and left out."""

    name: str
    meaning: str
    value: float | dict[str, int] | None
    label: str = ""


def write_metrics(file: Path, result: RunResult) -> None:
    """Replace the file by a whole new one; raises OSError."""
    write_atomically(file, metrics(result), _MODE)


def metrics(result: RunResult) -> str:
    """Every number that is known, each with its meaning."""
    lines = []
    for gauge in _gauges(result):
        samples = list(_samples(gauge))
        if samples:
            name = f"taskwho_{gauge.name}"
            lines += [f"# HELP {name} {gauge.meaning}", f"# TYPE {name} gauge"]
            lines += [f"{name}{labels} {value}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _samples(gauge: _Gauge) -> Iterator[tuple[str, float]]:
    if isinstance(gauge.value, dict):
        for key, value in gauge.value.items():
            yield f'{{{gauge.label}="{_escaped(key)}"}}', value
    elif gauge.value is not None:
        yield "", gauge.value


def _gauges(result: RunResult) -> Iterator[_Gauge]:
    totals, api, ended = result.totals, result.api, result.finished_at.timestamp()
    yield _Gauge("last_run_timestamp_seconds", "Time at which the last run ended.", ended)
    yield _Gauge("last_run_duration_seconds", "How long it took.", result.seconds)
    yield _Gauge("last_run_exit_code", "Its exit code; 0 is done.", int(result.exit_code))
    yield _Gauge("rows", "Relations of the last run by outcome.", _rows(result), "outcome")
    yield _Gauge("api_calls", "Calls of the Salesforce API by the last run.", api.calls)
    yield _Gauge("org_api_calls", "Calls of the org in 24 hours, by anybody.", api.used)
    yield _Gauge("org_api_calls_limit", "Calls that the org has in 24 hours.", api.max)
    if totals.in_table is None:
        return
    waiting = {k: rows for k, rows in result.standing_errors.items() if k != FOREIGN_KEY}
    yield _Gauge("relations", "Live relations in the table.", totals.in_table)
    yield _Gauge("relations_waiting", "Live relations that wait.", totals.waiting)
    yield _Gauge("waiting", "Waiting relations by reason; one may have several.", waiting, "reason")
    yield _Gauge("health_ratio", "Live relations in the table, of all live ones.", _health(result))
    yield _Gauge("health_goal_ratio", "The setting goal.", totals.goal / 100)
    if totals.fresh_until:
        fresh = datetime.fromisoformat(totals.fresh_until).timestamp()
        read = "Salesforce has been read up to this time."
        yield _Gauge("fresh_until_timestamp_seconds", read, fresh)
        # this machine's clock may be behind that of Salesforce
        lag = "How far behind Salesforce the table was when the last run ended."
        yield _Gauge("lag_seconds", lag, max(0.0, ended - fresh))


def _rows(result: RunResult) -> dict[str, int]:
    counts = result.counts
    written = ("inserted", "updated", "deleted", "unchanged", "failed", "set_aside")
    return {name: getattr(counts, name) for name in written}


def _health(result: RunResult) -> float | None:
    return None if result.health is None else result.health / 100


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
