"""Posts JSON to a webhook. Its address is a secret: nothing that is said of it holds a part of it.

By urllib alone: urllib3, which requests uses, logs the path of every address.
"""

from __future__ import annotations

import json
import os
import ssl
from ipaddress import ip_address
from pathlib import Path
from queue import Empty, Queue
from socket import gaierror
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

SECONDS = 5
UNFIT = "it is no https address, and no http address on loopback"
_HEADERS = {"Content-Type": "application/json", "User-Agent": "taskwho"}


def post(address: str, body: dict[str, str]) -> str | None:
    """Post; why it did not arrive, None where it did. It takes at most SECONDS."""
    address = address.strip()
    if not is_fit(address):
        return UNFIT
    # after a signal, SimpleQueue.get may wait for ever (CPython before 3.13)
    answers: Queue[str | None] = Queue()
    data = json.dumps(body).encode()
    # a time-out of a socket bounds neither the search for a name nor an answer that trickles
    Thread(target=lambda: answers.put(_refusal(address, data)), daemon=True).start()
    try:
        return answers.get(timeout=SECONDS)
    except Empty:
        return _NO_ANSWER


_NO_ANSWER = f"it did not answer within {SECONDS} seconds"


def _refusal(address: str, data: bytes) -> str | None:
    try:
        with _opener(address).open(Request(address, data, _HEADERS), timeout=SECONDS):  # noqa: S310 - of https, or http on loopback
            return None
    except HTTPError as error:
        error.close()
        is_redirect = 300 <= error.code < 400  # noqa: PLR2004 - RFC 9110, 15.4
        more = ", a redirect, which is not followed" if is_redirect else ""
        return f"it answered with HTTP {error.code}{more}"
    except URLError as error:
        return _of_connection(error.reason)
    except Exception as error:  # noqa: BLE001 - the text of any error may hold the address
        return _of_connection(error)


def _of_connection(error: object) -> str:
    if isinstance(error, TimeoutError):
        return _NO_ANSWER
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not trusted"
    if isinstance(error, ssl.SSLError):
        return "it does not speak TLS"
    if isinstance(error, gaierror):
        return "its host name was not found"
    return "there was no connection, or it was cut"


def _opener(address: str) -> OpenerDirector:
    """Without a handler of redirects; on loopback through no proxy."""
    found = urlsplit(address)
    opener = OpenerDirector()
    for handler in (
        ProxyHandler({} if _is_loopback(found.hostname) else None),
        HTTPSHandler(context=_trusted()) if found.scheme == "https" else HTTPHandler(),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _trusted() -> ssl.SSLContext:
    """Whom HTTPS trusts: as the tap does, also the authority of a company's own."""
    context = ssl.create_default_context()
    if bundle := os.environ.get("REQUESTS_CA_BUNDLE"):
        is_folder = Path(bundle).is_dir()
        context.load_verify_locations(None if is_folder else bundle, bundle if is_folder else None)
    return context


def is_fit(address: str) -> bool:
    """Whether it is an address that HTTP can carry, of a kind that is called here."""
    if not address.isascii() or " " in address or not address.isprintable():
        return False
    try:
        found = urlsplit(address)
        is_whole = bool(found.hostname) and found.username is None and found.port != 0
    except ValueError:  # of the port, or of an address in brackets
        return False
    return is_whole and (
        found.scheme == "https" or (found.scheme == "http" and _is_loopback(found.hostname))
    )


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False
