"""One exchange: sends a request and reads its answer, or says why none came."""

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

    from tap_salesforce_taskwho.salesforce.read_only_session import ReadOnlySession

_CHUNK = 1 << 20
_LONGEST_CONNECT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, with the whole body, unpacked."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why no whole answer came. Neither address nor body is in it."""

    cause: str
    fix: str = ""
    is_lasting: bool = False


_TLS_FIX = (
    "Check login_url and instance_url. If your company's proxy opens encrypted connections, set "
    "REQUESTS_CA_BUNDLE to the file of its certificates."
)
_NAME_FIX = "Check login_url and instance_url for a misspelling, and this machine's network."

# The first match wins, because later ones are ancestors of earlier ones.
_CAUSES: tuple[tuple[type[Exception], str, str], ...] = (
    (failures.SSLError, "no encrypted connection to {host} could be made", _TLS_FIX),
    (failures.ProxyError, "the proxy did not connect to {host}", "Check HTTPS_PROXY."),
    (failures.ConnectTimeout, "{host} did not accept a connection in time", ""),
    (failures.ReadTimeout, "{host} did not answer in time", ""),
    (failures.ChunkedEncodingError, "the answer of {host} broke off", ""),
    (failures.ContentDecodingError, "the answer of {host} could not be unpacked", ""),
    (TimeoutError, "the answer of {host} took too long", ""),
    (Exception, "the connection to {host} was refused or lost", ""),
)


def exchange(
    session: ReadOnlySession, request: PreparedRequest, *, timeout_seconds: float
) -> Answer | NoAnswer:
    """Send a request and read its answer to the end.

    No exception of the library gets out: they hold the request, with its token or its body.
    """
    try:
        return _exchange(session, request, timeout_seconds)
    except (failures.RequestException, HTTPError, HTTPException, OSError) as error:
        return _no_answer(error, urlsplit(request.url or "").hostname or "the host")


def _exchange(session: ReadOnlySession, request: PreparedRequest, timeout: float) -> Answer:
    deadline = time.monotonic() + timeout
    connect = min(timeout, _LONGEST_CONNECT_SECONDS)
    response = session.send(request, timeout=(connect, timeout), stream=True)
    with response:
        body = b"".join(_chunks(response, deadline))
    return Answer(response.status_code, response.headers, body)


def _chunks(response: Response, deadline: float) -> Iterator[bytes]:
    """Read a body. The library's own time-out counts only from one piece to the next."""
    for chunk in response.iter_content(_CHUNK):
        yield chunk
        if time.monotonic() > deadline:
            raise TimeoutError


def _no_answer(error: Exception, host: str) -> NoAnswer:
    if any(isinstance(inner, NameResolutionError) for inner in _inner(error)):
        return NoAnswer(f"the name {host} could not be resolved", _NAME_FIX)
    if any(isinstance(inner, SSLCertVerificationError) for inner in _inner(error)):
        cause = f"the certificate of {host} cannot be trusted"
        return NoAnswer(cause, _TLS_FIX, is_lasting=True)
    cause, fix = next((cause, fix) for kind, cause, fix in _CAUSES if isinstance(error, kind))
    return NoAnswer(cause.format(host=host), fix)


def _inner(error: BaseException) -> Iterator[object]:
    """Give an exception and the ones that urllib3 put into it."""
    yield error
    for part in (*error.args, getattr(error, "reason", None)):
        if isinstance(part, BaseException) and part is not error:
            yield from _inner(part)
