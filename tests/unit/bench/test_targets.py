"""Measurements become ratios with targets beside them."""

from __future__ import annotations

import pytest

from tests.bench.options import Options, read_options
from tests.bench.report import CAUSES, number, report
from tests.bench.runs import Measurement, combined, largest_peaks
from tests.bench.scenarios import Results, Small
from tests.bench.system.processes import Ended
from tests.bench.targets import Ratio, ratios

PEAKS = {"tap": 100.0, "loader": 90.0, "post-load": 60.0}


def measurement(
    seconds: float, *, rows: int = 10_000, calls: int = 10, peaks: dict[str, float] | None = None
) -> Measurement:
    return Measurement(rows, seconds, seconds + 2, calls, peaks or PEAKS)


@pytest.fixture
def results() -> Results:
    return Results(
        {
            "large": {
                "pair": measurement(2),
                "limit": measurement(1),
                "seed's method": measurement(6, rows=1_000),
            },
            "medium": {
                "pair": measurement(4),
                "pair by taskwho sync": measurement(4),
                "limit": measurement(2),
            },
            "huge": {"pair": measurement(9, peaks={**PEAKS, "tap": 125.0})},
        },
        {"full": Small(5, 0.4), "empty": Small(5, 0.2)},
        {"pair by taskwho sync": 0.9, "pair by meltano run": 3.0},
        {"pair": "the pair"},
        {"pair": 4, "pair by taskwho sync": 4},
    )


@pytest.fixture
def found(results: Results) -> dict[str, Ratio]:
    return {ratio.what: ratio for ratio in ratios(results, Options())}


def test_speeds_are_compared_by_rows_a_second_whatever_the_rows(found: dict[str, Ratio]) -> None:
    ratio = found["10,000 rows, first request to commit: times as fast as seed's method"]
    assert ratio.value == pytest.approx(30)
    assert (ratio.target, ratio.reached) == (30, True)


def test_the_limit_is_compared_by_time_to_the_commit_and_as_a_whole(
    found: dict[str, Ratio],
) -> None:
    committed = found["10,000 rows, first request to commit: time against the limit"]
    whole = found["10,000 rows by taskwho sync, process starts included: time against the limit"]
    assert (committed.value, committed.reached) == (2, False)
    assert (whole.value, whole.reached) == (1.5, True)


def test_a_run_with_nothing_new_is_compared_with_meltano_s(found: dict[str, Ratio]) -> None:
    idle = found["nothing new: time of taskwho sync against meltano run sync"]
    assert idle.value == pytest.approx(0.3)
    assert (idle.target, idle.reached) == (0.4, True)


def test_a_run_beside_waiting_rows_is_compared_with_one_beside_none(results: Results) -> None:
    results.waiting = {0: 1.0, 200_000: 1.2}
    found = {ratio.what: ratio for ratio in ratios(results, Options())}
    what = "nothing new, 200,000 invalid rows waiting: time of taskwho sync against none"
    assert (found[what].value, found[what].target, found[what].reached) == (1.2, 1.5, True)


def test_calls_are_compared_with_rows_and_pages_in_flight(found: dict[str, Ratio]) -> None:
    [ratio] = [ratio for what, ratio in found.items() if what.startswith("API calls against")]
    assert ratio.value == pytest.approx(10 / (5 + 12 + 5))


def test_memory_is_the_worst_of_all_sizes_and_may_grow_little(found: dict[str, Ratio]) -> None:
    assert found["peak memory of tap, MB"].value == 125
    growth = found["peak memory of tap, 10,000 rows against 10,000"]
    assert (growth.value, growth.reached) == (1.25, False)


def test_a_small_change_is_compared_with_empty_tables(found: dict[str, Ratio]) -> None:
    of = "100 changed of 3,000,000"
    assert found[f"{of}: API calls of the tap"].reached
    assert found[f"{of}, 100,000 waiting: post-load, time against empty tables"].value == 2


def test_reading_is_compared_until_all_has_landed(results: Results) -> None:
    results.measured["latency"] = {
        "pair, 1 in flight": Measurement(10, 40, 42, 1, PEAKS, landed=30),
        "pair, 8 in flight": Measurement(10, 16, 18, 1, PEAKS, landed=6),
    }
    results.in_flight |= {"pair, 1 in flight": 1, "pair, 8 in flight": 8}
    found = {ratio.what: ratio.value for ratio in ratios(results, Options())}
    at = "250 ms a page, 8 in flight, first request to landed"
    assert found[f"{at}: times as fast as 1"] == 5


def test_shards_are_compared_until_the_last_worker_has_landed(results: Results) -> None:
    results.measured["shards"] = {
        "4 shards": Measurement(10, 20, 30, 1, PEAKS, landed=10),
        "1 shard": Measurement(10, 50, 60, 1, PEAKS, landed=36),
    }
    [ratio] = [each for each in ratios(results, Options()) if "shards" in each.what]
    assert ratio.what == (
        "10 rows at 250 ms a page, 4 shards, first request (of the plan) to landed: times as fast "
        "as 1"
    )
    assert (ratio.value, ratio.target, ratio.reached) == (3.6, 3, True)


def test_the_peak_of_several_workers_is_that_of_the_largest() -> None:
    ended = [Ended("worker", 90, 1), Ended("worker", 110, 1), Ended("worker", 80, 1)]
    assert largest_peaks([*ended, Ended("plan", 50, 1)]) == {"worker": 110, "plan": 50}


def test_a_scenario_that_did_not_run_has_no_figure() -> None:
    assert not list(ratios(Results(), Options()))


def test_times_are_medians_and_the_rest_is_that_of_the_worst_run() -> None:
    runs = [
        measurement(1, calls=12),
        measurement(5, peaks={**PEAKS, "tap": 130.0}),
        measurement(2),
    ]
    whole = combined(runs)
    assert (whole.seconds, whole.whole, whole.calls, whole.peaks["tap"]) == (2, 4, 12, 130)


def test_the_report_says_what_is_reached_and_on_what_machine(results: Results) -> None:
    text = report(results, Options(), "two cores")
    assert "Measured on two cores." in text
    assert "time against the limit | 2.00 | at most 1.5 | **no** |" in text
    assert "| large | pair | 10,000 | 1 | 5,000 | 4.00 | 0.50 | 0.75 | 10 | tap 100," in text
    assert "- **pair**: the pair" in text
    assert text.endswith(CAUSES.read_text("utf-8"))


@pytest.mark.parametrize(
    ("value", "shown"), [(0.123, "0.12"), (1.5, "1.50"), (45.67, "45.7"), (1234.5, "1,234")]
)
def test_figures_have_three_significant_digits(value: float, shown: str) -> None:
    assert number(value) == shown


def test_a_scale_makes_every_org_smaller() -> None:
    given = read_options(["--scale", "0.1", "--huge", "50000", "--skip", "dlt"])
    assert (given.large, given.huge, given.skip) == (100_000, 5_000, ("dlt",))
    assert given.runs == Options.runs


@pytest.mark.parametrize("name", ["pair by taskwho sync", "pair by meltano run"])
def test_those_that_know_a_login_may_ask_why_parents_are_missing(name: str) -> None:
    run = measurement(4, calls=5 + 3 * 4 + 5 + 20)  # 10,000 rows are five pages
    asked = Results({"latest": {name: run}}, in_flight={name: 4})
    [share] = [r.value for r in ratios(asked, Options()) if r.what.startswith("API calls")]
    assert share == 1
