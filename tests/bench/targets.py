"""The targets of the design, and the measured figures: ratios, or counts with a bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from taskwho.org.explain.answers import MOST_CALLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.options import Options
    from tests.bench.runs import Measurement
    from tests.bench.scenarios import Results

PAGE = 2_000
PAIR, SYNC, LIMIT = "pair", "pair by taskwho sync", "limit"
MELTANO = "pair by meltano run"
# contender -> how many times as fast the pair must be
FASTER_THAN = {
    "tap-salesforce with target-postgres": 15,
    "dlt with simple-salesforce": 4,
    "seed's method": 30,
}
LIMIT_COMMITTED, LIMIT_WHOLE = 1.5, 2
FASTER_IN_FLIGHT = 6
FASTER_IN_SHARDS = 3
PEAKS = {"tap": 150, "loader": 250, "post-load": 150}
GROWTH = 1.15
IDLE = 0.4
WAITING = 1.5
SMALL_CALLS, SMALL_PROMOTION = 6, 1.5


@dataclass(frozen=True)
class Ratio:
    """A figure with its target, a minimum or a maximum."""

    what: str
    value: float
    target: float
    at_least: bool = False

    @property
    def reached(self) -> bool:
        """Whether the figure reaches its target."""
        return self.value >= self.target if self.at_least else self.value <= self.target


def ratios(results: Results, options: Options) -> Iterator[Ratio]:
    """The figures for which the scenarios have measurements."""
    measured = results.measured
    if large := measured.get("large"):
        yield from _large(large)
    if medium := measured.get("medium"):
        yield from _whole(medium)
    if (idle := results.idle) and MELTANO in idle:
        what = "nothing new: time of taskwho sync against meltano run sync"
        yield Ratio(what, idle[SYNC] / idle[MELTANO], IDLE)
    if waiting := results.waiting:
        (_, none), (rows, many) = sorted(waiting.items())
        what = f"nothing new, {rows:,} invalid rows waiting: time of taskwho sync against none"
        yield Ratio(what, many / none, WAITING)
    if latency := measured.get("latency"):
        yield from _latency(latency, options)
    if shards := measured.get("shards"):
        yield from _shards(shards, options)
    yield from _calls(results)
    yield from _memory(measured)
    if small := results.small:
        of = f"{options.changed:,} changed of {options.huge:,}"
        yield Ratio(f"{of}: API calls of the tap", small["full"].calls, SMALL_CALLS)
        promotion = small["full"].seconds / small["empty"].seconds
        beside = f"{of}, {options.huge_waiting:,} waiting"
        yield Ratio(f"{beside}: post-load, time against empty tables", promotion, SMALL_PROMOTION)


def _large(found: dict[str, Measurement]) -> Iterator[Ratio]:
    pair = found[PAIR]
    at = f"{pair.rows:,} rows, first request to commit"
    for name, target in FASTER_THAN.items():
        if name in found:
            what = f"{at}: times as fast as {name}"
            yield Ratio(what, pair.rate / found[name].rate, target, at_least=True)
    yield Ratio(
        f"{at}: time against the limit", pair.seconds / found[LIMIT].seconds, LIMIT_COMMITTED
    )


def _whole(found: dict[str, Measurement]) -> Iterator[Ratio]:
    sync = found[SYNC]
    what = f"{sync.rows:,} rows by taskwho sync, process starts included: time against the limit"
    yield Ratio(what, sync.whole / found[LIMIT].whole, LIMIT_WHOLE)


def _latency(found: dict[str, Measurement], options: Options) -> Iterator[Ratio]:
    many = found[f"{PAIR}, {options.in_flight} in flight"]
    at = f"{options.latency_ms:g} ms a page, {options.in_flight} in flight"
    one = found[f"{PAIR}, 1 in flight"]
    # compares the reading alone: the promotion takes as long for both
    faster = one.landed / many.landed
    what = f"{at}, first request to landed: times as fast as 1"
    yield Ratio(what, faster, FASTER_IN_FLIGHT, at_least=True)


def _shards(found: dict[str, Measurement], options: Options) -> Iterator[Ratio]:
    """The plan counts: it is part of what the workers need."""
    many, one = found.values()
    at = f"{many.rows:,} rows at {options.latency_ms:g} ms a page, {options.workers} shards"
    what = f"{at}, first request (of the plan) to landed: times as fast as 1"
    yield Ratio(what, one.landed / many.landed, FASTER_IN_SHARDS, at_least=True)


def _calls(results: Results) -> Iterator[Ratio]:
    """Calls as a share of their bound: rows / 2,000 + 3 for each page in flight + 5.

    `taskwho sync` and `meltano run` also ask why parents are missing, in so many calls at most.
    """
    asking = dict.fromkeys((SYNC, MELTANO), MOST_CALLS)
    shares = [
        (
            run.calls / (run.rows / PAGE + 3 * results.in_flight[name] + 5 + asking.get(name, 0)),
            scenario,
            name,
        )
        for scenario, found in results.measured.items()
        for name, run in found.items()
        if name.startswith(PAIR)
    ]
    if shares:
        share, scenario, name = max(shares)
        what = f"API calls against their bound, the worst run ({scenario}, {name})"
        yield Ratio(what, share, 1)


def _memory(measured: dict[str, dict[str, Measurement]]) -> Iterator[Ratio]:
    pairs = {scenario: found[PAIR] for scenario, found in measured.items() if PAIR in found}
    for process, target in PEAKS.items():
        if pairs:
            peak = max(run.peaks[process] for run in pairs.values())
            yield Ratio(f"peak memory of {process}, MB", peak, target)
    if "huge" in pairs and "medium" in pairs:
        huge, medium = pairs["huge"], pairs["medium"]
        for process in PEAKS:
            growth = huge.peaks[process] / medium.peaks[process]
            what = f"peak memory of {process}, {huge.rows:,} rows against {medium.rows:,}"
            yield Ratio(what, growth, GROWTH)
