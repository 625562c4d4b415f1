"""The config schema that `--about` shows: every setting's title, meaning, default and limits."""

from __future__ import annotations

from typing import Any

from singer_sdk import typing as th

AUTH_FLOWS = ("client_credentials", "jwt_bearer", "refresh_token", "password", "access_token")
MODES = ("incremental", "full", "recent", "custom")

# lowest and highest value of every setting that is a number
NUMBERS: dict[str, tuple[int, int]] = {
    "days": (1, 36_500),
    "limit": (1, 999_999_999),
    "page_size": (200, 2_000),
    "concurrency": (1, 20),
    "lookback_seconds": (0, 31_536_000),
    "lag_seconds": (0, 86_400),
    "api_quota_percent_total": (1, 100),
    "api_quota_percent_run": (1, 100),
    "request_timeout_seconds": (1, 3_600),
    "max_attempts": (1, 100),
}


def _number(name: str, title: str, description: str, default: int | None = None) -> Any:  # noqa: ANN401 -- the SDK's Property is generic without bound
    lowest, highest = NUMBERS[name]
    kind = th.IntegerType(minimum=lowest, maximum=highest)
    return th.Property(name, kind, title=title, description=description, default=default)


def _text(name: str, title: str, description: str, default: str | None = None) -> Any:  # noqa: ANN401 -- as _number
    return th.Property(name, th.StringType, title=title, description=description, default=default)


def _secret(name: str, title: str, description: str) -> Any:  # noqa: ANN401 -- as _number
    return th.Property(name, th.StringType, title=title, description=description, secret=True)


LOGIN = (
    th.Property(
        "auth_flow",
        th.StringType,
        default="client_credentials",
        allowed_values=list(AUTH_FLOWS),
        title="Login flow",
        description="How the tap logs in: client_credentials, jwt_bearer, refresh_token, password "
        "(Salesforce is retiring it) or access_token (a token that you bring).",
    ),
    _text(
        "login_url",
        "Login URL",
        "The OAuth host, https (plain http on loopback only). Your My Domain URL for "
        "client_credentials; https://test.salesforce.com for a sandbox with the other flows.",
        "https://login.salesforce.com",
    ),
    _secret("client_id", "Client ID", "The consumer key of the connected or external client app."),
    _secret("client_secret", "Client secret", "The consumer secret of the app."),
    _secret("username", "User name", "The user that jwt_bearer and password log in as."),
    _secret("password", "Password", "The user's password, for auth_flow password."),
    _secret(
        "security_token",
        "Security token",
        "Appended to the password, for auth_flow password from an address that the org does not "
        "trust.",
    ),
    _secret(
        "private_key",
        "Private key",
        "The key that signs jwt_bearer's assertion: PEM text, or the path of a PEM file.",
    ),
    _secret("refresh_token", "Refresh token", "For auth_flow refresh_token."),
    _secret("access_token", "Access token", "For auth_flow access_token."),
    _text(
        "instance_url",
        "Instance URL",
        "The org's own address. Needed with access_token only; the other flows learn it at login.",
    ),
    _text(
        "jwt_audience",
        "JWT audience",
        "The aud claim of jwt_bearer's assertion; login_url where it is not set.",
    ),
    _text("api_version", "API version", "The REST version that is asked.", "64.0"),
)
WINDOW = (
    th.Property(
        "mode",
        th.StringType,
        default="incremental",
        allowed_values=list(MODES),
        title="Mode",
        description="incremental: from the bookmark to now. full: everything, and the bookmark is "
        "set. recent: the last `days` days. custom: start_date to end_date. The last two leave "
        "the bookmark alone.",
    ),
    _number("days", "Days", "How many days back mode recent reads.", 30),
    _text(
        "start_date",
        "Start date",
        "Where mode custom begins, and the floor of a first incremental run. A date, or a datetime "
        "with any offset (UTC where none is written).",
    ),
    _text(
        "end_date",
        "End date",
        "Where mode custom ends, now where it is not set. A date includes that whole day.",
    ),
    _number("limit", "Limit", "Stop after so many relations (for testing). Keeps the bookmark."),
    th.Property(
        "include_deleted",
        th.BooleanType,
        default=True,
        title="Include deleted",
        description="Read soft-deleted rows too, through queryAll; where the org refuses queryAll, "
        "query is asked, and the log says so.",
    ),
    _number(
        "lookback_seconds",
        "Look-back",
        "How far before the bookmark a window begins, for rows that were committed late. With "
        "lag_seconds at least 660.",
        900,
    ),
    _number("lag_seconds", "Lag", "How far before the server's now a window ends.", 60),
)
REQUESTS = (
    _number("page_size", "Page size", "Rows that a query asks for.", 2_000),
    _number("concurrency", "Pages in flight", "Pages that are asked for at the same time.", 4),
    _number(
        "api_quota_percent_total",
        "Quota of the org",
        "Stop cleanly when this percentage of the org's daily API calls is used, by anybody.",
        80,
    ),
    _number(
        "api_quota_percent_run",
        "Quota of a run",
        "Stop cleanly when this run has used this percentage of the org's daily API calls.",
        25,
    ),
    _number("request_timeout_seconds", "Time-out", "How long one request may take.", 300),
    _number("max_attempts", "Attempts", "How often a request is tried before the run fails.", 8),
)

CONFIG_SCHEMA: dict[str, Any] = th.PropertiesList(*LOGIN, *WINDOW, *REQUESTS).to_dict()
DEFAULTS: dict[str, Any] = {
    name: schema["default"]
    for name, schema in CONFIG_SCHEMA["properties"].items()
    if "default" in schema
}
