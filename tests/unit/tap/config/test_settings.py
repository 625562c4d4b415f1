"""Settings: what is taken, what is refused, and that no refusal shows a secret."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tap_salesforce_taskwho.config.reading import normalized, read_settings
from tap_salesforce_taskwho.config.settings import SETTINGS, Settings
from tap_salesforce_taskwho.errors import UserError

SECRET = "s3cr3t-Value-of-the-test"
CONFIG = {
    "login_url": "https://example.my.salesforce.com",
    "client_id": "consumer",
    "client_secret": SECRET,
}
SECRETS = {
    "client_id",
    "client_secret",
    "username",
    "password",
    "security_token",
    "private_key",
    "refresh_token",
    "access_token",
}


def settings(**changes: object) -> Settings:
    return read_settings({**CONFIG, **changes})


def refusal(**changes: object) -> str:
    with pytest.raises(UserError) as caught:
        settings(**changes)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_every_setting_has_a_title_and_a_description() -> None:
    for setting in SETTINGS:
        assert setting.title, setting.name
        assert setting.description.endswith("."), setting.name


def test_exactly_the_secrets_are_marked_secret() -> None:
    assert {setting.name for setting in SETTINGS if setting.secret} == SECRETS


def test_the_schema_of_a_setting_has_its_words_type_and_limits() -> None:
    schemas = {setting.name: setting.json_schema() for setting in SETTINGS}
    assert schemas["days"] == {
        "type": ["integer", "null"],
        "title": "Days",
        "default": 30,
        "description": "How many days back mode recent reads.",
        "minimum": 1,
        "maximum": 36_500,
    }
    assert schemas["mode"]["enum"] == ["incremental", "full", "recent", "custom"]
    assert schemas["include_deleted"]["type"] == ["boolean", "null"]
    assert (schemas["password"]["secret"], schemas["password"]["writeOnly"]) == (True, True)


def test_a_setting_s_variable_is_its_name_in_capitals() -> None:
    assert SETTINGS[0].variable == "TAP_SALESFORCE_TASKWHO_AUTH_FLOW"


def test_values_of_another_type_are_normalized_for_the_schema() -> None:
    found = normalized(settings(page_size="2000", include_deleted="no", api_version="v65"))
    assert (found["page_size"], found["include_deleted"]) == (2000, False)
    assert found["api_version"] == "65.0"
    assert "limit" not in found
    assert "client_secret" not in found


def test_defaults_are_those_of_the_declarations() -> None:
    read = settings()
    assert (read.mode, read.days, read.page_size, read.concurrency) == ("incremental", 30, 2000, 4)
    assert (read.lookback_seconds, read.lag_seconds) == (900, 60)
    assert (read.api_quota_percent_total, read.api_quota_percent_run) == (80, 25)
    assert (read.request_timeout_seconds, read.max_attempts) == (300, 8)
    assert (read.include_deleted, read.api_version, read.limit) == (True, "64.0", None)
    assert read.jwt_audience == read.login_url


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-02-29", datetime(2024, 2, 29, tzinfo=UTC)),
        ("2024-02-29T08:00:00", datetime(2024, 2, 29, 8, tzinfo=UTC)),
        ("2024-02-29T08:00:00Z", datetime(2024, 2, 29, 8, tzinfo=UTC)),
        ("2024-02-29 08:00:00+02:00", datetime(2024, 2, 29, 6, tzinfo=UTC)),
        ("2024-02-29T08:00:00-0930", datetime(2024, 2, 29, 17, 30, tzinfo=UTC)),
        ("2024-02-29T08:00:00.900Z", datetime(2024, 2, 29, 8, tzinfo=UTC)),  # whole seconds
        ("2024-02-29T08:00:00.000+0000", datetime(2024, 2, 29, 8, tzinfo=UTC)),  # Salesforce's own
    ],
)
def test_a_start_date_is_a_date_or_a_datetime_with_any_offset(
    written: str, meant: datetime
) -> None:
    assert settings(start_date=written).start_date == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-02-29", datetime(2024, 3, 1, tzinfo=UTC)),  # that day is included
        ("2024-02-29T00:00:00Z", datetime(2024, 2, 29, tzinfo=UTC)),
        ("2024-02-29T00:00:00.5Z", datetime(2024, 2, 29, 0, 0, 1, tzinfo=UTC)),
    ],
)
def test_an_end_date_without_a_time_includes_its_day(written: str, meant: datetime) -> None:
    assert settings(end_date=written).end_date == meant


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-01 OR Id != null",
        "yesterday",
        "2024-13-01",
        "2023-02-29",
        "01/02/2024",
        "20240101",
        "2024-W01",
        "0001-01-01T00:00:00+14:00",
        "2024-01-01T25:00:00Z",
        "٢٠٢٤-01-01",
        20240102,
    ],
)
@pytest.mark.parametrize("name", ["start_date", "end_date"])
def test_what_is_no_date_is_refused_with_an_example(name: str, written: object) -> None:
    message = refusal(**{name: written})
    assert name in message
    assert "2024-01-31" in message


def test_numbers_written_as_text_count_as_numbers() -> None:
    read = settings(page_size="2000", limit=" 10 ", days=7.0, include_deleted="no")
    assert (read.page_size, read.limit, read.days, read.include_deleted) == (2000, 10, 7, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page_size", 199),
        ("page_size", 2001),
        ("page_size", "many"),
        ("limit", 0),
        ("limit", True),
        ("days", 0),
        ("days", 1.5),
        ("concurrency", 0),
        ("max_attempts", [3]),
        ("api_quota_percent_run", 101),
        ("include_deleted", "perhaps"),
        ("mode", "sometimes"),
        ("auth_flow", "magic"),
        ("api_version", "20.0"),
        ("api_version", "64.0/../x"),
    ],
)
def test_a_value_out_of_range_is_refused_by_the_name_of_its_setting(
    name: str, value: object
) -> None:
    assert f"Setting {name} " in refusal(**{name: value})


def test_an_empty_value_counts_as_none() -> None:
    assert settings(limit="", start_date=None).limit is None


@pytest.mark.parametrize(
    "url",
    [
        "http://example.my.salesforce.com",
        "ftp://example.com",
        "example.my.salesforce.com",
        f"https://user:{SECRET}@example.com",
        "https://example.com/path",
        "https://example.com?x=1",
        "https://exa mple.com",
        "http://127.0.0.1.example.com",
        "https://",
        "https://[",
    ],
)
def test_a_login_url_is_https_and_a_host_alone(url: str) -> None:
    assert "https" in refusal(login_url=url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:2"])
def test_plain_http_is_taken_on_loopback(url: str) -> None:
    assert settings(login_url=f"{url}/").login_url == url


def test_client_credentials_at_a_shared_login_host_are_refused_before_any_request() -> None:
    assert "My Domain" in refusal(login_url="https://login.salesforce.com")


@pytest.mark.parametrize(
    ("flow", "named"),
    [
        ("client_credentials", ["client_id", "client_secret"]),
        ("jwt_bearer", ["client_id", "username", "private_key"]),
        ("refresh_token", ["client_id", "refresh_token"]),
        ("password", ["client_id", "client_secret", "username", "password"]),
        ("access_token", ["access_token", "instance_url"]),
    ],
)
def test_a_missing_credential_is_named(flow: str, named: list[str]) -> None:
    with pytest.raises(UserError) as caught:
        read_settings({"auth_flow": flow})
    names = " and ".join(named)
    variables = " and ".join(f"TAP_SALESFORCE_TASKWHO_{name.upper()}" for name in named)
    assert str(caught.value) == (
        f"auth_flow {flow} needs settings that are missing: {names}. Set {variables}, "
        "or choose another auth_flow. docs/connect.md says where Salesforce shows the values. "
        "A tap that you run by itself reads variables only with --config=ENV."
    )


def test_lookback_and_lag_cover_the_longest_transaction() -> None:
    assert settings(lookback_seconds=0, lag_seconds=660).lag_seconds == 660
    assert "660" in refusal(lookback_seconds=600, lag_seconds=59)


def test_mode_custom_needs_a_start_date() -> None:
    assert "start_date" in refusal(mode="custom")


def test_a_custom_window_ends_after_it_starts() -> None:
    assert settings(mode="custom", start_date="2024-01-31", end_date="2024-01-31").end_date
    assert "end_date" in refusal(mode="custom", start_date="2024-02-01", end_date="2024-01-31")


@pytest.mark.parametrize("name", sorted(SECRETS))
@pytest.mark.parametrize("value", [12345678901, [SECRET], {"a": SECRET}])
def test_no_refusal_shows_a_secret(name: str, value: object) -> None:
    message = refusal(**{name: value})
    assert name in message
    assert SECRET not in message
    assert "12345678901" not in message


def test_settings_are_printed_without_secrets() -> None:
    read = settings(password=SECRET, private_key=SECRET, access_token=SECRET, username=SECRET)
    assert SECRET not in repr(read)


@pytest.mark.parametrize("name", ["id_from", "id_to"])
@pytest.mark.parametrize(
    "written", ["0RT", "0RT00000000000001", "0RT00000000000' OR", "0RT00000000000é", 15, ["x"]]
)
def test_what_is_no_id_is_refused(name: str, written: object) -> None:
    assert name in refusal(**{name: written})


@pytest.mark.parametrize(
    ("id_from", "id_to"),
    [
        ("0RT000000000001", "0RT000000000001"),
        ("0RT000000000001AAA", "0RT000000000001"),
        ("0RT00000000000a", "0RT00000000000B"),
        (None, "000000000000000AAA"),
    ],
)
def test_a_range_without_an_id_is_refused(id_from: str | None, id_to: str) -> None:
    assert "There is no Id" in refusal(id_from=id_from, id_to=id_to)
