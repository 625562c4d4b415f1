"""The settings that docs/connect.md gives for each login flow are enough to log in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tap_salesforce_taskwho.config.settings import AUTH_FLOWS

from tests.sandbox import Sandbox
from tests.support.checkout import ROOT
from tests.support.pages import blocks
from tests.support.reading import COUNT, client_of

LINE = re.compile(r"^TAP_SALESFORCE_TASKWHO_([A-Z_]+)=(.*)$", re.MULTILINE)
GIVEN = [
    {name.lower(): value for name, value in found}
    for block in blocks(ROOT / "docs" / "connect.md", "sh")
    if (found := LINE.findall(block.text))
]
FLOWS = {settings.get("auth_flow", "client_credentials"): settings for settings in GIVEN}


def test_the_page_has_every_flow() -> None:
    assert set(FLOWS) == set(AUTH_FLOWS)
    assert len(GIVEN) == len(FLOWS)


@pytest.mark.parametrize("flow", AUTH_FLOWS)
def test_the_settings_of_the_page_log_in(flow: str) -> None:
    with Sandbox(rows=5) as org:
        known = org.settings(flow)
        # the page leaves the login host to its default where it does not matter
        left_out = known.keys() - {*FLOWS[flow], "auth_flow", "login_url"}
        unnamed: dict[str, Any] = dict.fromkeys(left_out)
        assert set(FLOWS[flow]) <= set(known)
        client = client_of(org, flow, **unnamed)
        assert client.count(COUNT, endpoint="query") == 5
        client.close()
