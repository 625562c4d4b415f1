"""The limit: fetch, COPY, promote by one set of statements, keys last; nothing else.

Run as `python -m tests.bench.programs.limit SETTINGS.json`. The settings hold the last Id of every
page, so no request is in vain. It keeps no state, checks no value and repeats no request.
"""

from __future__ import annotations

import gzip
import http.client
import json
import sys
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import msgspec
import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS = (
    "Id",
    "IsDeleted",
    "Type",
    "RelationId",
    "TaskId",
    "CreatedById",
    "LastModifiedById",
    "CreatedDate",
    "LastModifiedDate",
    "SystemModstamp",
)
PATH = "/services/data/v64.0/queryAll?q="
HERE = Path(__file__).parent
Record = msgspec.defstruct("Record", [(name, str | bool | None) for name in FIELDS], gc=False)


class Page(msgspec.Struct, gc=False):
    """The part of an answer that is read."""

    records: list[Record]  # type: ignore[valid-type]


class Reader:
    """Fetches pages, over one connection for each thread."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._host = urlsplit(settings["instance_url"]).netloc
        self._headers = {
            "Authorization": f"Bearer {settings['access_token']}",
            "Accept-Encoding": "gzip",
        }
        self._decoder = msgspec.json.Decoder(Page)
        self._threads = threading.local()

    def page(self, after: str, upto: str) -> list[tuple[object, ...]]:
        """The records of one range of Ids."""
        bounds = f"Id > '{after}' AND Id <= '{upto}'" if after else f"Id <= '{upto}'"
        soql = f"SELECT {','.join(FIELDS)} FROM TaskWhoRelation WHERE {bounds} ORDER BY Id"  # noqa: S608 - SOQL
        if not hasattr(self._threads, "connection"):
            self._threads.connection = http.client.HTTPConnection(self._host)
        connection = self._threads.connection
        connection.request("GET", PATH + quote(soql), headers=self._headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.getheader("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return list(map(msgspec.structs.astuple, self._decoder.decode(body).records))


def pages(
    settings: dict[str, Any], borders: list[str], in_flight: int
) -> Iterator[list[tuple[object, ...]]]:
    """Every page, in order, with so many requests at the same time."""
    reader = Reader(settings)
    ranges = pairwise(["", *borders])
    if in_flight == 1:
        yield from (reader.page(*each) for each in ranges)
        return
    waiting: deque[Future[list[tuple[object, ...]]]] = deque()
    with ThreadPoolExecutor(in_flight) as threads:
        for each in ranges:
            waiting.append(threads.submit(reader.page, *each))
            if len(waiting) > in_flight:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def main() -> None:
    """Load one org into one database."""
    settings = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    with psycopg.connect(settings["url"]) as connection, connection.cursor() as cursor:
        connection.execute((HERE / "limit_staging.sql").read_bytes())
        with cursor.copy("copy staging from stdin") as copy:
            for page in pages(settings, settings["borders"], settings["in_flight"]):
                for record in page:
                    copy.write_row(record)
        connection.commit()
        connection.execute((HERE / "limit_promotion.sql").read_bytes())


if __name__ == "__main__":
    main()
