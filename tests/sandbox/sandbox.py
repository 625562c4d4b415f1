"""The org with its server: what tests, the demo and the bench hold in their hands."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Self

from tests.sandbox.faults import Faults
from tests.sandbox.generate import fill
from tests.sandbox.login import Login
from tests.sandbox.org import Org
from tests.sandbox.query import Answers
from tests.sandbox.server import serve

if TYPE_CHECKING:
    from tests.sandbox.log import Request


class Sandbox(Org):
    """A Salesforce org on loopback, as a context manager; every knob is an argument.

    `rows` relations are made from `seed`. The shares `orphans`, `leads`, `deleted` say how many
    lack a parent in a reader's database, belong to leads, are in the recycle bin; `lost` have a
    task nobody can see. `page_cap` lets pages come shorter than asked for, `slow_above` lets
    larger limits run into QUERY_TIMEOUT, `latency_ms` is a query's least time, `api_used` of
    `api_max` daily calls are gone, `token_seconds` is a token's life.
    """

    def __init__(
        self,
        *,
        rows: int = 2000,
        seed: int = 1,
        port: int = 0,
        orphans: float = 0.02,
        leads: float = 0.03,
        deleted: float = 0.02,
        lost: float = 0.001,
        page_cap: int | None = None,
        slow_above: int | None = None,
        latency_ms: float = 0,
        api_used: int = 100,
        api_max: int = 100_000,
        limit_info: str = "api-usage={used}/{max}",
        token_seconds: float = 7200,
        rotate_refresh_tokens: bool = False,
        my_domain: bool = True,
        queryall_refused: bool = False,
        shared_activities_off: bool = False,
        clock_offset_seconds: float = 0,
        gzip: bool = False,
    ) -> None:
        super().__init__(seed, clock_offset_seconds)
        fill(self, rows, orphans=orphans, leads=leads, deleted=deleted, lost=lost)
        self.answers = Answers(self, page_cap)
        self.login = Login(
            token_seconds=token_seconds, rotate=rotate_refresh_tokens, my_domain=my_domain
        )
        self.faults = Faults(seed)
        self.requests: list[Request] = []
        self.slow_above = slow_above
        self.latency_ms = latency_ms
        self.api_used, self.api_max = api_used, api_max
        self.limit_format = limit_info
        self.queryall_refused = queryall_refused
        self.shared_activities_off = shared_activities_off
        self.gzip = gzip
        self._port = port
        self._calls = threading.Lock()

    def __enter__(self) -> Self:
        """Start the server."""
        self._server, self._thread = serve(self, self._port)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def count_call(self) -> None:
        """One of the day's calls is gone."""
        with self._calls:
            self.api_used += 1

    def limit_info(self) -> str:
        """The Sforce-Limit-Info header."""
        return self.limit_format.format(used=self.api_used, max=self.api_max)

    def settings(self, flow: str = "client_credentials") -> dict[str, Any]:
        """A tap's settings for this org, by one of the five flows."""
        login = self.login
        secrets: dict[str, dict[str, str]] = {
            "client_credentials": {"client_secret": login.client_secret},
            "jwt_bearer": {"username": login.username, "private_key": login.private_key},
            "refresh_token": {
                "client_secret": login.client_secret,
                "refresh_token": login.refresh_token,
            },
            "password": {
                "client_secret": login.client_secret,
                "username": login.username,
                "password": login.password,
                "security_token": login.security_token,
            },
            "access_token": {"access_token": login.new_token(), "instance_url": self.url},
        }
        settings = {"auth_flow": flow, "login_url": self.url, **secrets[flow]}
        if flow != "access_token":
            settings["client_id"] = login.client_id
        return settings

    def expire_tokens(self) -> None:
        """Every token given out so far ends now."""
        self.login.expire_tokens()

    def queries(self) -> list[Request]:
        """The requests that held a query."""
        return [request for request in self.requests if request.soql]

    def violations(self) -> list[Request]:
        """Requests that a read-only client may not send."""
        return [request for request in self.requests if not request.is_read]
