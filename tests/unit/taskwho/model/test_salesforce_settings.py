"""The tap's settings, from a caller and from the environment."""

from __future__ import annotations

from typing import Any

import pytest
from taskwho.model.errors import Misconfigured
from taskwho.model.salesforce_settings import salesforce_settings, window_settings

WINDOWS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing": ({}, {}),
    "days imply recent": ({"days": 7}, {"mode": "recent", "days": 7}),
    "a start implies custom": (
        {"start_date": "2024-01-01"},
        {"mode": "custom", "start_date": "2024-01-01"},
    ),
    "an end implies custom": (
        {"end_date": "2024-01-01"},
        {"mode": "custom", "end_date": "2024-01-01"},
    ),
    "a mode is as it is given": (
        {"mode": "incremental", "start_date": "2024-01-01"},
        {"mode": "incremental", "start_date": "2024-01-01"},
    ),
    "a limit implies nothing": ({"limit": 3}, {"limit": 3}),
}


@pytest.mark.parametrize(("given", "expected"), WINDOWS.values(), ids=WINDOWS)
def test_a_window(given: dict[str, Any], expected: dict[str, Any]) -> None:
    nothing = dict.fromkeys(("mode", "days", "start_date", "end_date", "limit"))
    assert window_settings(**{**nothing, **given}) == expected


def test_days_and_dates_need_a_mode() -> None:
    with pytest.raises(Misconfigured, match="Both days and dates were given"):
        window_settings(None, 7, "2024-01-01", None, None)


def test_what_is_given_wins_over_the_environment_and_empty_ones_are_none() -> None:
    variables = {
        "TAP_SALESFORCE_TASKWHO_MODE": "full",
        "TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "500",
        "TAP_SALESFORCE_TASKWHO_USERNAME": "",
        "TAP_SALESFORCE_TASKWHO_LOGLEVEL": "DEBUG",
    }
    given = {"mode": "recent", "days": None, "password": ""}
    assert salesforce_settings(given, variables) == {"mode": "recent", "page_size": "500"}


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(Misconfigured, match=r"There is no setting 'salesforce.client_sceret'"):
        salesforce_settings({"client_sceret": "x"}, {})
