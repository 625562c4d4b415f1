"""The README names every setting, stream and command that there is."""

from __future__ import annotations

import re

import pytest
from tap_salesforce_taskwho.config.settings import SETTINGS
from tap_salesforce_taskwho.tap import TapSalesforceTaskWho
from taskwho.cli import cli

from tests.support.checkout import ROOT

README = (ROOT / "README.md").read_text()
STREAMS = sorted(TapSalesforceTaskWho(validate_config=False).streams)
OURS = [setting.name for setting in SETTINGS]
DEFAULTS = {s.name: s.default for s in SETTINGS if s.default is not None}


@pytest.mark.parametrize("setting", OURS)
def test_every_setting_stands_in_the_readme(setting: str) -> None:
    assert f"`{setting}`" in README


@pytest.mark.parametrize("stream", STREAMS)
def test_every_stream_stands_in_the_readme(stream: str) -> None:
    assert f"`{stream}`" in README


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"`taskwho {command}" in README


@pytest.mark.parametrize("setting", sorted(DEFAULTS))
def test_every_default_stands_beside_its_setting(setting: str) -> None:
    row = next(
        line for line in README.splitlines() if line.startswith("|") and f"`{setting}`" in line
    )
    shown = str(DEFAULTS[setting])
    assert shown in row or shown.lower() in row


def test_the_two_commands_are_targets_of_make() -> None:
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert {"demo", "test", "install", "lint"} <= set(targets)
    assert set(re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", README, flags=re.MULTILINE)) <= {
        pair for name in targets for pair in ((name, ""), ("", name))
    }


def test_the_readme_is_a_page() -> None:
    assert len(README.splitlines()) <= 150
