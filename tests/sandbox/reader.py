"""A plain client of the org, for the tests of the org itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import requests

if TYPE_CHECKING:
    from tests.sandbox.sandbox import Sandbox

ROOT = "/services/data/v64.0"
SECONDS = 60


class Reader:
    """One connection with a token. It checks nothing and hides nothing."""

    def __init__(self, org: Sandbox) -> None:
        self.org = org
        self.session = requests.Session()
        token = org.settings("access_token")["access_token"]
        self.session.headers["Authorization"] = f"Bearer {token}"

    def __enter__(self) -> Self:
        """Send nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self.session.close()

    def get(self, path: str, **more: Any) -> requests.Response:  # noqa: ANN401 - as requests
        """GET a path of the org."""
        return self.session.get(self.org.url + path, timeout=SECONDS, **more)

    def ask(
        self, soql: str, endpoint: str = "query", headers: dict[str, str] | None = None
    ) -> requests.Response:
        """Send a query."""
        return self.get(f"{ROOT}/{endpoint}", params={"q": soql}, headers=headers)

    def page(self, soql: str, endpoint: str = "query", batch: int = 2_000) -> dict[str, Any]:
        """Send a query that is answered by a page."""
        answer = self.ask(soql, endpoint, {"Sforce-Query-Options": f"batchSize={batch}"})
        answer.raise_for_status()
        page: dict[str, Any] = answer.json()
        return page

    def rest(self, page: dict[str, Any]) -> list[dict[str, Any]]:
        """Read all records from a page on, by locators."""
        records = list(page["records"])
        while not page["done"]:
            page = self.get(page["nextRecordsUrl"]).json()
            records += page["records"]
        return records

    def refusal(self, soql: str, endpoint: str = "query") -> tuple[int, str, str]:
        """Send a query that is refused: status, code and message."""
        answer = self.ask(soql, endpoint)
        error = answer.json()[0]
        return answer.status_code, error["errorCode"], error["message"]
