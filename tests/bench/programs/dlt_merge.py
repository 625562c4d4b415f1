"""dlt with simple-salesforce, merging into PostgreSQL; runs in an environment of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import dlt
import requests
from requests.adapters import HTTPAdapter
from simple_salesforce.api import Salesforce

if TYPE_CHECKING:
    from collections.abc import Iterator

SOQL = (
    "SELECT Id, IsDeleted, Type, RelationId, TaskId, CreatedById, LastModifiedById, CreatedDate, "
    "LastModifiedDate, SystemModstamp FROM TaskWhoRelation"
)


class ToLoopback(HTTPAdapter):
    """Sends https requests to the org on loopback: simple-salesforce knows https alone."""

    def __init__(self, url: str) -> None:
        self._url = url
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:  # noqa: ANN401 - as the base class
        """Send a request to the org."""
        request.url = self._url + request.path_url
        return super().send(request, *args, **more)


def with_host(url: str) -> str:
    """The URL with the socket's folder as its host, where dlt expects it."""
    parts = urlsplit(url)
    folder = parse_qs(parts.query)["host"][0]
    # dlt refuses a URL without a password, also where the server asks for none
    login = f"{parts.username}:{parts.password or 'none'}"
    return f"postgresql://{login}@{quote(folder, safe='')}{parts.path}"


def main() -> None:
    """Load one org into one database."""
    settings = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    session = requests.Session()
    session.mount("https://", ToLoopback(settings["instance_url"]))
    client = Salesforce(
        session=session,
        version="64.0",
        instance_url="https://org.example",
        session_id=settings["access_token"],
    )

    @dlt.resource(name="task_who_relation", primary_key="Id", write_disposition="merge")  # type: ignore[untyped-decorator]
    def relations() -> Iterator[dict[str, Any]]:
        for record in client.query_all_iter(SOQL, include_deleted=True):
            del record["attributes"]
            yield record

    pipeline = dlt.pipeline(
        pipeline_name="bench",
        pipelines_dir=str(Path(sys.argv[1]).parent / "pipelines"),
        destination=dlt.destinations.postgres(with_host(settings["url"])),
        dataset_name="salesforce",
    )
    pipeline.run(relations()).raise_on_failed_jobs()


if __name__ == "__main__":
    main()
