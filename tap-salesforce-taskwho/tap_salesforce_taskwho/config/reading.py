"""From a tap's config to checked settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.config.settings import SETTINGS, AuthFlow, Settings
from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.errors.settings import (
    CREDENTIAL_MISSING,
    END_DATE_TOO_EARLY,
    HOST_OF_PAGES,
    ID_RANGE_EMPTY,
    LOOKBACK_TOO_SHORT,
    SHARED_LOGIN_HOST,
    START_DATE_MISSING,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

CREDENTIALS: dict[AuthFlow, tuple[str, ...]] = {
    "client_credentials": ("client_id", "client_secret"),
    "jwt_bearer": ("client_id", "username", "private_key"),
    "refresh_token": ("client_id", "refresh_token"),
    "password": ("client_id", "client_secret", "username", "password"),
    "access_token": ("access_token", "instance_url"),
}
# A transaction may run ten minutes and commit rows stamped at its start, and clocks differ by a
# little (developer.salesforce.com, Salesforce Developer Limits: a call's 10 minutes).
SHORTEST_LOOKBACK_AND_LAG = 660
SMALLEST_ID = "0" * 15
# Where people see pages, and Setup (developer.salesforce.com, My Domain URL Formats).
HOSTS_OF_PAGES = (".lightning.force.com", ".my.salesforce-setup.com")
MY_DOMAIN = ".my.salesforce.com"
# The client credentials flow answers only at an org's own address (help.salesforce.com, article
# 000886201).
SHARED_LOGIN_HOSTS = ("https://login.salesforce.com", "https://test.salesforce.com")


def read_settings(config: Mapping[str, Any]) -> Settings:
    """Read a config; raises UserError at the first value that cannot be used."""
    read: dict[str, Any] = {}
    for setting in SETTINGS:
        written = config.get(setting.name)
        is_set = written is not None and written != ""
        read[setting.name] = setting.read(written if is_set else setting.default)
    read["jwt_audience"] = read["jwt_audience"] or read["login_url"]
    settings = Settings(**read)
    _check_hosts(settings)
    _check_credentials(settings)
    _check_window(settings)
    _check_ids(settings)
    return settings


def normalized(settings: Settings) -> dict[str, object]:
    """Give the values that people may write as another type, as the JSON schema wants them."""
    return {
        setting.name: value
        for setting in SETTINGS
        if setting.name == "api_version" or setting.kind.json_type != "string"
        if (value := getattr(settings, setting.name)) is not None
    }


def _check_hosts(settings: Settings) -> None:
    for name in ("login_url", "instance_url"):
        given = getattr(settings, name) or ""
        for ending in HOSTS_OF_PAGES:
            if given.lower().endswith(ending):
                my_domain = given[: -len(ending)] + MY_DOMAIN
                raise UserError(HOST_OF_PAGES, name=name, value=given, my_domain=my_domain)


def _check_credentials(settings: Settings) -> None:
    flow = settings.auth_flow
    missing = [
        setting
        for setting in SETTINGS
        if setting.name in CREDENTIALS[flow] and getattr(settings, setting.name) is None
    ]
    if missing:
        raise UserError(
            CREDENTIAL_MISSING,
            flow=flow,
            names=" and ".join(setting.name for setting in missing),
            variables=" and ".join(setting.variable for setting in missing),
        )
    if flow == "client_credentials" and settings.login_url in SHARED_LOGIN_HOSTS:
        raise UserError(SHARED_LOGIN_HOST, login_url=settings.login_url)


def _check_window(settings: Settings) -> None:
    if settings.lookback_seconds + settings.lag_seconds < SHORTEST_LOOKBACK_AND_LAG:
        raise UserError(
            LOOKBACK_TOO_SHORT,
            lookback=settings.lookback_seconds,
            lag=settings.lag_seconds,
            least=SHORTEST_LOOKBACK_AND_LAG,
        )
    if settings.mode != "custom":
        return
    if settings.start_date is None:
        raise UserError(START_DATE_MISSING)
    if settings.end_date is not None and settings.end_date <= settings.start_date:
        raise UserError(END_DATE_TOO_EARLY, start=settings.start_date, end=settings.end_date)


def _check_ids(settings: Settings) -> None:
    # the first 15 characters name a record, and their order is that of ASCII
    first = settings.id_from or SMALLEST_ID
    if (
        settings.id_to is not None
        and settings.id_to[: len(SMALLEST_ID)] <= first[: len(SMALLEST_ID)]
    ):
        raise UserError(ID_RANGE_EMPTY, id_from=first, id_to=settings.id_to)
