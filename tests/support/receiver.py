"""A webhook on loopback: it keeps what is posted to it, and answers as its path asks for."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

SECRET = "T0-notify-s3cret"


class Receiver(ThreadingHTTPServer):
    """`address(200)` takes what is posted, `address(403)` refuses it, `address(0)` trickles."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.posted: list[dict[str, str]] = []
        self.asked = 0
        self.ended = threading.Event()
        self._scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    def address(self, answer: int = 200) -> str:
        """An address with a secret in it."""
        return f"{self._scheme}://127.0.0.1:{self.server_port}/{SECRET}/{answer}"

    @property
    def texts(self) -> list[str]:
        """The texts of the alerts that it took."""
        return [posted["text"] for posted in self.posted]

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients end as they like."""


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_GET(self) -> None:
        """Follow nobody: a redirect that is followed arrives here."""
        self.server.asked += 1
        self._answer(200)

    def do_POST(self) -> None:
        """Take it, or do what the path asks for."""
        self.server.asked += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = int(self.path.rpartition("/")[2])
        if answer == 200:
            self.server.posted.append(json.loads(body))
        if answer:
            self._answer(answer)
        while not answer and not self.server.ended.wait(0.2):
            self.wfile.write(b"H")  # an answer that trickles: no time-out of a socket ends it

    def _answer(self, code: int) -> None:
        self.send_response(code)
        self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A webhook that lives as long as the context."""
    with Receiver(tls) as receiver:
        thread = threading.Thread(target=receiver.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield receiver
        finally:
            receiver.ended.set()
            receiver.shutdown()
            thread.join()
