"""What a worker takes of that which the org allows all of them."""

from __future__ import annotations

from typing import Any

import pytest
from tap_salesforce_taskwho.config.settings import SETTINGS
from taskwho.pipeline.shards.worker import SHARED, divided


def test_the_defaults_are_those_of_the_tap() -> None:
    assert {setting.name: setting.default for setting in SETTINGS if setting.name in SHARED} == (
        SHARED
    )


@pytest.mark.parametrize(
    ("given", "workers", "pages", "percent"),
    [
        ({}, 1, 4, 25),
        ({}, 4, 1, 6),
        ({"concurrency": "20", "api_quota_percent_run": 100}, 4, 5, 25),
        ({}, 50, 1, 1),
    ],
)
def test_pages_in_flight_and_calls_are_divided(
    given: dict[str, Any], workers: int, pages: int, percent: int
) -> None:
    found = divided(given, workers)
    assert (found["concurrency"], found["api_quota_percent_run"]) == (pages, percent)


@pytest.mark.parametrize("value", ["many", "0", -8])
def test_what_the_tap_refuses_is_left_for_it_to_refuse(value: object) -> None:
    assert divided({"concurrency": value}, 4)["concurrency"] == value
