"""What a sync makes of its flags."""

from __future__ import annotations

import click
from tap_salesforce_taskwho.config.settings import MODES
from taskwho.cli import cli
from taskwho.pipeline.sync import Reading


def test_the_flags_become_the_tap_s_settings() -> None:
    reading = Reading(mode="custom", start_date="2024-01-01", limit=7)
    assert reading.environment() == {
        "TAP_SALESFORCE_TASKWHO_MODE": "custom",
        "TAP_SALESFORCE_TASKWHO_START_DATE": "2024-01-01",
        "TAP_SALESFORCE_TASKWHO_LIMIT": "7",
    }
    assert Reading().environment() == {}


def test_the_modes_are_those_of_the_tap() -> None:
    (mode,) = (option.type for option in cli.commands["sync"].params if option.name == "mode")
    assert isinstance(mode, click.Choice)
    assert list(mode.choices) == list(MODES)


def test_a_sync_runs_the_blocks_of_the_jobs_so_that_it_shares_their_bookmarks() -> None:
    pair = ["tap-salesforce-taskwho", "target-postgres"]
    assert Reading().blocks() == pair
    assert Reading(parents=True).blocks() == ["tap-salesforce-taskwho-parents", pair[1], *pair]
