"""What may be sent, and to which two hosts: reads of an allow-list, and the token request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, urlsplit

from tap_salesforce_taskwho.config.values import is_loopback
from tap_salesforce_taskwho.errors import ReadOnlyViolation, UserError
from tap_salesforce_taskwho.errors.login import HOST_NOT_SALESFORCE
from tap_salesforce_taskwho.errors.requests import REQUEST_NOT_ALLOWED
from tap_salesforce_taskwho.salesforce import soql

if TYPE_CHECKING:
    from requests import PreparedRequest

TOKEN_PATH = "/services/oauth2/token"  # noqa: S105 -- an address, no secret
VERSIONS_PATH = "/services/data/"

# A GET may have these paths, each with exactly these query parameters. A record's own address is
# not among them: reading it writes the user's recently-viewed list (REST API Developer Guide, MRU
# Header).
_READS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(re.escape(VERSIONS_PATH)), frozenset()),
    (re.compile(r"/services/data/v[0-9]{2,3}\.0/(?:query|queryAll)"), frozenset({"q"})),
    (
        re.compile(r"/services/data/v[0-9]{2,3}\.0/sobjects/TaskRelation/deleted/"),
        frozenset({"start", "end"}),
    ),
)
_DELETED_BOUND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_TOKEN_FIELDS = frozenset(
    {"grant_type", "client_id", "client_secret", "username", "password", "refresh_token"}
    | {"assertion"}
)
_GRANTS = frozenset(
    {"client_credentials", "refresh_token", "password"}
    | {"urn:ietf:params:oauth:grant-type:jwt-bearer"}
)
_METHOD_OVERRIDES = frozenset({"x-http-method-override", "x-http-method", "x-method-override"})
# A longer one is answered with 414 (help.salesforce.com, article 000386264).
_LONGEST_URL = 16_384
_SALESFORCE_HOST = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:salesforce\.com|force\.com|cloudforce\.com|database\.com"
    r"|salesforce\.mil|sfcrmproducts\.cn|sfcrmapps\.cn)",
    re.ASCII,
)


class ReadOnlyGuard:
    """Checks every request before it is sent."""

    def __init__(self, login_url: str) -> None:
        self.login_origin = origin_of(login_url)
        self.instance_origin: str | None = None
        # hosts that have answered, or that Salesforce has named
        self.known_hosts: set[str] = set()

    def admit(self, instance_url: str) -> str:
        """Accept the org's own host, where the token goes; gives its origin.

        Raises UserError where it is neither https, nor Salesforce's, nor the login host.
        """
        parts = _split(instance_url)
        if parts is None:
            raise UserError(HOST_NOT_SALESFORCE, address="not one that can be read")
        origin, host = origin_of(instance_url), parts.hostname or ""
        local = is_loopback(host) and is_loopback(urlsplit(self.login_origin).hostname or "")
        known = origin == self.login_origin or local or _SALESFORCE_HOST.fullmatch(host.lower())
        bare = parts.path in {"", "/"} and not (parts.query or "@" in parts.netloc)
        if not (known and bare and (parts.scheme == "https" or is_loopback(host))):
            raise UserError(HOST_NOT_SALESFORCE, address=f"{parts.scheme}://{host}")
        self.instance_origin = origin
        return origin

    def check(self, request: PreparedRequest) -> None:
        """Raise ReadOnlyViolation for whatever is not on the allow-list."""
        url = request.url or ""
        parts = _split(url)
        if parts is None or not url.isascii() or parts.fragment or "@" in parts.netloc:
            raise _not_allowed("an address that is not plain")
        if len(url) > _LONGEST_URL:
            raise _not_allowed(f"an address of {len(url):,} characters (select fewer fields)")
        if parts.scheme != "https" and not (
            parts.scheme == "http" and is_loopback(parts.hostname or "")
        ):
            raise _not_allowed(f"{parts.scheme or 'no scheme'} where https belongs")
        if overriding := _METHOD_OVERRIDES & {name.lower() for name in request.headers}:
            raise _not_allowed(f"the header {min(overriding)}")
        if request.method == "POST":
            self._check_token_request(request, parts)
        elif request.method == "GET":
            self._check_read(request, parts)
        else:
            raise _not_allowed(f"the method {request.method}")

    def _check_token_request(self, request: PreparedRequest, parts: SplitResult) -> None:
        if request.url != self.login_origin + TOKEN_PATH:
            raise _not_allowed(f"a POST to {parts.hostname}{parts.path}")
        if "Authorization" in request.headers:
            raise _not_allowed("a token in a login")
        fields = _fields(_text(request.body))
        if fields is None or not fields.keys() <= _TOKEN_FIELDS:
            raise _not_allowed("a login with unknown fields")
        if fields.get("grant_type") not in _GRANTS:
            raise _not_allowed("a login of an unknown kind")

    def _check_read(self, request: PreparedRequest, parts: SplitResult) -> None:
        origin = origin_of(request.url or "")
        at_instance = origin == self.instance_origin
        if not at_instance and (origin != self.login_origin or parts.path != VERSIONS_PATH):
            raise _not_allowed(f"a GET to {parts.hostname}{parts.path}")
        if "Authorization" in request.headers and not at_instance:
            raise _not_allowed(f"a token to {parts.hostname}")
        if request.body is not None:
            raise _not_allowed("a GET with a body")
        names = next((names for path, names in _READS if path.fullmatch(parts.path)), None)
        fields = _fields(parts.query)
        if names is None or fields is None or fields.keys() != names:
            given = ", ".join(fields or ()) or "no fields"
            raise _not_allowed(f"a GET of {parts.path} with {given}")
        if "q" in fields:
            soql.check(fields["q"])
        elif any(not _DELETED_BOUND.fullmatch(bound) for bound in fields.values()):
            raise _not_allowed("a list of deletes with bounds that are not datetimes")


def origin_of(url: str) -> str:
    """Give an address's scheme, host and port in one spelling."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    shown = f"[{host}]" if ":" in host else host
    default = {"https": 443, "http": 80}.get(parts.scheme)
    port = "" if parts.port in {None, default} else f":{parts.port}"
    return f"{parts.scheme}://{shown}{port}"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _fields(query: str) -> dict[str, str] | None:
    """Read a query's fields, None where one comes twice or has no name."""
    if not query:
        return {}
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return None
    return dict(pairs) if len(dict(pairs)) == len(pairs) else None


def _text(body: object) -> str:
    if isinstance(body, bytes):
        return body.decode("utf-8", "replace")
    return body if isinstance(body, str) else ""


def _not_allowed(request: str) -> ReadOnlyViolation:
    return ReadOnlyViolation(REQUEST_NOT_ALLOWED, request=request)
