"""The rights that docs/production.md gives to its two roles are enough, as its statements say."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
import taskwho

from tests.sandbox import Sandbox
from tests.support.checkout import ROOT
from tests.support.pages import blocks
from tests.support.postgresql import Server, query, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GIVEN = [
    block.text
    for block in blocks(ROOT / "docs" / "production.md", "sql")
    if re.search(r"taskwho_(install|run)\b", block.text)
]
Roles = dict[str, str]


@pytest.fixture
def roles(database_url: str) -> Iterator[Roles]:
    """Names for the two roles that no other test uses; the roles are dropped at the end."""
    mark = uuid.uuid4().hex[:12]
    names = {name: f"{name}_{mark}" for name in ("taskwho_install", "taskwho_run")}
    server = Server(database_url)
    server.execute("revoke create on schema public from public")
    yield names
    for name in names.values():
        server.execute(f"drop owned by {name} cascade")
        server.execute(f"drop role {name}")


def run_as(url: str, roles: Roles, name: str, **asked: Any) -> taskwho.RunResult:  # noqa: ANN401 -- of `sync`
    """A sync as one of the roles."""
    query(url, f"alter role {roles[name]} password 'secret'")
    return taskwho.sync(
        database_url=url_of(url, user=roles[name], password="secret"), parents=True, **asked
    )


def test_one_role_installs_and_another_with_smaller_rights_runs(
    database_url: str, roles: Roles, tmp_path: Path
) -> None:
    create, refer, *grants = [
        re.sub(r"taskwho_(install|run)\b", lambda found: roles[found[0]], text) for text in GIVEN
    ]
    assert "references" in refer  # for tables of the user's; here the run makes them
    query(database_url, create)
    with Sandbox(rows=300) as org:
        asked: dict[str, Any] = {
            "salesforce": {**org.settings(), "lag_seconds": 0},
            "home": tmp_path / "home",
            "settings": {"reports_dir": tmp_path / "reports"},
        }
        first = run_as(database_url, roles, "taskwho_install", **asked)
        assert first.counts.inserted > 0
        for statements in grants:
            query(database_url, statements)
        org.insert(20)
        org.advance_clock(60)
        second = run_as(database_url, roles, "taskwho_run", **asked)
        assert (second.status, second.counts.inserted) == ("ok", 20)
        org.hard_delete(2)
        url = url_of(database_url, user=roles["taskwho_run"], password="secret")
        found = taskwho.verify(database_url=url, repair=True, **asked)
        assert (found.is_equal, sum(found.differences.values())) == (True, 2)
        asked["settings"] = {"reports_dir": tmp_path / "reports", "sweep": True}
        assert run_as(database_url, roles, "taskwho_run", mode="full", **asked).status == "ok"
