"""docs/reference.md and docs/errors.md are what the code declares, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from itertools import dropwhile, takewhile

import click
import pytest
import tap_salesforce_taskwho.errors
import target_postgres_taskwho.errors
import taskwho.model.errors
from click.shell_completion import get_completion_class
from tap_salesforce_taskwho.config.settings import SETTINGS as TAP_SETTINGS
from tap_salesforce_taskwho.errors.login_answers import LOGIN_ANSWERS
from tap_salesforce_taskwho.errors.rest_answers import REST_ANSWERS
from tap_salesforce_taskwho.tap import TapSalesforceTaskWho
from taskwho.cli import cli
from taskwho.model.exit_codes import ExitCode
from taskwho.model.reasons import REASONS
from taskwho.model.results.missing import CAUSES
from taskwho.model.results.result import RunResult
from taskwho.model.settings import SETTINGS

from tests.docs import errors, reference
from tests.docs.markdown import default

REFERENCE = reference.PAGE.read_text("utf-8")
ERRORS = errors.PAGE.read_text("utf-8")
STREAMS = TapSalesforceTaskWho(validate_config=False).streams
NOW = datetime(2024, 5, 1, tzinfo=UTC)


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without backticks."""
    section = re.split(r"^#+ ", page.partition(f"# {heading}\n")[2], flags=re.MULTILINE)[0]
    below = dropwhile(lambda line: not line.startswith("|"), section.splitlines())
    lines = list(takewhile(lambda line: line.startswith("|"), below))
    cells = [re.split(r" (?<!\\)\| ", line.strip("|")) for line in lines[2:]]
    return [[cell.strip().replace("`", "") for cell in row] for row in cells]


def first_cells(page: str, heading: str) -> list[str]:
    return [row[0] for row in rows(page, heading)]


def test_the_pages_are_up_to_date() -> None:
    assert reference.write() == REFERENCE, "docs/reference.md is out of date: run `make docs`"
    assert errors.write() == ERRORS, "docs/errors.md is out of date: run `make docs`"


def test_the_settings_of_the_tap_stand_there_with_variable_and_default() -> None:
    assert [row[:3] for row in rows(REFERENCE, "Settings of the tap")] == [
        [setting.name, setting.variable, default(setting.default).strip("`")]
        for setting in TAP_SETTINGS
    ]


def test_the_settings_of_taskwho_stand_there_with_variable_and_default() -> None:
    assert [row[1:3] for row in rows(REFERENCE, "Settings of taskwho")] == [
        [setting.variable, default(setting.default).strip("`")] for setting in SETTINGS
    ]


def test_the_streams_stand_there_with_all_their_fields() -> None:
    assert sorted(first_cells(REFERENCE, "Streams")) == sorted(STREAMS)
    for name, stream in STREAMS.items():
        assert first_cells(REFERENCE, name) == list(stream.schema["properties"]), name


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_a_command_stands_there_with_its_flags(name: str) -> None:
    settings = {setting.name for setting in SETTINGS}
    own = [
        option.opts[0]
        for option in cli.commands[name].params
        if isinstance(option, click.Option) and option.name not in settings
    ]
    listed = [cell.split()[0] for cell in first_cells(REFERENCE, f"taskwho {name}")]
    assert [flag.partition(",")[0] for flag in listed] == own


def test_no_other_command_stands_there() -> None:
    listed = set(re.findall(r"^### taskwho (\S+)$", REFERENCE, re.MULTILINE))
    assert listed == set(cli.commands)


def test_the_exit_codes_stand_there_with_what_to_do() -> None:
    listed = rows(REFERENCE, "Exit codes")
    assert [int(row[0]) for row in listed] == [int(code) for code in ExitCode]
    assert all(row[2] for row in listed)


def test_the_keys_of_a_result_stand_there() -> None:
    written = RunResult(run_id=1, started_at=NOW, finished_at=NOW).to_dict()
    assert first_cells(REFERENCE, "RunResult") == [
        key for key in written if key != "schema_version"
    ]
    for key, heading in (("counts", "Counts"), ("accounting", "Accounting"), ("api", "ApiUsage")):
        assert first_cells(REFERENCE, heading) == list(written[key])


def test_every_error_stands_in_its_page_and_no_other() -> None:
    packages = (taskwho.model.errors, tap_salesforce_taskwho.errors, target_postgres_taskwho.errors)
    declared = Counter(problem.code for package in packages for problem in package.PROBLEMS)
    assert Counter(re.findall(r"^#### (.*)$", ERRORS, re.MULTILINE)) == declared


def test_every_reason_stands_in_the_page_of_errors() -> None:
    assert first_cells(ERRORS, "Rows that wait") == list(REASONS)
    assert first_cells(ERRORS, "Why a parent is missing") == list(CAUSES)


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("Answers of Salesforce to the login", LOGIN_ANSWERS),
        ("Answers of Salesforce to a query", REST_ANSWERS),
    ],
    ids=["login", "query"],
)
def test_every_answer_of_salesforce_stands_there_in_its_order(
    heading: str, table: tap_salesforce_taskwho.errors.rules.ErrorTable
) -> None:
    listed = [cell.partition(",")[0] for cell in first_cells(ERRORS, heading)]
    codes = [rule.code for rule in table.rules]
    assert [cell for cell in listed if cell in codes] == codes
    assert len(listed) == len(codes) + len(table.always) + len(table.by_status) + 3


def test_the_shells_of_the_page_can_complete_commands() -> None:
    shells = re.findall(r"(\w+)_source", REFERENCE)
    assert shells == ["bash", "zsh", "fish"]
    for shell in shells:
        found = get_completion_class(shell)
        assert found
        [verify] = found(cli, {}, "taskwho", "_TASKWHO_COMPLETE").get_completions([], "ver")
        assert verify.value == "verify"
