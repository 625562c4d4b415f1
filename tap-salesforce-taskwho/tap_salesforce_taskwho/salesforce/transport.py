"""One exchange: sends a request and reads its answer, or says why none came."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from http.client import HTTPException
from ssl import SSLCertVerificationError
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from requests import exceptions as failures
from urllib3.exceptions import HTTPError, NameResolutionError, ProtocolError, ReadTimeoutError
from urllib3.util import Timeout

from tap_salesforce_taskwho.salesforce.http.unpacking import NotUnpacked, TooLarge, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from requests import PreparedRequest

    from tap_salesforce_taskwho.salesforce.read_only_session import ReadOnlySession

_PIECE = 1 << 20
_LONGEST_CONNECT_SECONDS = 30
# A page of 2,000 records has about a megabyte.
LARGEST_ANSWER = 64 << 20
# The resolver says that there is no such name, not that it could not find out.
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


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
    is_too_large: bool = False


_TLS_FIX = (
    "Check login_url and instance_url. If your company's proxy opens encrypted connections, set "
    "REQUESTS_CA_BUNDLE to the file of its certificates."
)
_PROXY_FIX = "Check HTTPS_PROXY and ALL_PROXY."
_PROXY_ERRORS = (failures.InvalidURL, failures.InvalidSchema)
_NAME_FIX = "Check login_url and instance_url for a misspelling, and this machine's network."

# The first match wins, because later ones are ancestors of earlier ones.
_CAUSES: tuple[tuple[type[Exception], str, str], ...] = (
    (failures.SSLError, "no encrypted connection to {host} could be made", _TLS_FIX),
    (failures.ProxyError, "the proxy did not connect to {host}", _PROXY_FIX),
    (failures.ConnectTimeout, "{host} did not accept a connection in time", ""),
    (failures.ReadTimeout, "{host} did not answer in time", ""),
    (ReadTimeoutError, "the answer of {host} took too long", ""),
    (ProtocolError, "the answer of {host} broke off", ""),
    (NotUnpacked, "the answer of {host} could not be unpacked", ""),
    (Exception, "the connection to {host} was refused or lost", ""),
)


def exchange(
    session: ReadOnlySession, request: PreparedRequest, *, timeout_seconds: float
) -> Answer | NoAnswer:
    """Send a request and read its answer to the end.

    `timeout_seconds` is for all of it. No exception of the library gets out: they hold the request,
    with its token or its body.
    """
    host = urlsplit(request.url or "").hostname or "the host"
    try:
        return _exchange(session, request, timeout_seconds, host)
    except (failures.RequestException, HTTPError, HTTPException, OSError, NotUnpacked) as error:
        return _no_answer(error, host, is_known=host in session.guard.known_hosts)
    except TooLarge:
        cause = f"the answer of {host} has more than {LARGEST_ANSWER >> 20} MB"
        return NoAnswer(cause, is_too_large=True)


def _exchange(
    session: ReadOnlySession, request: PreparedRequest, timeout: float, host: str
) -> Answer:
    limits = Timeout(connect=min(timeout, _LONGEST_CONNECT_SECONDS), total=timeout)
    response = session.send(request, timeout=limits, stream=True)
    session.guard.known_hosts.add(host)
    with response:
        pieces = response.raw.stream(_PIECE, decode_content=False)
        encoding = response.headers.get("Content-Encoding", "")
        body = unpacked(pieces, encoding, most=LARGEST_ANSWER)
    return Answer(response.status_code, response.headers, body)


def _no_answer(error: Exception, host: str, *, is_known: bool) -> NoAnswer:
    for inner in () if isinstance(error, failures.ProxyError) else _inner(error):
        if isinstance(inner, NameResolutionError):
            is_lasting = not is_known and getattr(inner.__cause__, "errno", 0) in _NO_SUCH_NAME
            cause = f"the name {host} could not be resolved"
            return NoAnswer(cause, _NAME_FIX, is_lasting=is_lasting)
    if any(isinstance(inner, SSLCertVerificationError) for inner in _inner(error)):
        cause = f"the certificate of {host} cannot be trusted"
        return NoAnswer(cause, _TLS_FIX, is_lasting=True)
    if isinstance(error, _PROXY_ERRORS):  # the guard has read the host's own address
        return NoAnswer("the address of the proxy cannot be used", _PROXY_FIX, is_lasting=True)
    if type(error) is OSError and error.errno is None:  # as requests reports it
        return NoAnswer("the file of certificates is not there", _TLS_FIX, is_lasting=True)
    cause, fix = next((cause, fix) for kind, cause, fix in _CAUSES if isinstance(error, kind))
    return NoAnswer(cause.format(host=host), fix)


def _inner(error: BaseException) -> Iterator[object]:
    """Give an exception and the ones that urllib3 put into it."""
    yield error
    for part in (*error.args, getattr(error, "reason", None)):
        if isinstance(part, BaseException) and part is not error:
            yield from _inner(part)
