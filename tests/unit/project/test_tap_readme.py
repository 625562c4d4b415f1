"""The tap's own README: every setting, stream and exit code, and no other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tap_salesforce_taskwho.config.settings import SETTINGS
from tap_salesforce_taskwho.errors import ExitCode
from tap_salesforce_taskwho.tap import TapSalesforceTaskWho

from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from tap_salesforce_taskwho.config.setting import Setting

README = ROOT / "tap-salesforce-taskwho" / "README.md"
STREAMS = sorted(TapSalesforceTaskWho(validate_config=False).streams)


def rows_of(heading: str) -> list[list[str]]:
    """The cells of the table below a heading."""
    section = README.read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def names_in(cell: str) -> list[str]:
    return re.findall(r"`([a-z_]+)`", cell)


def test_the_settings_are_those_that_are_declared() -> None:
    listed = [name for name, *_ in rows_of("Settings") for name in names_in(name)]
    assert sorted(listed) == sorted(setting.name for setting in SETTINGS)


@pytest.mark.parametrize(
    "setting",
    [setting for setting in SETTINGS if setting.default is not None],
    ids=lambda setting: setting.name,
)
def test_a_default_stands_in_the_row_of_its_setting(setting: Setting) -> None:
    [default] = [row[1] for row in rows_of("Settings") if setting.name in names_in(row[0])]
    assert default.strip("`") == str(setting.default).lower()


def test_the_streams_are_those_of_the_tap() -> None:
    assert sorted(name for row in rows_of("Streams") for name in names_in(row[0])) == STREAMS


def test_the_exit_codes_are_those_that_are_declared() -> None:
    listed = {int(number): meaning for number, meaning in rows_of("Exit codes")}
    assert listed == {int(code): code.meaning for code in ExitCode}
