"""Prometheus reads the numbers of a run from a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from taskwho.model.result import Totals
from taskwho.report.metrics import metrics, write_metrics

from tests.support.report_cases import CASES

if TYPE_CHECKING:
    from pathlib import Path


def values(text: str) -> dict[str, float]:
    lines = [line.split(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


def test_each_number_is_a_gauge_with_its_meaning() -> None:
    lines = metrics(CASES["mixed"]).splitlines()
    assert [line.split(" ")[:2] for line in lines[:2]] == [["#", "HELP"], ["#", "TYPE"]]
    assert values("\n".join(lines)) == {
        "taskwho_last_run_timestamp_seconds": 1751826134,
        "taskwho_last_run_duration_seconds": 4.5,
        "taskwho_last_run_exit_code": 0,
        "taskwho_last_run_retrieved": 5000,
        "taskwho_last_run_failed": 500,
        "taskwho_last_run_api_calls": 6,
        "taskwho_health_ratio": 0.9,
        "taskwho_relations": 4500,
        "taskwho_relations_waiting": 500,
        "taskwho_fresh_until_timestamp_seconds": 1751826070,
    }


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    write_metrics(tmp_path / "taskwho.prom", replace(CASES["crash"], totals=Totals()))
    found = values((tmp_path / "taskwho.prom").read_text())
    assert "taskwho_health_ratio" not in found
    assert found["taskwho_last_run_exit_code"] == 1
