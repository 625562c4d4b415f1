"""The one way out: a session that sends what the guard allows, and raises for anything else."""

from __future__ import annotations

from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests

from tap_salesforce_taskwho.config.values import is_loopback
from tap_salesforce_taskwho.errors import ReadOnlyViolation, UserError
from tap_salesforce_taskwho.errors.requests import CERTIFICATE_NOT_CHECKED, REDIRECTED
from tap_salesforce_taskwho.salesforce.http.deadlines import DeadlineAdapter

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

    from tap_salesforce_taskwho.salesforce.read_only_guard import ReadOnlyGuard

_REDIRECTS = range(300, 400)


class ReadOnlySession(requests.Session):
    """A requests session that only reads. The sessions of all threads share one guard."""

    def __init__(self, guard: ReadOnlyGuard) -> None:
        super().__init__()
        self.guard = guard
        # Every answer sets cookies that no request needs.
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self.headers["Accept-Encoding"] = "gzip"  # the one packing that http.unpacking knows
        for scheme in ("https://", "http://"):
            self.mount(scheme, DeadlineAdapter())

    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:  # noqa: ANN401 -- as the base
        """Send a request that the guard allows. No redirect is followed.

        Raises ReadOnlyViolation before a byte is sent, UserError for a redirect.
        """
        self.guard.check(request)
        if self.verify is False or kwargs.get("verify") is False:
            raise ReadOnlyViolation(CERTIFICATE_NOT_CHECKED)
        # Session.send looks at the environment for proxies only, not for REQUESTS_CA_BUNDLE.
        found = self.merge_environment_settings(request.url or "", {}, None, None, None)
        host = urlsplit(request.url or "").hostname or ""
        proxies = {} if is_loopback(host) else found["proxies"]
        kwargs = {"verify": found["verify"], "proxies": proxies, **kwargs}
        kwargs["allow_redirects"] = False
        response = super().send(request, **kwargs)
        if response.status_code in _REDIRECTS:
            response.close()
            raise _redirected(request, response)
        return response

    def get_redirect_target(self, resp: Response) -> None:
        """Give none: the base would read the whole body, and the odd addresses in a header."""


def _redirected(request: PreparedRequest, response: Response) -> UserError:
    try:
        target = urlsplit(response.headers.get("Location", "")).hostname or "another page"
    except ValueError:
        target = "no valid address"
    return UserError(REDIRECTED, host=urlsplit(request.url or "").hostname, target=target)
