"""Nothing secret leaves the client, and nothing but reads."""

from __future__ import annotations

import logging
import traceback

import pytest
from requests import Request
from tap_salesforce_taskwho import errors

from tests.sandbox import Sandbox
from tests.sandbox.api.requests import TOKEN_PATH
from tests.sandbox.faults.kinds import ANSWERS, TRANSIENT
from tests.support.reading import COUNT, PAGE, client_of

FLOWS = ["client_credentials", "jwt_bearer", "refresh_token", "password", "access_token"]
pytestmark = pytest.mark.usefixtures("no_waits")


def every_link(error: BaseException | None) -> str:
    """An error with all that it hangs on to, shown or not."""
    said = ""
    while error is not None:
        said += "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
        error = error.__cause__ or error.__context__
    return said


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("trouble", ["none", "query", "login", "expired", "redirect"])
def test_no_secret_stands_in_a_log_an_error_or_a_repr(
    flow: str, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = ""
    with Sandbox(rows=5, rotate_refresh_tokens=True) as org:
        if trouble in {"query", "login"}:
            at_login = trouble == "login"
            org.faults.add(*TRANSIENT, where=lambda path: (path == TOKEN_PATH) == at_login)
        elif trouble != "none":
            org.faults.add(trouble)
        client = client_of(org, flow, max_attempts=3)
        try:
            page = client.query(PAGE, endpoint="query", page_size=2000)
            said += repr(page)
        except errors.TapError as error:
            said += every_link(error)
        authenticator = client.authenticator
        said += repr(vars(client)) + repr(vars(authenticator)["_token"]) + repr(authenticator)
        client.close()
        secrets = [*org.login.secrets(), *org.login.private_key.splitlines()[1:-1]]
        assert [secret for secret in secrets if secret in said + caplog.text] == []
        assert org.violations() == []


def test_a_server_that_repeats_a_secret_does_not_make_it_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Sandbox(rows=1) as org:
        secret = org.login.client_secret
        body = f'[{{"errorCode":"ECHO","message":"you sent {secret}"}}]'.encode()
        monkeypatch.setitem(ANSWERS, "406", (400, body, {}))
        org.faults.add("406")
        client = client_of(org)
        with pytest.raises(errors.UserError, match=r"ECHO: you sent \*\*\*"):
            client.count(COUNT, endpoint="query")
        client.close()


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_a_write_is_refused_before_a_byte_is_sent(method: str) -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org)
        before = len(org.requests) + (client.org_id is not None)
        url = f"{client.instance_url}/services/data/v64.0/sobjects/Task"
        with pytest.raises(errors.ReadOnlyViolation):
            client.session.request(
                method, url, json={"Subject": "x"}, auth=client.authenticator.token()
            )
        client.close()
        assert len(org.requests) == before


def test_a_record_is_not_read_by_its_address() -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org)
        url = f"{client.instance_url}/services/data/v64.0/sobjects/Task/00TZz0000000001AAA"
        request = client.session.prepare_request(
            Request("GET", url, auth=client.authenticator.token())
        )
        with pytest.raises(errors.ReadOnlyViolation):
            client.session.send(request)
        client.close()
        assert org.violations() == []


@pytest.mark.parametrize("clause", [" FOR VIEW", " FOR UPDATE", " UPDATE TRACKING", " ALL ROWS"])
def test_a_query_with_a_side_effect_never_reaches_the_org(clause: str) -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org)
        with pytest.raises(errors.ReadOnlyViolation):
            client.query(PAGE + clause, endpoint="query", page_size=2000)
        client.close()
        assert org.queries() == []
