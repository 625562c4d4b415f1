"""The numbers of a run, read by Prometheus' own parser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families
from taskwho.model.results.counts import Totals
from taskwho.report.monitoring.metrics import metrics, write_metrics

from tests.support.reporting.report_cases import CASES

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.results.result import RunResult


def numbers(text: str) -> dict[str, float]:
    """Each sample with its labels; every metric has a help text and is a gauge."""
    found = {}
    for family in text_string_to_metric_families(text):
        assert (family.type, family.documentation[-1]) == ("gauge", ".")
        for sample in family.samples:
            found[sample.name + "".join(f"[{value}]" for value in sample.labels.values())] = (
                sample.value
            )
    return found


def test_a_run_in_numbers() -> None:
    result = replace(CASES["mixed"], standing_errors={"foreign_key": 500, "missing_user": 500})
    assert numbers(metrics(result)) == {
        "taskwho_last_run_timestamp_seconds": 1751826134,
        "taskwho_last_run_duration_seconds": 4.5,
        "taskwho_last_run_exit_code": 0,
        "taskwho_rows[inserted]": 4500,
        "taskwho_rows[updated]": 0,
        "taskwho_rows[deleted]": 0,
        "taskwho_rows[unchanged]": 0,
        "taskwho_rows[failed]": 500,
        "taskwho_rows[set_aside]": 0,
        "taskwho_api_calls": 6,
        "taskwho_org_api_calls": 12_000,
        "taskwho_org_api_calls_limit": 100_000,
        "taskwho_relations": 4500,
        "taskwho_relations_waiting": 500,
        "taskwho_waiting[missing_user]": 500,
        "taskwho_health_ratio": 0.9,
        "taskwho_health_goal_ratio": 0.95,
        "taskwho_fresh_until_timestamp_seconds": 1751826070,
        "taskwho_lag_seconds": 64,
    }


@pytest.mark.parametrize("result", CASES.values(), ids=CASES.keys())
def test_every_kind_of_run_can_be_read(result: RunResult) -> None:
    text = metrics(result)
    assert text.endswith("\n")
    assert numbers(text)["taskwho_last_run_exit_code"] == result.exit_code


def test_what_is_not_known_is_left_out() -> None:
    found = numbers(metrics(replace(CASES["crash"], totals=Totals())))
    assert found["taskwho_last_run_exit_code"] == 1
    assert not {name for name in found if "health" in name or "relations" in name}
    nothing_yet = replace(CASES["zero"], totals=Totals(in_table=0))
    assert "taskwho_health_ratio" not in numbers(metrics(nothing_yet))


def test_the_clocks_of_two_machines_tell_no_lag() -> None:
    totals = Totals(in_table=1, fresh_until="2099-01-01T00:00:00Z")
    assert "taskwho_lag_seconds" not in numbers(metrics(replace(CASES["healthy"], totals=totals)))


def test_a_reason_of_a_later_version_is_a_label_all_the_same() -> None:
    reason = 'a "b" \\ c\nd'
    text = metrics(replace(CASES["mixed"], standing_errors={reason: 1}))
    assert numbers(text)[f"taskwho_waiting[{reason}]"] == 1


def test_the_collector_reads_the_file_as_another_user(tmp_path: Path) -> None:
    file = tmp_path / "taskwho.prom"
    file.write_text("old")
    write_metrics(file, CASES["healthy"])
    assert file.stat().st_mode & 0o777 == 0o644
    assert numbers(file.read_text())["taskwho_health_ratio"] == 1
    assert list(tmp_path.iterdir()) == [file]
