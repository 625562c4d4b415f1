"""The tap's settings, as a caller or the environment gives them. The tap itself checks values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taskwho.model.errors import Misconfigured
from taskwho.model.errors.settings import DAYS_AND_DATES, UNKNOWN_SETTING

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "TAP_SALESFORCE_TASKWHO_"
# a test compares them with the tap's own declarations
NAMES = (
    *("auth_flow", "login_url", "client_id", "client_secret", "username", "password"),
    *("security_token", "private_key", "refresh_token", "access_token", "instance_url"),
    *("jwt_audience", "api_version", "mode", "days", "start_date", "end_date", "limit"),
    *(
        "id_from",
        "id_to",
        "include_deleted",
        "lookback_seconds",
        "lag_seconds",
        "page_size",
        "concurrency",
    ),
    *("api_quota_percent_total", "api_quota_percent_run", "request_timeout_seconds"),
    "max_attempts",
)
# one of them is part of every login
_OF_LOGIN = ("client_id", "username", "access_token", "refresh_token")


def has_login(salesforce: Mapping[str, Any]) -> bool:
    """Whether settings hold a login; the tap checks whether it is whole."""
    return any(salesforce.get(name) for name in _OF_LOGIN)


SECRETS = (
    *("client_secret", "password", "security_token"),
    *("private_key", "refresh_token", "access_token"),
)


def salesforce_settings(given: Mapping[str, Any], variables: Mapping[str, str]) -> dict[str, Any]:
    """The settings given by name, over those of TAP_SALESFORCE_TASKWHO_<NAME>; empty ones are none.

    Raises Misconfigured for a name that is no setting.
    """
    for name in given:
        if name not in NAMES:
            raise Misconfigured(UNKNOWN_SETTING, name=f"salesforce.{name}", known=", ".join(NAMES))
    found = {name: variables.get(PREFIX + name.upper()) for name in NAMES}
    found |= {name: value for name, value in given.items() if value is not None}
    return {name: value for name, value in found.items() if value not in {None, ""}}


def window_settings(
    mode: str | None,
    days: int | None,
    start_date: str | None,
    end_date: str | None,
    limit: int | None,
) -> dict[str, Any]:
    """What to read, as settings of the tap: days imply the mode `recent`, a date implies `custom`.

    Raises Misconfigured where both are given and the mode is not.
    """
    dates = start_date is not None or end_date is not None
    if mode is None and days is not None and dates:
        raise Misconfigured(DAYS_AND_DATES)
    if mode is None and (days is not None or dates):
        mode = "custom" if dates else "recent"
    given = {
        "mode": mode,
        "days": days,
        "start_date": start_date,
        "end_date": end_date,
        "limit": limit,
    }
    return {name: value for name, value in given.items() if value is not None}
