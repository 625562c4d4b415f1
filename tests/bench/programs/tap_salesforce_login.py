"""tap-salesforce, which logs in at login.salesforce.com alone: leads its login to the org instead.

Run by the environment of tap-salesforce with its own arguments; LOGIN_URL names the org. Nothing
else of it is changed: from the token on it follows the instance_url that the org gives.
"""

from __future__ import annotations

import os
from typing import Any

import tap_salesforce
from tap_salesforce.salesforce import Salesforce

HOST = "https://login.salesforce.com"
as_it_comes = Salesforce._make_request


def to_the_org(self: Salesforce, method: str, url: str, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - as the method replaced
    """Send a request, the login to LOGIN_URL."""
    return as_it_comes(self, method, url.replace(HOST, os.environ["LOGIN_URL"]), *args, **more)


if __name__ == "__main__":
    Salesforce._make_request = to_the_org
    tap_salesforce.main()
