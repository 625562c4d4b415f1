"""The REST API's paths over HTTP/1.1, with the headers and refusals of the real one."""

from __future__ import annotations

import gzip
import re
import socket
import struct
import threading
import time
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from tests.sandbox import faults
from tests.sandbox.deleted import deleted_since
from tests.sandbox.errors import LoginError, OrgError
from tests.sandbox.log import TOKEN_PATH, Request
from tests.sandbox.objects import OBJECTS, describe
from tests.sandbox.soql import parse

if TYPE_CHECKING:
    from tests.sandbox.sandbox import Sandbox

VERSIONS = range(31, 69)
RETIRED = range(7, 31)
LONGEST_URI = 16_384
LONGEST_BATCH, SHORTEST_BATCH = 2000, 200
BATCH_SIZE = re.compile(r"batchSize=(\d+)")
SLOW_SECONDS = 3
DATA = re.compile(r"/services/data/v(\d+\.\d)/(.*?)/?")


class Server(ThreadingHTTPServer):
    """Listens on loopback; a thread a connection."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, sandbox: Sandbox, port: int) -> None:
        self.sandbox = sandbox
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base class
        """A client that went away is no news."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body in one segment
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class
        """The sandbox keeps a log of its own."""

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - as the base class
        """The Date header: the org's clock, not this machine's."""
        return format_datetime(self.server.sandbox.now, usegmt=True)

    def do_GET(self) -> None:
        """Every read."""
        self._serve()

    def do_POST(self) -> None:
        """The token endpoint; anything else is a write, which is logged and refused."""
        self._serve()

    do_PATCH = do_PUT = do_DELETE = do_HEAD = do_POST  # noqa: N815 - names of the base class

    def _serve(self) -> None:
        sandbox = self.server.sandbox
        parts = urlsplit(self.path)
        arguments = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(self.command, parts.path, sandbox.now, arguments.get("q"))
        sandbox.requests.append(request)
        if sandbox.latency_ms and "/query" in parts.path:
            time.sleep(sandbox.latency_ms / 1000)
        fault = sandbox.faults.next(parts.path)
        if fault:
            self._misbehave(fault, request)
            return
        try:
            self._send(request, 200, self._answer(request, arguments, body))
        except OrgError as error:
            self._send(request, error.status, msgspec.json.encode(error.body))
        except LoginError as error:
            self._send(request, 400, msgspec.json.encode(error.body))

    def _misbehave(self, kind: str, request: Request) -> None:
        status, body, headers = faults.ANSWERS[kind]
        if kind == "slow":
            time.sleep(SLOW_SECONDS)
        if kind in {"reset", "slow"}:
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
            return
        if kind == "truncated":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b'{"totalSize": 2000, "done": false, "records": [{"Id": "0RT')
            self.close_connection = True
            return
        self._send(request, status, body, headers)

    def _answer(self, request: Request, arguments: dict[str, str], body: bytes) -> bytes:
        sandbox = self.server.sandbox
        if len(self.path) > LONGEST_URI:
            raise OrgError(414, "URI_TOO_LONG", "The URI is too long.")
        if request.path == TOKEN_PATH and request.method == "POST":
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            return msgspec.json.encode(sandbox.login.answer(form, sandbox.url))
        if request.method != "GET":
            raise OrgError(405, "METHOD_NOT_ALLOWED", f"HTTP Method '{request.method}' not allowed")
        if request.path.rstrip("/") == "/services/data":
            return msgspec.json.encode([{"version": f"{v}.0"} for v in VERSIONS])
        found = DATA.fullmatch(request.path)
        if not found:
            raise OrgError(404, "NOT_FOUND", "The requested resource does not exist")
        version, resource = found.groups()
        if float(version) in RETIRED:
            raise OrgError(410, "UNSUPPORTED_API_VERSION", "unsupported version")
        if not sandbox.login.works(self.headers.get("Authorization")):
            raise OrgError(401, "INVALID_SESSION_ID", "Session expired or invalid")
        sandbox.count_call()
        return self._resource(request, resource, arguments, version)

    def _resource(
        self, request: Request, resource: str, arguments: dict[str, str], version: str
    ) -> bytes:
        sandbox = self.server.sandbox
        if resource in {"query", "queryAll"}:
            return self._query(request, resource, version)
        if resource.startswith("query/"):
            return sandbox.answers.more(resource.removeprefix("query/"), self._batch())
        if resource == "limits":
            left = sandbox.api_max - sandbox.api_used
            return msgspec.json.encode(
                {"DailyApiRequests": {"Max": sandbox.api_max, "Remaining": left}}
            )
        if resource == "sobjects":
            return msgspec.json.encode({"sobjects": [{"name": name} for name in OBJECTS]})
        if resource == "sobjects/TaskRelation/deleted":
            return msgspec.json.encode(deleted_since(sandbox, arguments))
        _, _, rest = resource.partition("sobjects/")
        sobject, _, what = rest.partition("/")
        if sobject in OBJECTS and what == "describe":
            return msgspec.json.encode(describe(sobject))
        raise OrgError(404, "NOT_FOUND", "The requested resource does not exist")

    def _query(self, request: Request, resource: str, version: str) -> bytes:
        sandbox = self.server.sandbox
        if not request.soql:
            raise OrgError(400, "MALFORMED_QUERY", "A query string has to be specified")
        query = request.query = parse(request.soql)
        relations = query.sobject == "TaskWhoRelation"
        if relations and sandbox.shared_activities_off:
            raise OrgError(400, "INVALID_TYPE", "sObject type 'TaskWhoRelation' is not supported.")
        if relations and resource == "queryAll" and sandbox.queryall_refused:
            message = "entity type TaskWhoRelation does not support queryAll"
            raise OrgError(400, "INVALID_TYPE_FOR_OPERATION", message)
        if sandbox.slow_above is not None and (query.limit or 2000) > sandbox.slow_above:
            raise OrgError(400, "QUERY_TIMEOUT", "Your query request was running for too long.")
        return sandbox.answers.answer(
            query,
            deleted=resource == "queryAll",
            batch=self._batch(),
            version=version,
            key=(request.soql, version),
        )

    def _batch(self) -> int:
        found = BATCH_SIZE.search(self.headers.get("Sforce-Query-Options") or "")
        size = int(found[1]) if found else LONGEST_BATCH
        return max(SHORTEST_BATCH, min(LONGEST_BATCH, size))

    def _send(
        self, request: Request, status: int, body: bytes, headers: dict[str, str] | None = None
    ) -> None:
        request.status = status
        zipped = "gzip" in (self.headers.get("Accept-Encoding") or "") and self.server.sandbox.gzip
        if zipped and body:
            body = gzip.compress(body, compresslevel=1)
        self.send_response(status)
        sent = {"Content-Type": "application/json;charset=UTF-8", **(headers or {})}
        if zipped and body:
            sent["Content-Encoding"] = "gzip"
        if request.path.rstrip("/") != "/services/data" and request.path != TOKEN_PATH:
            sent["Sforce-Limit-Info"] = self.server.sandbox.limit_info()
        for name, value in sent.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def serve(sandbox: Sandbox, port: int) -> tuple[Server, threading.Thread]:
    """Start listening; port 0 takes a free one."""
    server = Server(sandbox, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    return server, thread
