"""The token endpoint of the sandbox org: the OAuth flows, and every refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.sandbox import Sandbox
from tests.sandbox.api.login import JWT_GRANT
from tests.sandbox.reader import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHER_KEY = (
    rsa.generate_private_key(public_exponent=65537, key_size=2048)
    .private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    .decode()
)


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=20) as sandbox:
        yield sandbox


def log_in(org: Sandbox, form: dict[str, str], **more: Any) -> requests.Response:  # noqa: ANN401 - as requests
    return requests.post(f"{org.url}/services/oauth2/token", form, timeout=60, **more)


def form_of(org: Sandbox, flow: str, **changes: str) -> dict[str, str]:
    given = org.settings(flow) | changes
    form = {"grant_type": flow, "client_id": given["client_id"]}
    if flow == "password":
        given["password"] += given["security_token"]
    names = ("client_secret", "username", "password", "refresh_token")
    return form | {name: given[name] for name in names if name in given}


def assertion(org: Sandbox, key: str | None = None, **changes: Any) -> dict[str, str]:  # noqa: ANN401 - a claim
    given = org.settings("jwt_bearer")
    claims = {
        "iss": given["client_id"],
        "sub": given["username"],
        "aud": "https://login.salesforce.com",
        "exp": int(org.now.timestamp()) + 170,
    } | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    signed = jwt.encode(claims, key or given["private_key"], algorithm="RS256")
    return {"grant_type": JWT_GRANT, "assertion": signed}


def works(org: Sandbox, token: str) -> bool:
    header = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{org.url}{ROOT}/limits", headers=header, timeout=60).ok


@pytest.mark.parametrize("flow", ["client_credentials", "password", "refresh_token"])
def test_a_flow_gives_a_token_that_works(org: Sandbox, flow: str) -> None:
    answer = log_in(org, form_of(org, flow)).json()
    assert works(org, answer["access_token"])
    assert answer["instance_url"] == org.url
    assert "expires_in" not in answer
    assert "refresh_token" not in answer
    assert answer["issued_at"].isdigit()


def test_the_app_may_log_in_by_a_basic_header(org: Sandbox) -> None:
    given = org.settings()
    pair = (given["client_id"], given["client_secret"])
    answer = log_in(org, {"grant_type": "client_credentials"}, auth=pair)
    assert works(org, answer.json()["access_token"])


def test_an_assertion_gives_a_token_without_a_time(org: Sandbox) -> None:
    answer = log_in(org, assertion(org)).json()
    assert works(org, answer["access_token"])
    assert not {"issued_at", "signature", "refresh_token"} & set(answer)


def test_an_access_token_works_without_a_login(org: Sandbox) -> None:
    given = org.settings("access_token")
    assert given["instance_url"] == org.url
    assert works(org, given["access_token"])


@pytest.mark.parametrize(
    ("flow", "changes", "error"),
    [
        ("client_credentials", {"client_id": "x"}, "invalid_client_id"),
        ("client_credentials", {"client_secret": "x"}, "invalid_client"),
        ("password", {"password": "x"}, "invalid_grant"),
        ("password", {"security_token": ""}, "invalid_grant"),
        ("password", {"username": "x"}, "invalid_grant"),
        ("refresh_token", {"refresh_token": "x"}, "invalid_grant"),
    ],
)
def test_a_wrong_login_is_refused_with_a_json_object(
    org: Sandbox, flow: str, changes: dict[str, str], error: str
) -> None:
    answer = log_in(org, form_of(org, flow, **changes))
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert set(answer.json()) == {"error", "error_description"}


@pytest.mark.parametrize(
    ("changes", "error", "text"),
    [
        ({"aud": "https://example.com"}, "invalid_grant", "audience is invalid"),
        ({"exp": 1_000}, "invalid_grant", "expired authorization code"),
        ({"exp": 10**13}, "invalid_grant", "expired authorization code"),  # milliseconds
        ({"exp": None}, "invalid_grant", "invalid assertion"),
        ({"iss": "x"}, "invalid_client_id", "client identifier invalid"),
        ({"sub": "x"}, "invalid_grant", "user hasn't approved this consumer"),
    ],
)
def test_the_claims_of_an_assertion_are_checked(
    org: Sandbox, changes: dict[str, Any], error: str, text: str
) -> None:
    answer = log_in(org, assertion(org, **changes)).json()
    assert answer == {"error": error, "error_description": text}


def test_the_signature_of_an_assertion_is_checked(org: Sandbox) -> None:
    assert log_in(org, assertion(org, OTHER_KEY)).json()["error"] == "invalid_grant"
    unsigned = {"grant_type": JWT_GRANT, "assertion": "a.b.c"}
    assert log_in(org, unsigned).json()["error"] == "invalid_grant"


def test_an_assertion_with_an_id_works_once(org: Sandbox) -> None:
    form = assertion(org, jti="1")
    assert log_in(org, form).status_code == 200
    assert log_in(org, form).json()["error"] == "invalid_grant"


def test_an_assertion_expires_by_the_clock_of_the_org() -> None:
    with Sandbox(rows=20, clock_offset_seconds=-7_200) as org:
        assert log_in(org, assertion(org)).status_code == 200
        late = int(org.now.timestamp()) + 7_200
        assert log_in(org, assertion(org, exp=late)).json()["error"] == "invalid_grant"


def test_a_rotated_refresh_token_works_once() -> None:
    with Sandbox(rows=20, rotate_refresh_tokens=True) as org:
        first = form_of(org, "refresh_token")
        answer = log_in(org, first).json()
        assert log_in(org, first).json()["error"] == "invalid_grant"
        second = first | {"refresh_token": answer["refresh_token"]}
        assert log_in(org, second).status_code == 200


def test_client_credentials_need_the_my_domain_host() -> None:
    with Sandbox(rows=20, my_domain=False) as org:
        answer = log_in(org, form_of(org, "client_credentials")).json()
        assert answer["error_description"] == "request not supported on this domain"
        assert log_in(org, form_of(org, "password")).status_code == 200


@pytest.mark.parametrize("flow", ["client_credentials", "password", "refresh_token"])
def test_a_flow_can_be_blocked(flow: str) -> None:
    with Sandbox(rows=20, blocked_flows={flow}) as org:
        assert log_in(org, form_of(org, flow)).json()["error"] == "invalid_grant"


def test_assertions_can_be_blocked() -> None:
    with Sandbox(rows=20, blocked_flows={"jwt_bearer"}) as org:
        assert log_in(org, assertion(org)).json()["error"] == "invalid_app_access"


def test_an_unknown_grant_is_refused(org: Sandbox) -> None:
    answer = log_in(org, {"grant_type": "authorization_code"})
    assert answer.json()["error"] == "unsupported_grant_type"


def test_secrets_in_a_uri_are_refused_as_a_violation(org: Sandbox) -> None:
    form = form_of(org, "client_credentials")
    answer = requests.get(f"{org.url}/services/oauth2/token", params=form, timeout=60)
    assert answer.json()["error"] == "invalid_request"
    assert org.requests[-1].violation == "GET of token"
