"""Settings and states that want to do harm: refused in one line, and nothing of them is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, run_tap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
SETTINGS = [
    *(
        {"mode": "custom", "start_date": "2024-01-01", name: value}
        for name in ("start_date", "end_date")
        for value in (
            "2024-01-01' OR Id != '",
            "2024-01-01T00:00:00Z) OR (Id != null",
            "2024-01-01T00:00:00Z FOR VIEW",
            "2024-01-01\nT00:00:00Z ORDER BY Id",
            "2024-01-01\x1b[2J",
            "9" * 5_000,
        )
    ),
    *(
        {"login_url": value}
        for value in (
            "https://user:pass@127.0.0.1",
            "https://127.0.0.1@evil.example.com/",
            "http://evil.example.com",
            "file:///etc/passwd",
            "gopher://127.0.0.1",
            "https://127.0.0.1\r\nX-Injected: 1",
            "https://127.0.0.1\x00.evil.example.com",
            "//evil.example.com",
            "",
            " ",
            "https://",
        )
    ),
    *(
        {"auth_flow": "access_token", "access_token": "00D!abc", "instance_url": value}
        for value in (
            "https://user:pass@127.0.0.1",
            "http://evil.example.com",
            "file:///etc/passwd",
            "https://127.0.0.1\r\nX-Injected: 1",
        )
    ),
    *({"api_version": value} for value in ("64.0/../../x", "64.0?q=", "..", "64.0\n", "64.0#")),
    *({"limit": value} for value in ("1; DROP TABLE x", "-1", "1 FOR UPDATE")),
    *({"page_size": value} for value in ("2000 OFFSET 1", "1e9")),
    *({"mode": "recent", "days": value} for value in ("1) OR (1", 10**12)),
    {"mode": "full\x1b[31m"},
    {"auth_flow": "access_token", "instance_url": "https://127.0.0.1", "access_token": "a\r\nb"},
]
CLOSED = {"from": None, "to": None, "after_id": None}
OPEN = {"from": None, "to": "2024-01-01T00:00:00Z", "after_id": "0RTZz0000000001AAA"}
WRONG_IDS: tuple[object, ...] = (
    "x' OR Id > '",
    "0RTZz000000000'AAA",
    "0RTZz0000000001AAA\n",
    "0" * 19,
    5,
    [],
)
WRONG_BOOKMARKS: tuple[object, ...] = ("2024-01-01T00:00:00Z) OR (Id != null", "infinity", 5, {})
STATES: list[dict[str, Any]] = [
    *({"window": {**OPEN, "after_id": value}} for value in WRONG_IDS),
    *(
        {"window": {**OPEN, name: value}}
        for name in ("from", "to")
        for value in ("2024-01-01T00:00:00Z OR Id != null", "now()", 5)
    ),
    *({"window": CLOSED, "replication_key_value": value} for value in WRONG_BOOKMARKS),
    {"window": CLOSED, "replication_key_value": "2024-01-01T00:00:00Z", "org_id": "<b>\x1b[2J"},
]


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=20) as org:
        yield org


def assert_refused(org: Sandbox, code: int, log: str, *, sent: int) -> None:
    assert code == 2, log
    assert "Traceback" not in log
    assert not CONTROL.search(log)
    assert len(log) < 4_000
    assert org.queries() == []
    assert len(org.requests) <= sent


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda given: ascii([*given.items()][-1])[:90])
def test_a_hostile_setting_is_refused_before_anything_is_sent(
    org: Sandbox, tmp_path: Path, settings: dict[str, Any]
) -> None:
    before = len(org.requests)
    result = run_tap(org, tmp_path, **settings)
    assert_refused(org, result.code, result.log, sent=before)


@pytest.mark.parametrize("bookmark", STATES, ids=lambda given: ascii([*given.items()][-1])[:90])
def test_a_hostile_state_is_refused_before_anything_is_queried(
    org: Sandbox, tmp_path: Path, bookmark: dict[str, Any]
) -> None:
    before = len(org.requests)
    state = {"bookmarks": {RELATIONS: {"replication_key": "SystemModstamp", **bookmark}}}
    result = run_tap(org, tmp_path, state=state)
    # a login, and a look at the clock
    assert_refused(org, result.code, result.log, sent=before + 2)


def test_a_private_key_s_path_shows_nothing_of_the_file(org: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "somebody's secrets"
    file.write_text("line-one-of-a-secret\nline two\n")
    result = run_tap(org, tmp_path, flow="jwt_bearer", private_key=str(file))
    assert_refused(org, result.code, result.log, sent=len(org.requests))
    assert "line-one" not in result.log
