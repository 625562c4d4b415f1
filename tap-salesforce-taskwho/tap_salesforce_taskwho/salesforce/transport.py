"""One exchange: a request out, an answer in, or words for why none came."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from http.client import HTTPException
from ssl import SSLCertVerificationError
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from requests import exceptions as failures
from urllib3.exceptions import HTTPError, NameResolutionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from requests import PreparedRequest, Response

    from tap_salesforce_taskwho.salesforce.read_only_session import GuardedSession

_CHUNK = 1 << 20
_LONGEST_CONNECT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, its body whole and unpacked."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why no whole answer came, in words without address or body."""

    cause: str
    cure: str = ""
    lasting: bool = False


_TLS_CURE = (
    "Check login_url and instance_url. If a proxy of your company opens encrypted connections, "
    "set REQUESTS_CA_BUNDLE to the file of its certificates."
)
_NAME_CURE = "Check login_url and instance_url for a misspelling, and this machine's network."

# Looked through in this order: later ones are ancestors of earlier ones.
_CAUSES: tuple[tuple[type[Exception], str, str], ...] = (
    (failures.SSLError, "no encrypted connection could be made to {host}", _TLS_CURE),
    (failures.ProxyError, "the proxy did not connect to {host}", "Check HTTPS_PROXY."),
    (failures.ConnectTimeout, "{host} did not take a connection in time", ""),
    (failures.ReadTimeout, "{host} did not answer in time", ""),
    (failures.ChunkedEncodingError, "the answer of {host} broke off", ""),
    (failures.ContentDecodingError, "the answer of {host} could not be unpacked", ""),
    (TimeoutError, "the answer of {host} took too long", ""),
    (Exception, "the connection to {host} was refused or lost", ""),
)


def exchange(
    session: GuardedSession, request: PreparedRequest, *, timeout_seconds: float
) -> Answer | NoAnswer:
    """Send a request and read its answer to the end.

    The library's own exceptions hold the request, with its token or its body: none gets out.
    """
    try:
        return _exchange(session, request, timeout_seconds)
    except (failures.RequestException, HTTPError, HTTPException, OSError) as error:
        return _no_answer(error, urlsplit(request.url or "").hostname or "the host")


def _exchange(session: GuardedSession, request: PreparedRequest, timeout: float) -> Answer:
    deadline = time.monotonic() + timeout
    connect = min(timeout, _LONGEST_CONNECT_SECONDS)
    response = session.send(request, timeout=(connect, timeout), stream=True)
    with response:
        body = b"".join(_chunks(response, deadline))
    return Answer(response.status_code, response.headers, body)


def _chunks(response: Response, deadline: float) -> Iterator[bytes]:
    """Read a body; the library's own time-out counts only from one piece to the next."""
    for chunk in response.iter_content(_CHUNK):
        yield chunk
        if time.monotonic() > deadline:
            raise TimeoutError


def _no_answer(error: Exception, host: str) -> NoAnswer:
    if any(isinstance(inner, NameResolutionError) for inner in _inner(error)):
        return NoAnswer(f"the name {host} could not be resolved", _NAME_CURE)
    if any(isinstance(inner, SSLCertVerificationError) for inner in _inner(error)):
        return NoAnswer(f"the certificate of {host} is not to be trusted", _TLS_CURE, lasting=True)
    cause, cure = next((cause, cure) for kind, cause, cure in _CAUSES if isinstance(error, kind))
    return NoAnswer(cause.format(host=host), cure)


def _inner(error: BaseException) -> Iterator[object]:
    """Give an exception and the ones that urllib3 put into it."""
    yield error
    for part in (*error.args, getattr(error, "reason", None)):
        if isinstance(part, BaseException) and part is not error:
            yield from _inner(part)
