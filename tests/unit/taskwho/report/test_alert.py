"""People hear of a failure, of a degradation and of a recovery, and of nothing else."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from taskwho.report.alert import message, news, send
from taskwho.report.next_steps import next_steps
from taskwho.report.verdict import verdict

from tests.support.report_cases import CASES, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD, LOW, BAD = CASES["healthy"], CASES["mixed"], CASES["crash"]


@pytest.mark.parametrize(
    ("result", "before", "told"),
    [
        (GOOD, None, None),
        (GOOD, GOOD, None),
        (CASES["zero"], GOOD, None),
        (CASES["quota"], GOOD, None),
        (LOW, None, "degraded"),
        (LOW, GOOD, "degraded"),
        (LOW, LOW, None),
        (BAD, GOOD, "failed"),
        (BAD, BAD, "failed"),
        (GOOD, LOW, "recovered"),
        (GOOD, BAD, "recovered"),
        (CASES["zero"], BAD, "recovered"),
    ],
)
def test_people_are_told_what_is_new(result: object, before: object, told: str | None) -> None:
    assert news(result, before) == told  # type: ignore[arg-type] # results, by the table above


def test_a_message_has_verdict_step_and_link() -> None:
    health, step, link = message(LOW, "https://reports.example.org/")["text"].splitlines()
    assert health == verdict(LOW)
    assert step == f"Next: {next_steps(LOW)[0]}"
    assert link == f"https://reports.example.org/{LOW.report_name}.html"


def test_a_message_has_no_markup_of_others() -> None:
    text = message(replace(BAD, error=HOSTILE), None)["text"]
    assert not set(text) & set("<>\u202e\x1b\x00")


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[bytes]]]:
    """A server that takes what is posted; its path says what it answers."""
    got: list[bytes] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(int(self.path.strip("/")))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Be silent."""

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", got
        server.shutdown()
        thread.join()


def test_a_message_is_received(receiver: tuple[str, list[bytes]]) -> None:
    address, got = receiver
    send(f"{address}/200", message(LOW, None))
    assert json.loads(got[0]) == message(LOW, None)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("{server}/403", "it answers with HTTP 403"),
        ("http://127.0.0.1:1/services/secret", "it does not answer"),
        ("file:///etc/secret", "it is no http or https address"),
        ("secret", "it is no http or https address"),
    ],
)
def test_a_message_that_is_not_taken_is_a_warning_without_the_address(
    receiver: tuple[str, list[bytes]],
    caplog: pytest.LogCaptureFixture,
    address: str,
    why: str,
) -> None:
    send(address.format(server=receiver[0]), {"text": "x"})
    assert caplog.messages == [
        (
            f"The alert was not sent to the address in TASKWHO_NOTIFY: {why}. The run and its "
            "report are not affected. Correct the address, or remove it."
        )
    ]
