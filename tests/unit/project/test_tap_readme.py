"""The tap's own README, for people who install it alone."""

from __future__ import annotations

import pytest
from tap_salesforce_taskwho.config.settings import CONFIG_SCHEMA
from tap_salesforce_taskwho.tap import TapSalesforceTaskWho

from tests.support.checkout import ROOT

FOLDER = ROOT / "tap-salesforce-taskwho"
ROWS = [line for line in (FOLDER / "README.md").read_text().splitlines() if line.startswith("| `")]
STREAMS = sorted(TapSalesforceTaskWho(validate_config=False).streams)


@pytest.mark.parametrize("setting", sorted(CONFIG_SCHEMA["properties"]))
def test_every_setting_has_its_row_with_its_default(setting: str) -> None:
    first = [row for row in ROWS if f"`{setting}`" in row.split("|")[1]]
    [row] = [row for row in first if "INCREMENTAL" not in row]
    default = CONFIG_SCHEMA["properties"][setting].get("default")
    if default is not None:
        assert str(default).lower() in row.split("|")[2].lower()


@pytest.mark.parametrize("stream", STREAMS)
def test_every_stream_has_its_row(stream: str) -> None:
    assert [row for row in ROWS if row.startswith(f"| `{stream}` |")]
