"""Names of hosts that cannot be resolved, and proxies."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from tap_salesforce_taskwho.errors import TapError, UserError
from tap_salesforce_taskwho.errors.login import LOGIN_REFUSED
from tap_salesforce_taskwho.errors.requests import RETRIES_EXHAUSTED

from tests.sandbox import Sandbox
from tests.support.reading import COUNT, client_of

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("no_waits")
ATTEMPTS = 3


@pytest.fixture
def break_names(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[str]]:
    def broken(code: int) -> list[str]:
        asked: list[str] = []

        def fail(host: str, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401 -- as the resolver's
            asked.append(host)
            raise socket.gaierror(code, "the resolver's words")

        monkeypatch.setattr(socket, "getaddrinfo", fail)
        return asked

    return broken


def test_an_unknown_login_host_is_fatal_at_once(break_names: Callable[[int], list[str]]) -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, login_url="https://nocompany.my.salesforce.com")
        asked = break_names(socket.EAI_NONAME)
        with pytest.raises(UserError) as caught:
            client.server_now()
        client.close()
    assert caught.value.problem is LOGIN_REFUSED
    assert str(caught.value) == (
        "The login to Salesforce failed: the name nocompany.my.salesforce.com could not be "
        "resolved. Check login_url and instance_url for a misspelling, and this machine's network."
    )
    assert asked == ["nocompany.my.salesforce.com"]


def test_a_resolver_that_fails_for_a_while_is_asked_again(
    break_names: Callable[[int], list[str]],
) -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, login_url="https://acme.my.salesforce.com", max_attempts=ATTEMPTS)
        asked = break_names(socket.EAI_AGAIN)
        with pytest.raises(TapError) as caught:
            client.server_now()
        client.close()
    assert caught.value.problem is RETRIES_EXHAUSTED
    assert len(asked) == ATTEMPTS


@pytest.mark.parametrize("path", ["login", "instance"])
def test_a_name_that_was_known_before_is_asked_for_again(
    break_names: Callable[[int], list[str]], path: str
) -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, max_attempts=ATTEMPTS)
        client.count(COUNT, endpoint="query")
        client.close()  # the next requests need new connections
        if path == "login":
            client.authenticator._token = None
        asked = break_names(socket.EAI_NONAME)
        with pytest.raises(TapError) as caught:
            client.count(COUNT, endpoint="query")
        client.close()
    assert caught.value.problem is RETRIES_EXHAUSTED
    assert len(asked) == ATTEMPTS


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_login_on_loopback_goes_through_no_proxy(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with Sandbox(rows=1) as org, Sandbox(rows=1) as proxy:
        monkeypatch.setenv(name, proxy.url)
        client = client_of(org)
        assert client.count(COUNT, endpoint="query") == 1
        client.close()
        assert proxy.requests == []


def test_a_proxy_whose_name_is_unknown_is_named_as_the_proxy(
    monkeypatch: pytest.MonkeyPatch, break_names: Callable[[int], list[str]]
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:8080")
    with Sandbox(rows=1) as org:
        client = client_of(org, login_url="https://acme.my.salesforce.com", max_attempts=1)
        asked = break_names(socket.EAI_NONAME)
        with pytest.raises(TapError, match="the proxy did not connect to acme"):
            client.server_now()
        client.close()
    assert asked == ["proxy.invalid"]
