"""The promotion's settings, from a caller and from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from taskwho.model.errors import Misconfigured
from taskwho.model.given_settings import given_settings
from taskwho.model.settings import ParentTable, PostLoadSettings

UNUSABLE: dict[str, tuple[dict[str, Any], str]] = {
    "max_records": ({"max_records": "many"}, "a whole number of at least 0"),
    "fail_below": ({"fail_below": 101}, "a number of at least 0 and at most 100"),
    "sweep": ({"sweep": "perhaps"}, "true or false"),
    "foreign_keys": ({"foreign_keys": "drop"}, "create or keep"),
}


def test_without_any_they_are_the_defaults() -> None:
    assert given_settings({}, {}) == PostLoadSettings()


def test_what_is_given_wins_over_the_environment() -> None:
    variables = {
        "TASKWHO_SCHEMA": "theirs",
        "TASKWHO_USERS_TABLE": "people",
        "TASKWHO_SWEEP": "true",
        "TASKWHO_MAX_RECORDS": "7",
        "TAP_SALESFORCE_TASKWHO_LOOKBACK_SECONDS": "1200",
    }
    found = given_settings({"schema": "ours", "reports_dir": "there"}, variables)
    assert (found.schema, found.reports_dir) == ("ours", Path("there"))
    assert found.parents["users"] == ParentTable("people")
    assert (found.sweep, found.max_records, found.lookback_seconds) == (True, 7, 1200)


@pytest.mark.parametrize(("given", "needed"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_value_that_cannot_be_used_is_named(given: dict[str, Any], needed: str) -> None:
    ((name, value),) = given.items()
    with pytest.raises(Misconfigured) as raised:
        given_settings(given, {})
    assert raised.value.message == (
        f"The setting {name} (TASKWHO_{name.upper()}) is {value!r}. Set it to {needed}. "
        "Nothing was started."
    )


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(Misconfigured, match="There is no setting 'shema'"):
        given_settings({"shema": "x"}, {})
