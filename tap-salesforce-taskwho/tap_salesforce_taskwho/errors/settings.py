"""Errors of settings. None of them shows the value of a secret."""

from __future__ import annotations

from tap_salesforce_taskwho.errors.problem import ExitCode, Problem

SETTING_NOT_TEXT = Problem(
    code="setting-not-text",
    what="Setting {name} must be text, and it is of type {kind}.",
    fix="Put quotes around the value of {name}.",
    exit_code=ExitCode.USER,
)
SETTING_NOT_A_CHOICE = Problem(
    code="setting-not-a-choice",
    what="Setting {name} is {value!r}.",
    fix="Set it to one of: {choices}.",
    exit_code=ExitCode.USER,
)
SETTING_NOT_A_NUMBER = Problem(
    code="setting-not-a-number",
    what="Setting {name} is {value!r}.",
    fix="Set it to a whole number from {lowest:,} to {highest:,}.",
    exit_code=ExitCode.USER,
)
SETTING_NOT_A_BOOLEAN = Problem(
    code="setting-not-a-boolean",
    what="Setting {name} is {value!r}.",
    fix="Set it to true or false.",
    exit_code=ExitCode.USER,
)
SETTING_NOT_A_VERSION = Problem(
    code="setting-not-a-version",
    what="Setting {name} is {value!r}.",
    fix='Set it to a REST version that Salesforce serves: "{first}.0" or later, such as "64.0".',
    exit_code=ExitCode.USER,
)
SETTING_NOT_AN_ADDRESS = Problem(
    code="setting-not-an-address",
    what="Setting {name} is not the https address of a host.",
    why="Secrets are sent there, so plain http is allowed on loopback only.",
    fix="Set {name} to an address such as https://yourcompany.my.salesforce.com, without path, "
    "query, user or password.",
    exit_code=ExitCode.USER,
)
SETTING_NOT_AN_ID = Problem(
    code="setting-not-an-id",
    what="Setting {name} is {value!r}, which is not a Salesforce Id.",
    fix="Write its 15 or 18 letters and digits, such as 0RT000000000001AAA.",
    exit_code=ExitCode.USER,
)
SETTING_NOT_A_DATE = Problem(
    code="setting-not-a-date",
    what="Setting {name} is {value!r}, which is not a date.",
    fix="Write a date such as 2024-01-31, or a datetime such as 2024-01-31T08:00:00+02:00 (UTC "
    "where no offset is written).",
    exit_code=ExitCode.USER,
)
SETTING_NOT_UTF8 = Problem(
    code="setting-not-utf8",
    what="Setting {name} is not valid UTF-8, so it cannot be sent.",
    fix="Set it again in a terminal or a file with UTF-8.",
    exit_code=ExitCode.USER,
)
CREDENTIAL_MISSING = Problem(
    code="credential-missing",
    what="auth_flow {flow} needs settings that are missing: {names}.",
    fix="Set {variables}, or choose another auth_flow. docs/connect.md says where Salesforce shows "
    "the values. A tap that you run by itself reads variables only with --config=ENV.",
    exit_code=ExitCode.USER,
)
SHARED_LOGIN_HOST = Problem(
    code="shared-login-host",
    what="auth_flow client_credentials does not work at {login_url}.",
    why="Salesforce answers this flow at an org's own address only.",
    fix="Set login_url to your My Domain URL, such as https://yourcompany.my.salesforce.com.",
    exit_code=ExitCode.USER,
)
HOST_OF_PAGES = Problem(
    code="host-of-pages",
    what="Setting {name} is {value}, where Salesforce shows pages to people.",
    why="The API answers at the org's My Domain URL.",
    fix="Set {name} to {my_domain}.",
    exit_code=ExitCode.USER,
)
LOOKBACK_TOO_SHORT = Problem(
    code="lookback-too-short",
    what="lookback_seconds {lookback} and lag_seconds {lag} add up to less than {least}.",
    why="A transaction can commit rows ten minutes after their SystemModstamp, and such rows would "
    "be lost.",
    fix="Raise lookback_seconds.",
    exit_code=ExitCode.USER,
)
START_DATE_MISSING = Problem(
    code="start-date-missing",
    what="mode custom needs start_date, and it is not set.",
    fix="Set start_date to the first day to read, such as 2024-01-31, or choose another mode.",
    exit_code=ExitCode.USER,
)
START_DATE_IN_THE_FUTURE = Problem(
    code="start-date-in-the-future",
    what="start_date {start:%FT%TZ} is later than the org's clock, which shows {now:%FT%TZ}.",
    why="No record is that new: nothing would be read.",
    fix="Set an earlier start_date.",
    exit_code=ExitCode.USER,
)
END_DATE_TOO_EARLY = Problem(
    code="end-date-too-early",
    what="end_date is not after start_date: the window would be {start:%FT%TZ} to {end:%FT%TZ}.",
    fix="Set a later end_date.",
    exit_code=ExitCode.USER,
)
ID_RANGE_EMPTY = Problem(
    code="id-range-empty",
    what="There is no Id from id_from {id_from} to before id_to {id_to}.",
    why="id_to is not part of the range, and capital letters come before small ones.",
    fix="Set a larger id_to, or leave one of them out.",
    exit_code=ExitCode.USER,
)
