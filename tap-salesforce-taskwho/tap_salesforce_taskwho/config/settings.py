"""The tap's settings: what `--about` tells of them, and their checked values."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from tap_salesforce_taskwho.config import values
from tap_salesforce_taskwho.config.schema import AUTH_FLOWS, CONFIG_SCHEMA, DEFAULTS, MODES, NUMBERS
from tap_salesforce_taskwho.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = ["CONFIG_SCHEMA", "AuthFlow", "Mode", "Settings"]

AuthFlow = Literal["client_credentials", "jwt_bearer", "refresh_token", "password", "access_token"]
Mode = Literal["incremental", "full", "recent", "custom"]

NEEDED: dict[AuthFlow, tuple[str, ...]] = {
    "client_credentials": ("client_id", "client_secret"),
    "jwt_bearer": ("client_id", "username", "private_key"),
    "refresh_token": ("client_id", "refresh_token"),
    "password": ("client_id", "client_secret", "username", "password"),
    "access_token": ("access_token", "instance_url"),
}
# A transaction may run ten minutes and commit rows stamped at its start, and clocks differ by a
# little (developer.salesforce.com, Salesforce Developer Limits: a call's 10 minutes).
SHORTEST_LOOKBACK_AND_LAG = 660
# The client credentials flow answers only there (help.salesforce.com, article 000886201).
SHARED_LOGIN_HOSTS = ("https://login.salesforce.com", "https://test.salesforce.com")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked: datetimes are aware UTC, numbers are numbers, secrets stay hidden."""

    auth_flow: AuthFlow
    login_url: str
    jwt_audience: str
    api_version: str
    mode: Mode
    days: int
    page_size: int
    concurrency: int
    include_deleted: bool
    lookback_seconds: int
    lag_seconds: int
    api_quota_percent_total: int
    api_quota_percent_run: int
    request_timeout_seconds: int
    max_attempts: int
    start_date: datetime | None = None
    end_date: datetime | None = None
    limit: int | None = None
    instance_url: str | None = None
    client_id: str | None = field(default=None, repr=False)
    client_secret: str | None = field(default=None, repr=False)
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    security_token: str | None = field(default=None, repr=False)
    private_key: str | None = field(default=None, repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Settings:
        """Read a tap's config; raises UserError at the first value that cannot be used."""
        given = {name: value for name, value in config.items() if value is not None and value != ""}
        settings = cls(**_parsed({**DEFAULTS, **given}))
        _check_credentials(settings)
        _check_window(settings)
        return settings

    def plain(self) -> dict[str, object]:
        """Give the values that people may write in other types, for a schema to check."""
        numbers = {
            part.name: value
            for part in fields(self)
            if isinstance(value := getattr(self, part.name), int)
        }
        return numbers | {"api_version": self.api_version}


def _parsed(config: Mapping[str, Any]) -> dict[str, Any]:
    names = [part.name for part in fields(Settings)]
    parsed: dict[str, Any] = {
        name: _number(name, config.get(name)) if name in NUMBERS else config.get(name)
        for name in names
    }
    for part in fields(Settings):
        if not part.repr or part.name in {"instance_url", "login_url", "jwt_audience"}:
            parsed[part.name] = values.text(part.name, config.get(part.name))
    for name in ("login_url", "instance_url"):
        if parsed[name] is not None:
            parsed[name] = values.origin(name, parsed[name])
    return parsed | {
        "auth_flow": values.choice("auth_flow", config["auth_flow"], AUTH_FLOWS),
        "mode": values.choice("mode", config["mode"], MODES),
        "api_version": values.version("api_version", config["api_version"]),
        "include_deleted": values.truth("include_deleted", config["include_deleted"]),
        "start_date": values.moment("start_date", config.get("start_date")),
        "end_date": values.moment("end_date", config.get("end_date"), whole_day=True),
        "jwt_audience": parsed["jwt_audience"] or parsed["login_url"],
    }


def _number(name: str, value: object) -> int | None:
    return None if value is None else values.whole_number(name, value, *NUMBERS[name])


def _check_credentials(settings: Settings) -> None:
    flow = settings.auth_flow
    missing = [name for name in NEEDED[flow] if getattr(settings, name) is None]
    if missing:
        raise UserError(
            f"auth_flow {flow} needs {' and '.join(missing)}, and the config has none. Set "
            + ", ".join(f"{name} (TAP_SALESFORCE_TASKWHO_{name.upper()})" for name in missing)
            + ", or choose another auth_flow."
        )
    if flow == "client_credentials" and settings.login_url in SHARED_LOGIN_HOSTS:
        raise UserError(
            f"auth_flow client_credentials does not work at {settings.login_url}: Salesforce "
            "answers it at an org's own address only. Set login_url to your My Domain URL, such "
            "as https://yourcompany.my.salesforce.com."
        )


def _check_window(settings: Settings) -> None:
    if settings.lookback_seconds + settings.lag_seconds < SHORTEST_LOOKBACK_AND_LAG:
        raise UserError(
            f"lookback_seconds {settings.lookback_seconds} and lag_seconds {settings.lag_seconds} "
            f"come to less than {SHORTEST_LOOKBACK_AND_LAG}: a transaction may commit its rows ten "
            "minutes after their SystemModstamp, and they would be lost. Raise lookback_seconds."
        )
    if settings.mode != "custom":
        return
    if settings.start_date is None:
        raise UserError(
            "mode custom needs start_date, and the config has none. Set start_date to the first "
            "day to read, such as 2024-01-31, or choose another mode."
        )
    if settings.end_date is not None and settings.end_date <= settings.start_date:
        raise UserError(
            f"end_date is not after start_date (the window would be {settings.start_date:%FT%TZ} "
            f"to {settings.end_date:%FT%TZ}), so nothing could be read. Set a later end_date."
        )
