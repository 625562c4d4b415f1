"""How one logs in, with simple-salesforce."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
)

from tests.support.comparing.simple_client import log_in

if TYPE_CHECKING:
    import requests

    from tests.sandbox import Sandbox


def test_it_logs_in_by_client_credentials(org: Sandbox, session: requests.Session) -> None:
    secret = org.settings("client_credentials")
    client = log_in(
        org,
        session,
        consumer_key=secret["client_id"],
        consumer_secret=secret["client_secret"],
        domain="acme.my",
    )
    assert client.query("SELECT COUNT() FROM Lead")["totalSize"] > 0


def test_it_logs_in_by_a_signed_assertion(org: Sandbox, session: requests.Session) -> None:
    secret = org.settings("jwt_bearer")
    client = log_in(
        org,
        session,
        username=secret["username"],
        consumer_key=secret["client_id"],
        privatekey=secret["private_key"],
    )
    assert client.query("SELECT COUNT() FROM Lead")["totalSize"] > 0


def test_a_wrong_secret_does_not_log_in(org: Sandbox, session: requests.Session) -> None:
    secret = org.settings("client_credentials")
    with pytest.raises(SalesforceAuthenticationFailed) as refused:
        log_in(
            org,
            session,
            consumer_key=secret["client_id"],
            consumer_secret="wrong",
            domain="acme.my",
        )
    assert refused.value.code == "invalid_client"
