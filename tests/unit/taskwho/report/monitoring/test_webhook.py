"""An alert arrives, or says why not; in some seconds, and without a part of its address."""

from __future__ import annotations

import socket
import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest
from taskwho.report.monitoring import webhook
from taskwho.report.monitoring.webhook import post

from tests.support.receiver import SECRET, Receiver, receiving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = {"text": "Ü <>"}
UNFIT = "it is no https address, and no http address on loopback"
CUT = "there was no connection, or it was cut"


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(webhook, "SECONDS", 60)  # a machine with much to do is no slow webhook
    with receiving() as receiver:
        yield receiver


def test_what_is_posted_arrives(receiver: Receiver) -> None:
    assert post(f" {receiver.address()}\n", BODY) is None
    assert receiver.posted == [BODY]


@pytest.mark.parametrize("code", [204, 400, 403, 404, 410, 429, 500, 503])
def test_only_an_answer_of_2xx_is_one(receiver: Receiver, code: int) -> None:
    said = None if code == 204 else f"it answered with HTTP {code}"
    assert post(receiver.address(code), BODY) == said


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(receiver: Receiver, code: int) -> None:
    said = post(receiver.address(code), BODY)
    assert said == f"it answered with HTTP {code}, a redirect, which is not followed"
    assert receiver.asked == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"http://hooks.example.org/{SECRET}", UNFIT),
        (f"http://10.0.0.1/{SECRET}", UNFIT),
        (f"http://127.0.0.1.example.org/{SECRET}", UNFIT),
        (f"file:///{SECRET}", UNFIT),
        (f"ftp://127.0.0.1/{SECRET}", UNFIT),
        (f"//127.0.0.1/{SECRET}", UNFIT),
        (f"https:///{SECRET}", UNFIT),
        (f"http://[::1/{SECRET}", UNFIT),
        (SECRET, UNFIT),
        ("", UNFIT),
        (f"https://user:{SECRET}@127.0.0.1:1/", UNFIT),
        (f"http://127.0.0.1:99999/{SECRET}", UNFIT),
        (f"http://127.0.0.1:1/{SECRET}ü", UNFIT),
        (f"http://127.0.0.1:1/{SECRET} x", UNFIT),
        (f"http://127.0.0.1:1/{SECRET}\nx", UNFIT),
        (f"http://127.0.0.1:1/{SECRET}", CUT),
        (f"http://[::1]:1/{SECRET}", CUT),
        (f"http://localhost:1/{SECRET}", CUT),
    ],
)
def test_a_wrong_address_says_why(address: str, said: str) -> None:
    assert post(address, BODY) == said


def test_a_host_that_is_not_found_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert post(f"https://nowhere.invalid/{SECRET}", BODY) == "its host name was not found"


def test_what_nobody_foresaw_says_nothing_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(address: str) -> None:
        raise RuntimeError(address)

    monkeypatch.setattr(webhook, "_opener", fail)
    assert post(f"https://127.0.0.1/{SECRET}", BODY) == CUT


def test_an_answer_that_trickles_is_not_waited_for(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "SECONDS", 1)
    assert post(receiver.address(0), BODY) == "it did not answer within 5 seconds"


def test_on_loopback_no_proxy_is_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert post(receiver.address(), BODY) is None


def test_only_a_certificate_that_somebody_vouches_for_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=here -days 1 -addext"
    names = ["subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*make.split(), *names], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with receiving(tls) as receiver:
        assert post(receiver.address(), BODY) == "its certificate is not trusted"
        assert not receiver.posted
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        assert post(receiver.address(), BODY) is None


def test_a_server_without_tls_says_so(receiver: Receiver) -> None:
    address = receiver.address().replace("http:", "https:")
    assert post(address, BODY) == "it does not speak TLS"
