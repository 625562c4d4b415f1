"""The settings of the tap: each is declared here once, as a field of `Settings`.

To add one: declare it, add its row to the README of the tap, its comment to `.env.example` and its
entry to `meltano.yml`, and run `make docs`. The tests in tests/unit/project compare them all.
"""

# ruff: noqa: RUF009 -- setting() gives a dataclasses.field

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, get_args

from tap_salesforce_taskwho.config.setting import (
    ADDRESS,
    BOOLEAN,
    DATETIME,
    END_DATETIME,
    RECORD_ID,
    TEXT,
    VERSION,
    Setting,
    choice,
    number,
    setting,
)

if TYPE_CHECKING:
    from datetime import datetime

AuthFlow = Literal["client_credentials", "jwt_bearer", "refresh_token", "password", "access_token"]
Mode = Literal["incremental", "full", "recent", "custom"]
AUTH_FLOWS: tuple[AuthFlow, ...] = get_args(AuthFlow)
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, checked: datetimes are aware UTC, numbers are numbers, secrets stay hidden."""

    auth_flow: AuthFlow = setting(
        choice(AUTH_FLOWS),
        "Login flow",
        "How the tap logs in: client_credentials, jwt_bearer, refresh_token, password (Salesforce "
        "is retiring it) or access_token (a token that you bring).",
        default="client_credentials",
    )
    login_url: str = setting(
        ADDRESS,
        "Login URL",
        "The OAuth host, https (plain http on loopback only). Your My Domain URL for "
        "client_credentials; https://test.salesforce.com for a sandbox with the other flows.",
        default="https://login.salesforce.com",
    )
    client_id: str | None = setting(
        TEXT,
        "Client ID",
        "The consumer key of the connected or external client app.",
        secret=True,
    )
    client_secret: str | None = setting(
        TEXT, "Client secret", "The consumer secret of the app.", secret=True
    )
    username: str | None = setting(
        TEXT, "User name", "The user that jwt_bearer and password log in as.", secret=True
    )
    password: str | None = setting(
        TEXT, "Password", "The user's password, for auth_flow password.", secret=True
    )
    security_token: str | None = setting(
        TEXT,
        "Security token",
        "Appended to the password, for auth_flow password from an address that the org does not "
        "trust.",
        secret=True,
    )
    private_key: str | None = setting(
        TEXT,
        "Private key",
        "The key that signs jwt_bearer's assertion: PEM text, or the path of a PEM file.",
        secret=True,
    )
    refresh_token: str | None = setting(
        TEXT, "Refresh token", "The token for auth_flow refresh_token.", secret=True
    )
    access_token: str | None = setting(
        TEXT, "Access token", "The token for auth_flow access_token.", secret=True
    )
    instance_url: str | None = setting(
        ADDRESS,
        "Instance URL",
        "The org's own address. Only access_token needs it; the other flows learn it at login.",
    )
    jwt_audience: str = setting(
        TEXT,
        "JWT audience",
        "The aud claim of jwt_bearer's assertion; login_url where it is not set.",
    )
    api_version: str = setting(
        VERSION, "API version", "The version of Salesforce's REST API.", default="64.0"
    )
    mode: Mode = setting(
        choice(MODES),
        "Mode",
        "incremental: from the bookmark to now. full: everything, and the bookmark is set. recent: "
        "the last `days` days. custom: start_date to end_date. The last two leave the bookmark "
        "alone.",
        default="incremental",
    )
    days: int = setting(
        number(1, 36_500), "Days", "How many days back mode recent reads.", default=30
    )
    start_date: datetime | None = setting(
        DATETIME,
        "Start date",
        "Where mode custom begins, and the floor of a first incremental run. Later runs begin from "
        "the bookmark. Mode full reads what lies before the first one. A date, or a datetime with "
        "any offset (UTC where none is written).",
    )
    end_date: datetime | None = setting(
        END_DATETIME,
        "End date",
        "Where mode custom ends, now where it is not set. A date includes that whole day.",
    )
    limit: int | None = setting(
        number(1, 999_999_999),
        "Limit",
        "Stop after this many relations, for testing. The bookmark stays as it is.",
    )
    id_from: str | None = setting(
        RECORD_ID,
        "First Id",
        "Read only relations with this Id or a larger one: where a shard begins. The bookmark "
        "stays as it is.",
    )
    id_to: str | None = setting(
        RECORD_ID,
        "End of the Ids",
        "Read only relations with smaller Ids than this one: where a shard ends. The bookmark "
        "stays as it is.",
    )
    include_deleted: bool = setting(
        BOOLEAN,
        "Include deleted",
        "Read soft-deleted rows too, through queryAll. Where the org refuses queryAll, the tap "
        "uses query, and the log says so.",
        default=True,
    )
    lookback_seconds: int = setting(
        number(0, 31_536_000),
        "Look-back",
        "How many seconds before the bookmark a window begins, for rows that were committed late. "
        "With lag_seconds at least 660.",
        default=900,
    )
    lag_seconds: int = setting(
        number(0, 86_400),
        "Lag",
        "How many seconds before the server's now a window ends.",
        default=60,
    )
    page_size: int = setting(
        number(200, 2_000), "Page size", "Rows that a query asks for.", default=2_000
    )
    concurrency: int = setting(
        number(1, 20), "Pages in flight", "Pages that are requested at the same time.", default=4
    )
    api_quota_percent_total: int = setting(
        number(1, 100),
        "Quota of the org",
        "Stop cleanly when this percentage of the org's daily API calls is used, by anybody.",
        default=80,
    )
    api_quota_percent_run: int = setting(
        number(1, 100),
        "Quota of a run",
        "Stop cleanly when this run has used this percentage of the org's daily API calls.",
        default=25,
    )
    request_timeout_seconds: int = setting(
        number(1, 3_600), "Time-out", "How many seconds one request may take.", default=300
    )
    max_attempts: int = setting(
        number(1, 100),
        "Attempts",
        "How often a request is tried before the run fails.",
        default=8,
    )

    @property
    def is_cut(self) -> bool:
        """Whether only some of the relations are read: then the bookmark stays as it is."""
        return any(value is not None for value in (self.limit, self.id_from, self.id_to))


SETTINGS: tuple[Setting, ...] = tuple(
    Setting(name=part.name, **part.metadata) for part in fields(Settings)
)
