"""simple-salesforce, a client that this project did not write, for a sandbox org."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from simple_salesforce.api import Salesforce

if TYPE_CHECKING:
    import requests

    from tests.sandbox import Sandbox


class ToLoopback(HTTPAdapter):
    """Sends https requests for any host to the org: this client knows https alone."""

    def __init__(self, org: Sandbox) -> None:
        self.org = org
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:  # noqa: ANN401 - as the base class
        """Send a request to the org."""
        path = request.path_url
        request.url = self.org.url + path
        return super().send(request, *args, **more)


def log_in(org: Sandbox, session: requests.Session, **secrets: str) -> Salesforce:
    session.mount("https://", ToLoopback(org))
    return Salesforce(session=session, version="64.0", **secrets)


def with_token(org: Sandbox, session: requests.Session) -> Salesforce:
    token = org.settings("access_token")["access_token"]
    return log_in(org, session, instance_url="https://org.example", session_id=token)
