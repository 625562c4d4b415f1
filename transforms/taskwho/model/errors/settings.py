"""Errors of what a person gives: settings, arguments."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

NAME_LENGTH = Problem(
    code="name-length",
    what="The name {name!r} has {bytes} bytes. It may have 1 to {longest}.",
    why=(
        "PostgreSQL cuts every name after {limit} bytes, also the names of keys, which are made "
        "from names of tables."
    ),
    fix="Set a name of another length.",
    exit_code=ExitCode.MISCONFIGURED,
)
DOTENV_UNREADABLE = Problem(
    code="dotenv-unreadable",
    what="The file {file} is not UTF-8 text.",
    fix="Save it as UTF-8.",
    exit_code=ExitCode.MISCONFIGURED,
)
DOTENV_UNUSABLE = Problem(
    code="dotenv-unusable",
    what="The file {file} cannot be read: {error}.",
    fix=(
        "Make it a file that you may read. Or remove it, and set its variables in the environment."
    ),
    kept="Nothing was started.",
    exit_code=ExitCode.MISCONFIGURED,
)
NOT_A_SALESFORCE_ID = Problem(
    code="not-a-salesforce-id",
    what="{text!r} is not a Salesforce Id.",
    why="An Id has 15 or 18 letters and digits, and upper and lower case differ.",
    fix="Copy the Id from the record's address in Salesforce, or from a report.",
    exit_code=ExitCode.MISCONFIGURED,
)
UNKNOWN_SETTING = Problem(
    code="unknown-setting",
    what="There is no setting {name!r}.",
    fix="Correct its name, or take it out. There are: {known}.",
    kept="Nothing was started.",
    exit_code=ExitCode.MISCONFIGURED,
)
SETTING_VALUE = Problem(
    code="setting-value",
    what="The setting {name} ({variable}) is {value!r}.",
    fix="Set it to {needed}.",
    kept="Nothing was started.",
    exit_code=ExitCode.MISCONFIGURED,
)
DAYS_AND_DATES = Problem(
    code="days-and-dates",
    what="Both days and dates were given, and no mode says which of them count.",
    why="Days mean the mode recent, dates mean the mode custom.",
    fix="Give one of them, or the mode too.",
    kept="Nothing was started.",
    exit_code=ExitCode.MISCONFIGURED,
)
CONFIG_UNREADABLE = Problem(
    code="config-unreadable",
    what="The file {file} cannot be read as TOML: {error}.",
    fix="Correct it: it holds database_url, a table [salesforce] and a table [taskwho].",
    kept="Nothing was started.",
    exit_code=ExitCode.MISCONFIGURED,
)
