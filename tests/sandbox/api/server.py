"""The org's HTTP/1.1 server: keep-alive, gzip, the Date header, and broken connections."""

from __future__ import annotations

import itertools
import socket
import struct
import sys
import threading
import traceback
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.sandbox.api.drawn_out import pieces
from tests.sandbox.api.endpoints import Answer, Api
from tests.sandbox.api.requests import Request
from tests.sandbox.faults.kinds import CONNECTION, DRAWN_OUT
from tests.sandbox.queries.pages import Page

if TYPE_CHECKING:
    from tests.sandbox.sandbox import Sandbox

RESET = struct.pack("ii", 1, 0)  # SO_LINGER with 0 seconds: close sends RST instead of FIN
DECLARED_LENGTH = 100_000
JSON = {"Content-Type": "application/json;charset=UTF-8"}


class Server(ThreadingHTTPServer):
    """Listens on loopback, with a thread for each connection; `stop` ends them all."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, sandbox: Sandbox, port: int) -> None:
        self.sandbox, self.api = sandbox, Api(sandbox)
        self.open: set[socket.socket] = set()
        self.abrupt: set[socket.socket] = set()
        self.connections = itertools.count(1)
        super().__init__(("127.0.0.1", port), Handler)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base class
        """Remember a connection, so that `stop` can end it."""
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - as the base class
        """End a connection by FIN, or by RST."""
        self.open.discard(request)
        if request in self.abrupt:
            self.abrupt.discard(request)
            request.close()
        else:
            super().shutdown_request(request)

    def stop(self) -> None:
        """End every connection, idle ones too."""
        self.shutdown()
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client ended it first
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002 - as the base class
        """Ignore a client that went away; record any other failure."""
        if not isinstance(sys.exc_info()[1], OSError):
            self.sandbox.crashes.append(traceback.format_exc())


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # sends headers and body in one segment
    disable_nagle_algorithm = True
    server: Server

    def setup(self) -> None:
        """Number the connection."""
        super().setup()
        self.number = next(self.server.connections)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class
        """Log nothing: `Sandbox.requests` is the log."""

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - as the base class
        """Write the Date header by the org's clock."""
        return format_datetime(self.server.sandbox.now, usegmt=True)

    def do_GET(self) -> None:
        """Serve every read."""
        self._serve()

    def do_POST(self) -> None:
        """Serve the token endpoint; refuse anything else as a write."""
        self._serve()

    do_PATCH = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_POST  # noqa: N815 - names of the base class

    def _serve(self) -> None:
        sandbox = self.server.sandbox
        request = self._request()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        sandbox.requests.append(request)
        fault = sandbox.faults.before(request)
        if fault in CONNECTION:
            request.forget_token()
            self._break(str(fault))
            return
        try:
            api = self.server.api
            size = sum(len(name) + len(value) + 4 for name, value in self.headers.items())
            is_own = fault is None or fault in DRAWN_OUT
            answer = api.answer(request, body, size) if is_own else api.fault(str(fault))
        except Exception:  # noqa: BLE001 - a bug of the sandbox must show
            sandbox.crashes.append(traceback.format_exc())
            answer = Answer(500, Page(b"the sandbox org itself failed"), {}, counted=False)
        request.forget_token()
        request.status = answer.status
        if fault in DRAWN_OUT:
            self._draw_out(str(fault), answer)
        else:
            self._send(answer, half=request.fault == "truncated_page")

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        arguments = {
            name: values[0]
            for name, values in parse_qs(parts.query, keep_blank_values=True).items()
        }
        return Request(
            method=self.command,
            path=parts.path,
            at=self.server.sandbox.now,
            soql=arguments.get("q", ""),
            arguments=arguments,
            headers={name.lower(): value for name, value in self.headers.items()},
            connection=self.number,
            length=len(self.path),
        )

    def _break(self, kind: str) -> None:
        self.close_connection = True
        if kind == "truncated":
            self.send_response(200)
            self.send_header("Content-Length", str(DECLARED_LENGTH))
            self.end_headers()
            self.wfile.write(b'{"totalSize": 2000, "done": false, "records": [{"Id": "0RT')
            return
        if kind == "slow":
            self.server.sandbox.wait(self.server.sandbox.faults.slow_seconds)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.server.abrupt.add(self.connection)

    def _draw_out(self, kind: str, answer: Answer) -> None:
        sandbox = self.server.sandbox
        pause = sandbox.faults.trickle_seconds if kind.startswith("trickled") else 0
        for piece in pieces(kind, answer, self.date_time_string(), sandbox.faults):
            self.wfile.write(piece)
            self.wfile.flush()
            if sandbox.wait(pause):
                return

    def _send(self, answer: Answer, *, half: bool) -> None:
        sandbox = self.server.sandbox
        zipped = sandbox.gzip and "gzip" in (self.headers.get("Accept-Encoding") or "")
        body = answer.page.gzip() if zipped and answer.page.body else answer.page.body
        self.send_response(answer.status)
        headers = {**JSON, **answer.headers}
        if zipped and body:
            headers["Content-Encoding"] = "gzip"
        if answer.counted and sandbox.limit_format:
            headers["Sforce-Limit-Info"] = sandbox.limit_info()
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if half:
            self.close_connection = True
            body = body[: len(body) // 2]
        if self.command != "HEAD":
            self.wfile.write(body)


def serve(sandbox: Sandbox, port: int) -> tuple[Server, threading.Thread]:
    """Start listening; port 0 takes a free one."""
    server = Server(sandbox, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    return server, thread
