"""Whatever an answer, a header, a proxy or the output is: a sentence of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.sandbox.api.requests import TOKEN_PATH
from tests.sandbox.faults.kinds import ANSWERS
from tests.support.tap_run import TapRun, run_tap

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("no_waits")
TAP = Path(sys.executable).with_name("tap-salesforce-taskwho")
VERSIONS = "/services/data/"
DEEP = b"[" * 100_000 + b"]" * 100_000
# what stands in the place of an answer: status, body, headers
ODD: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "nested deeply": (200, DEEP, {}),
    "an error nested deeply": (400, DEEP, {}),
    "a code nested": (400, b'[{"errorCode": {"a": [1]}, "message": []}]', {}),
    "a message that is no text": (400, b'[{"errorCode": "X", "message": {"a": 1}}]', {}),
    "braces in a message": (400, b'[{"errorCode": "{X}", "message": "{0} {cause} %s %(x)s"}]', {}),
    "nothing in it": (400, b"[]", {}),
    "status 204": (204, b"", {}),
    "status 300": (300, b"", {}),
    "status 304": (304, b"", {}),
    "status 418": (418, b"teapot", {}),
    "status 999": (999, b"", {}),
    "a redirect to nowhere": (302, b"", {"Location": "http://["}),
    "a redirect to a port": (302, b"", {"Location": "https://x:99999/"}),
    "a redirect to itself": (302, b"", {"Location": "?"}),
    "a redirect in Latin-1": (302, b"", {"Location": "https://Zo\xeb/"}),
    "a redirect without a place": (302, b"", {}),
    "packed in another way": (200, b"{}", {"Content-Encoding": "br"}),
    "packed badly": (200, b"{}", {"Content-Encoding": "gzip"}),
    "wait for ever": (503, b"", {"Retry-After": "9" * 5_000}),
    "wait for something": (503, b"", {"Retry-After": "soon"}),
    "wait until a date of no calendar": (503, b"", {"Retry-After": "Sun, 31 Feb 9999 99:99:99"}),
    "a quota of nothing": (503, b"", {"Sforce-Limit-Info": "api-usage=1/0"}),
    "a quota that is no number": (503, b"", {"Sforce-Limit-Info": "api-usage=x/y; =;;"}),
    "utf-16": (200, '{"totalSize": 0}'.encode("utf-16"), {}),
    "a number too long": (200, b'{"totalSize": 1' + b"0" * 5_000 + b"}", {}),
    "a negative count": (200, b'{"totalSize": -1, "done": true, "records": []}', {}),
    "records null": (200, b'{"totalSize": 1, "done": true, "records": null}', {}),
}
TOKENS: dict[str, dict[str, Any]] = {
    "no place": {},
    "a place null": {"instance_url": None},
    "a place that is a number": {"instance_url": 5},
    "a place that is not Salesforce's": {"instance_url": "https://example.com"},
    "a port": {"instance_url": "https://acme.my.salesforce.com:99999"},
    "a port in words": {"instance_url": "https://acme.my.salesforce.com:x"},
    "an open bracket": {"instance_url": "https://[::1"},
    "a place without a scheme": {"instance_url": "acme.my.salesforce.com"},
    "an empty place": {"instance_url": ""},
    "an id that is a number": {"id": 5, "instance_url": "https://acme.my.salesforce.com"},
    "a token in Latin-1": {"access_token": "Zo\xeb"},
    "a token of two lines": {"access_token": "a\r\nb"},
    "a token that is null": {"access_token": None},
    "a token that is empty": {"access_token": ""},
}


@pytest.fixture
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    module = "tap_salesforce_taskwho.salesforce.retry_policy"
    monkeypatch.setattr(f"{module}.CHANCE.random", lambda: 0.0)
    monkeypatch.setattr(f"{module}.LONGEST_RETRY_AFTER_SECONDS", 0.0)


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=30) as sandbox:
        yield sandbox


def expect(result: TapRun, allowed: set[int]) -> None:
    assert result.code in allowed, result.log
    assert "Traceback" not in result.log
    for words in ("nobody foresaw", "fault of the tap"):
        assert words not in result.last_line


@pytest.mark.parametrize("path", ["query", TOKEN_PATH, VERSIONS, "COUNT"])
@pytest.mark.parametrize("name", ODD)
def test_an_odd_answer_is_said(
    org: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, path: str
) -> None:
    monkeypatch.setitem(ANSWERS, "406", ODD[name])
    org.faults.add(
        "406",
        where=lambda _: True,
        when=lambda request: path in request.soql or path in {request.path, request.endpoint[:5]},
    )
    expect(run_tap(org, tmp_path, max_attempts=2), {0, 1, 2} if path == "COUNT" else {1, 2})


@pytest.mark.parametrize("name", TOKENS)
def test_an_odd_grant_is_said(
    org: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    grant = {"access_token": "00D!x", "id": "x", "instance_url": org.url, **TOKENS[name]}
    if name == "no place":
        del grant["instance_url"]
    monkeypatch.setitem(ANSWERS, "406", (200, json.dumps(grant).encode(), {}))
    org.faults.add("406", where=lambda path: path == TOKEN_PATH)
    expect(run_tap(org, tmp_path, max_attempts=2), {1, 2})


@pytest.mark.parametrize(
    "proxy", ["http://[", "http://proxy:99999", "foo://bar", "::::", "http://127.0.0.1:1", "x y"]
)
def test_an_odd_proxy_is_said(
    org: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    result = run_tap(org, tmp_path, login_url="https://acme.my.salesforce.com", max_attempts=1)
    expect(result, {1, 2})
    assert "proxy" in result.last_line


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
@pytest.mark.parametrize("kind", ["missing", "a folder", "no certificate"])
def test_odd_certificates_are_said(
    org: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    file = tmp_path / "certificates.pem"
    if kind == "a folder":
        file.mkdir()
    elif kind == "no certificate":
        file.write_text("none")
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.setenv(name, str(file))
    result = run_tap(org, tmp_path, login_url="https://127.0.0.1:1", max_attempts=1)
    expect(result, {1, 2})
    if kind == "missing":
        assert "REQUESTS_CA_BUNDLE" in result.last_line


@pytest.mark.parametrize("arguments", [["--config", "config.json"], ["--discover"]])
@pytest.mark.parametrize("output", ["closed", "full"])
def test_an_output_that_takes_nothing_is_said(
    org: Sandbox, tmp_path: Path, output: str, arguments: list[str]
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(org.settings()))
    place = {"closed": ">&-", "full": ">/dev/full"}[output]
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" "$@" {place}', TAP, *arguments],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "nobody foresaw" not in done.stderr


@pytest.mark.parametrize("kind", ["latin-1", "a folder", "NUL", "nonsense"])
def test_an_odd_dotenv_is_said(org: Sandbox, tmp_path: Path, kind: str) -> None:
    file = tmp_path / ".env"
    if kind == "a folder":
        file.mkdir()
    else:
        content = {
            "latin-1": "A=Zo\xeb\n".encode("latin-1"),
            "NUL": b"A=\0\n",
            "nonsense": b"= =\n",
        }
        file.write_bytes(content[kind])
    variables = {f"TAP_SALESFORCE_TASKWHO_{k.upper()}": v for k, v in org.settings().items()}
    done = subprocess.run(
        [TAP, "--config=ENV"],
        cwd=tmp_path,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 2}, done.stderr
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert ".env" in done.stderr.splitlines()[-1]
