"""The org with its server: the class that tests, the demo and the bench use."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Self

from tests.sandbox.api.deleted import DeleteLog
from tests.sandbox.api.login import Login
from tests.sandbox.api.server import serve
from tests.sandbox.errors import OrgError
from tests.sandbox.faults.faults import Faults
from tests.sandbox.org.changes import ChangingOrg
from tests.sandbox.org.generate import Filling, Shares
from tests.sandbox.queries.pages import Cut, Pages

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.sandbox.api.requests import Request

# Sforce-Limit-Info as it is documented, now and before (REST guide, Limit Info Header)
LIMIT_INFO = {
    "plain": "api-usage={used}/{max}",
    "per_app": "api-usage={used}/{max}; per-app-api-usage=17/250(appName=sample-connected-app)",
    "bursts": "api-usage={used}/{max}; api-bursts=1/750",
    "reversed": "api-bursts=1/750; api-usage={used}/{max}",
    "none": "",
}


class Sandbox(ChangingOrg):
    """A Salesforce org on loopback, as a context manager.

    What it holds: `rows` relations, made from `seed`. Shares of them: `orphans`, `missing_persons`
    and `missing_users` have a task, contact or author that the reader's database lacks until
    `heal`; `lost` have a task that no query shows; `leads` belong to leads; `deleted` are in the
    recycle bin with their task; `archived` have a task that plain `query` hides; `equal_stamps`
    share the second of their SystemModstamp. A share of 0 means none; any other share means at
    least one (of 20 rows or more).

    How it answers: `page_cap` and `short_pages` (a share of the pages, at random) make pages
    shorter than asked for; a LIMIT over `slow_above`, or a query that matches more than `slow_scan`
    rows, ends with QUERY_TIMEOUT, and so does every COUNT() with `slow_counts`; a query takes at
    least `latency_ms`, a login `login_latency_ms`; at most `max_concurrency` queries run at once;
    `gzip` compresses where the client accepts it; `limit_info` is a name of LIMIT_INFO or a format;
    `api_used` of `api_max` daily calls are used.

    What the user may do: a token lives `token_seconds`; `rotate_refresh_tokens` gives a new refresh
    token with each login; without `my_domain` the client credentials flow is refused;
    `blocked_flows` are refused; `queryall_refused` refuses queryAll of relations;
    `shared_activities_off` hides the relations; `hidden` are objects and `Object.Field`s that the
    user may not see; `deleted_reach_days`, `deleted_most_ids` and `transaction_seconds` bound
    TaskRelation/deleted. `clock_offset_seconds` shifts the org's clock against this machine's.
    """

    def __init__(
        self,
        *,
        rows: int = 2000,
        seed: int = 1,
        port: int = 0,
        orphans: float = Shares.orphans,
        missing_persons: float = Shares.missing_persons,
        missing_users: float = Shares.missing_users,
        lost: float = Shares.lost,
        leads: float = Shares.leads,
        deleted: float = Shares.deleted,
        archived: float = Shares.archived,
        equal_stamps: float = Shares.equal_stamps,
        page_cap: int | None = None,
        short_pages: float = 0,
        slow_above: int | None = None,
        slow_scan: int | None = None,
        slow_counts: bool = False,
        latency_ms: float = 0,
        login_latency_ms: float = 0,
        max_concurrency: int | None = None,
        gzip: bool = True,
        limit_info: str = "bursts",
        api_used: int = 100,
        api_max: int = 100_000,
        token_seconds: float = 7200,
        rotate_refresh_tokens: bool = False,
        my_domain: bool = True,
        blocked_flows: Collection[str] = (),
        queryall_refused: bool = False,
        shared_activities_off: bool = False,
        hidden: Collection[str] = (),
        deleted_reach_days: int = 15,
        deleted_most_ids: int = 600_000,
        transaction_seconds: float = 0,
        clock_offset_seconds: float = 0,
    ) -> None:
        super().__init__(seed, clock_offset_seconds)
        Filling(
            self,
            rows,
            Shares(
                orphans=orphans,
                missing_persons=missing_persons,
                missing_users=missing_users,
                lost=lost,
                leads=leads,
                deleted=deleted,
                archived=archived,
                equal_stamps=equal_stamps,
            ),
        ).fill()
        self.pages = Pages(self, Cut(page_cap, short_pages, seed), slow_scan)
        self.login = Login(
            self,
            token_seconds=token_seconds,
            rotate=rotate_refresh_tokens,
            my_domain=my_domain,
            blocked_flows=frozenset(blocked_flows),
        )
        self.delete_log = DeleteLog(self, deleted_reach_days, deleted_most_ids, transaction_seconds)
        self.faults = Faults(seed)
        self.requests: list[Request] = []
        self.crashes: list[str] = []
        self.slow_above, self.slow_counts = slow_above, slow_counts
        self.latency_ms, self.login_latency_ms = latency_ms, login_latency_ms
        self.max_concurrency = max_concurrency
        self.api_used, self.api_max = api_used, api_max
        self.limit_format = LIMIT_INFO.get(limit_info, limit_info)
        self.queryall_refused = queryall_refused
        self.shared_activities_off = shared_activities_off
        self.hidden = frozenset(hidden)
        self.gzip = gzip
        self._port = port
        self._calls = threading.Lock()
        self._stopping = threading.Event()

    def __enter__(self) -> Self:
        """Start the server."""
        self._stopping.clear()
        self._server, self._thread = serve(self, self._port)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Stop it; raise RuntimeError if the sandbox itself failed."""
        self._stopping.set()
        self._server.stop()
        self._thread.join()
        if kind is None and self.crashes:
            raise RuntimeError("the sandbox org itself failed:\n" + "\n".join(self.crashes))

    @property
    def unseen(self) -> frozenset[str]:
        """The objects and fields that the user may not see."""
        return self.hidden | ({"TaskWhoRelation"} if self.shared_activities_off else set())

    def wait(self, seconds: float) -> bool:
        """Let a client wait; gives True as soon as the org ends."""
        return self._stopping.wait(max(0.0, seconds))

    def count_call(self) -> None:
        """Count one of the day's calls; raise OrgError where none is left."""
        with self._calls:
            if self.api_used >= self.api_max:
                raise OrgError(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
            self.api_used += 1

    def limit_info(self) -> str:
        """Write the Sforce-Limit-Info header."""
        return self.limit_format.format(used=self.api_used, max=self.api_max)

    def settings(self, flow: str = "client_credentials") -> dict[str, Any]:
        """A tap's settings for this org, by one of the five flows."""
        login = self.login
        secret = {"client_id": login.client_id, "client_secret": login.client_secret}
        of_flow: dict[str, dict[str, str]] = {
            "client_credentials": secret,
            "jwt_bearer": {
                "client_id": login.client_id,
                "username": login.username,
                "private_key": login.private_key,
            },
            "refresh_token": {**secret, "refresh_token": login.refresh_token},
            "password": {
                **secret,
                "username": login.username,
                "password": login.password,
                "security_token": login.security_token,
            },
        }
        if flow == "access_token":
            of_flow[flow] = {"access_token": login.new_token(), "instance_url": self.url}
        return {"auth_flow": flow, "login_url": self.url, **of_flow[flow]}

    def expire_tokens(self) -> None:
        """Expire every token issued so far."""
        self.login.expire_tokens()

    def secrets(self) -> list[str]:
        """The values that no log, state or report may hold."""
        return self.login.secrets()

    def queries(self) -> list[Request]:
        """The requests that hold a query."""
        return [request for request in self.requests if request.soql]

    def violations(self) -> list[Request]:
        """The requests that a read-only client may not send; `violation` says why."""
        return [request for request in self.requests if not request.is_read]
