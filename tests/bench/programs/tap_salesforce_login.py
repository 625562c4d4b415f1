"""Runs tap-salesforce, and sends its login to the org in place of login.salesforce.com.

The environment of tap-salesforce runs it, with the tap's arguments; LOGIN_URL names the org.
Nothing else changes: after the login the tap uses the instance_url that the org gives.
"""

from __future__ import annotations

import os
from typing import Any

import tap_salesforce
from tap_salesforce.salesforce import Salesforce

HOST = "https://login.salesforce.com"
send_request = Salesforce._make_request


def to_the_org(self: Salesforce, method: str, url: str, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - as the method replaced
    """Send a request, the login to LOGIN_URL."""
    return send_request(self, method, url.replace(HOST, os.environ["LOGIN_URL"]), *args, **more)


if __name__ == "__main__":
    Salesforce._make_request = to_the_org
    tap_salesforce.main()
