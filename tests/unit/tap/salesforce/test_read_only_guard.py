"""What may be sent, and everything else, which is refused before a byte is sent."""

from __future__ import annotations

import pytest
from requests import Request
from tap_salesforce_taskwho.errors import ReadOnlyViolation, UserError
from tap_salesforce_taskwho.salesforce.read_only_guard import ReadOnlyGuard, origin_of
from tap_salesforce_taskwho.salesforce.read_only_session import ReadOnlySession

WINDOW = "start=2024-01-01T00%3A00%3A00Z&end=2024-01-02T00%3A00%3A00Z"
LOGIN = "https://acme.my.salesforce.com"
ORG = "https://acme2.my.salesforce.com"
QUERY = f"{ORG}/services/data/v64.0/query?q=SELECT%20COUNT%28%29%20FROM%20Task"
TOKEN = f"{LOGIN}/services/oauth2/token"
FORM = {"grant_type": "client_credentials", "client_id": "a", "client_secret": "b"}


@pytest.fixture
def guard() -> ReadOnlyGuard:
    guard = ReadOnlyGuard(LOGIN)
    guard.admit(ORG)
    return guard


def check(guard: ReadOnlyGuard, method: str, url: str, **parts: object) -> None:
    guard.check(Request(method, url, **parts).prepare())


@pytest.mark.parametrize(
    "url",
    [
        QUERY,
        QUERY.replace("/query?", "/queryAll?"),
        QUERY.replace("%20", "+"),
        f"{ORG}/services/data/",
        f"{LOGIN}/services/data/",
        f"{ORG}/services/data/v64.0/sobjects/TaskRelation/deleted/?{WINDOW}",
    ],
)
def test_the_reads_of_the_tap_are_allowed(guard: ReadOnlyGuard, url: str) -> None:
    check(guard, "GET", url)


def test_a_login_is_allowed(guard: ReadOnlyGuard) -> None:
    check(guard, "POST", TOKEN, data=FORM)


def test_the_token_goes_to_the_org(guard: ReadOnlyGuard) -> None:
    check(guard, "GET", QUERY, headers={"Authorization": "Bearer x"})


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "get "])
def test_no_other_method_reaches_the_org(guard: ReadOnlyGuard, method: str) -> None:
    with pytest.raises(ReadOnlyViolation):
        check(guard, method, QUERY)


@pytest.mark.parametrize(
    "url",
    [
        f"{ORG}/services/data/v64.0/sobjects/Task/00TZz0000000001AAA",
        f"{ORG}/services/data/v64.0/sobjects/Task/describe",
        f"{ORG}/services/data/v64.0/composite",
        f"{ORG}/services/data/v64.0/jobs/query",
        f"{ORG}/services/data/v64.0/actions/standard",
        f"{ORG}/services/data/v64.0/recent",
        f"{ORG}/services/data/v64.0/query/01gRO0000016PIAYA2-2000",
        f"{ORG}/services/apexrest/anything",
        f"{ORG}/services/oauth2/revoke?token=x",
        f"{ORG}/services/oauth2/token",
        f"{ORG}/services/data/v64.0/queryall?q=SELECT%20COUNT%28%29%20FROM%20Task",
        f"{ORG}/services/data/v64.0/query/../sobjects/Task?q=SELECT%20COUNT%28%29%20FROM%20Task",
        f"{ORG}//services/data/v64.0/query?q=SELECT%20COUNT%28%29%20FROM%20Task",
        f"{ORG}/services/data/v64.0/query",
        f"{ORG}/services/data/v64.0/query?q=",
        f"{QUERY}%20FOR%20VIEW",
        f"{QUERY}&_HttpMethod=PATCH",
        f"{QUERY}&_httpmethod=DELETE",
        f"{QUERY}&q=SELECT%20COUNT%28%29%20FROM%20Task",
        f"{QUERY}&explain=1",
        f"{QUERY}#part",
        f"{ORG}/services/data/?q=x",
        f"{ORG}/services/data/v64.0/sobjects/Task/deleted/?{WINDOW}",
        f"{ORG}/services/data/v64.0/sobjects/TaskRelation/deleted/?start=yesterday&end=now",
        QUERY.replace("https://", "http://"),
        QUERY.replace("https://", "ftp://"),
        QUERY.replace("https://", "https://me:pw@"),
        QUERY.replace(ORG, "https://acme2.my.salesforce.com.example.org"),
        QUERY.replace(ORG, f"{ORG}:8443"),
        QUERY.replace(ORG, LOGIN),
    ],
)
def test_no_other_address_is_read(guard: ReadOnlyGuard, url: str) -> None:
    with pytest.raises(ReadOnlyViolation, match="refused before it was sent"):
        check(guard, "GET", url)


def test_an_address_that_is_too_long_is_refused_with_the_fix(guard: ReadOnlyGuard) -> None:
    fields = "%2C%20".join(f"Field{number}__c" for number in range(2_000))
    with pytest.raises(ReadOnlyViolation, match="select fewer fields"):
        check(guard, "GET", f"{ORG}/services/data/v64.0/query?q=SELECT%20{fields}%20FROM%20Task")


def test_nothing_is_read_from_an_org_that_was_not_admitted() -> None:
    with pytest.raises(ReadOnlyViolation):
        check(ReadOnlyGuard(LOGIN), "GET", QUERY)


def test_the_token_never_goes_to_the_login_host(guard: ReadOnlyGuard) -> None:
    with pytest.raises(ReadOnlyViolation, match="a token to"):
        check(guard, "GET", f"{LOGIN}/services/data/", headers={"Authorization": "Bearer x"})


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "x-http-method", "X-Method-Override"])
def test_no_header_turns_a_read_into_a_write(guard: ReadOnlyGuard, header: str) -> None:
    with pytest.raises(ReadOnlyViolation, match="the header"):
        check(guard, "GET", QUERY, headers={header: "PATCH"})


def test_a_read_has_no_body(guard: ReadOnlyGuard) -> None:
    with pytest.raises(ReadOnlyViolation, match="a body"):
        check(guard, "GET", QUERY, data={"_HttpMethod": "PATCH"})


@pytest.mark.parametrize(
    ("url", "form"),
    [
        (TOKEN, FORM | {"_HttpMethod": "DELETE"}),
        (TOKEN, FORM | {"grant_type": "authorization_code"}),
        (TOKEN, {}),
        (f"{TOKEN}?_HttpMethod=DELETE", FORM),
        (f"{LOGIN}/services/oauth2/revoke", FORM),
        (TOKEN.replace(LOGIN, ORG), FORM),
        (TOKEN.replace("https", "http"), FORM),
    ],
)
def test_nothing_but_a_login_is_posted(
    guard: ReadOnlyGuard, url: str, form: dict[str, str]
) -> None:
    with pytest.raises(ReadOnlyViolation):
        check(guard, "POST", url, data=form)


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.my.salesforce.com",
        "https://ACME--dev.sandbox.my.salesforce.com/",
        "https://acme.my.salesforce.mil",
        "https://eu45.force.com",
    ],
)
def test_the_hosts_of_salesforce_are_admitted(url: str) -> None:
    assert ReadOnlyGuard("https://login.salesforce.com").admit(url) == origin_of(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://acme.my.salesforce.com",
        "https://salesforce.com.example.org",
        "https://examplesalesforce.com",
        "https://acme.my.salesforce.com@example.org",
        "https://acme.my.salesforce.com/path",
        "http://127.0.0.1:8000",
        "https://localhost",
        "//acme.my.salesforce.com",
        "",
    ],
)
def test_no_token_goes_to_a_host_that_is_not_salesforces(url: str) -> None:
    with pytest.raises(UserError, match="the access token was not sent there"):
        ReadOnlyGuard("https://login.salesforce.com").admit(url)


def test_loopback_is_admitted_where_the_login_is_on_loopback_too() -> None:
    assert ReadOnlyGuard("http://127.0.0.1:1").admit("http://localhost:2") == "http://localhost:2"


def test_certificates_are_always_checked(guard: ReadOnlyGuard) -> None:
    session = ReadOnlySession(guard)
    with pytest.raises(ReadOnlyViolation, match="certificate"):
        session.send(Request("GET", QUERY).prepare(), verify=False)
    session.verify = False
    with pytest.raises(ReadOnlyViolation, match="certificate"):
        session.send(Request("GET", QUERY).prepare())
