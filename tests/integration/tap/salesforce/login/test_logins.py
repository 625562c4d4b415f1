"""Logins that fail, and tokens that change."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from tap_salesforce_taskwho import errors

from tests.sandbox import Sandbox
from tests.sandbox.api.requests import TOKEN_PATH
from tests.support.reading import COUNT, client_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.api.requests import Request

pytestmark = pytest.mark.usefixtures("no_waits")


def logins(org: Sandbox) -> list[Request]:
    return [request for request in org.requests if request.path == TOKEN_PATH]


@pytest.mark.parametrize(
    ("flow", "wrong", "fix"),
    [
        ("client_credentials", {"client_secret": "wr0ng-secret"}, "Set client_secret"),
        ("client_credentials", {"client_id": "another-app"}, "Set client_id"),
        ("refresh_token", {"refresh_token": "wr0ng-secret"}, "set refresh_token"),
        ("password", {"password": "wr0ng-secret"}, "Check username, password"),
        ("jwt_bearer", {"jwt_audience": "https://example.org"}, "Set jwt_audience"),
        ("jwt_bearer", {"username": "somebody@example.org"}, "Pre-authorize"),
    ],
)
def test_a_refused_login_is_reported_with_its_fix_and_never_repeated(
    flow: str, wrong: dict[str, Any], fix: str
) -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, flow, **wrong)
        for _ in range(3):
            with pytest.raises(errors.UserError, match=fix) as caught:
                client.count(COUNT, endpoint="query")
        client.close()
        assert "wr0ng-secret" not in str(caught.value)
        assert len(logins(org)) == 1
        assert org.queries() == []


@pytest.mark.parametrize(
    ("kind", "fix"),
    [("ip_restricted", "IP Relaxation"), ("no_scopes", "scope"), ("maximum_logins", "Run As")],
)
def test_what_salesforce_refuses_at_the_login_has_a_fix_of_its_own(kind: str, fix: str) -> None:
    with Sandbox(rows=1) as org:
        org.faults.add(kind, where=lambda path: path == TOKEN_PATH)
        client = client_of(org)
        with pytest.raises(errors.UserError, match=fix):
            client.count(COUNT, endpoint="query")
        client.close()
        assert len(logins(org)) == 1


def test_client_credentials_at_a_shared_host_ask_for_my_domain() -> None:
    with Sandbox(rows=1, my_domain=False) as org:
        client = client_of(org)
        with pytest.raises(errors.UserError, match="Set login_url to your My Domain URL"):
            client.server_now()
        client.close()


@pytest.mark.parametrize(
    "kind",
    [
        *("html", "html_200", "500", "502", "503", "empty", "not_json", "reset", "truncated"),
        *("server_error", "login_rate"),
    ],
)
def test_a_login_host_in_trouble_is_asked_again(kind: str) -> None:
    with Sandbox(rows=1) as org:
        org.faults.add(kind, times=1, where=lambda path: path == TOKEN_PATH)
        client = client_of(org)
        assert client.count(COUNT, endpoint="query") == 1
        client.close()
        assert org.faults.struck == [kind]


def test_a_redirect_of_the_login_is_not_followed() -> None:
    with Sandbox(rows=1) as org:
        org.faults.add("redirect", where=lambda path: path == TOKEN_PATH)
        client = client_of(org)
        with pytest.raises(errors.UserError, match="answered with a redirect"):
            client.count(COUNT, endpoint="query")
        client.close()
        assert len(org.requests) == 1


def test_the_token_goes_to_no_other_host() -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, instance_url="https://salesforce.example.org")
        with pytest.raises(errors.UserError, match="the access token was not sent there"):
            client.count(COUNT, endpoint="query")
        client.close()
        assert len(org.requests) == 1


def test_a_given_token_that_has_expired_asks_for_a_new_one() -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, "access_token")
        org.expire_tokens()
        with pytest.raises(errors.UserError, match="Set access_token to a new one"):
            client.count(COUNT, endpoint="query")
        client.close()
        assert len(org.requests) == 1


def test_a_token_with_a_line_break_in_it_is_not_shown() -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, "access_token", access_token="s3cret\r\nX-Header: 1")
        with pytest.raises(errors.UserError, match="characters that no token has") as caught:
            client.count(COUNT, endpoint="query")
        client.close()
        assert "s3cret" not in str(caught.value)


def test_a_line_break_behind_a_token_does_no_harm() -> None:
    with Sandbox(rows=1) as org:
        token = org.login.new_token()
        client = client_of(org, "access_token", access_token=f" {token}\n")
        assert client.count(COUNT, endpoint="query") == 1
        client.close()


def test_a_login_that_another_program_keeps_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with Sandbox(rows=1) as org:
        client = client_of(org)
        assert client.server_now()
        assert client.count(COUNT, endpoint="query") == 1
        client.close()


def test_a_tap_that_was_asked_to_stop_does_not_log_in() -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, should_stop=lambda: True)
        with pytest.raises(errors.Stopped):
            client.count(COUNT, endpoint="query")
        client.close()
        assert org.requests == []


def test_a_replaced_refresh_token_is_used_and_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    with Sandbox(rows=1, rotate_refresh_tokens=True) as org:
        client = client_of(org, "refresh_token")
        for _ in range(3):
            assert client.count(COUNT, endpoint="query") == 1
            org.expire_tokens()
        client.close()
        warnings = [message for message in caplog.messages if "refresh token" in message]
        assert len(warnings) == 3
        assert "no longer works" in warnings[0]
        assert org.login.refresh_token not in caplog.text


def test_the_password_flow_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, "password")
        client.count(COUNT, endpoint="query")
        org.expire_tokens()
        client.count(COUNT, endpoint="query")
        client.close()
        assert (
            len([said for said in caplog.messages if "is retiring auth_flow password" in said]) == 1
        )


def test_threads_whose_token_expired_log_in_once() -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org)
        client.count(COUNT, endpoint="query")
        org.expire_tokens()
        together = threading.Barrier(8)

        def count(_: int) -> int:
            together.wait()
            return client.count(COUNT, endpoint="query")

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(count, range(8))) == [1] * 8
        client.close()
        assert org.login.issued == 2


def test_every_thread_has_a_connection_of_its_own() -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org)
        with ThreadPoolExecutor(1) as pool:
            other = pool.submit(lambda: client.session).result()
        assert other is not client.session
        assert other.guard is client.session.guard
        client.close()
