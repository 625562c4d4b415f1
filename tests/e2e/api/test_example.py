"""The example for Python alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sandbox import Sandbox
from tests.support.checkout import BIN
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.engines import EXAMPLES, machine

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = EXAMPLES / "python" / "load.py"


def test_four_processes_load_the_shards_and_the_script_goes_on(
    database_url: str, tmp_path: Path
) -> None:
    with Sandbox(rows=2_000) as org:
        script = machine(tmp_path, BIN, org, database_url)
        assert "landed: 500 500 500 500" in script.run("python", SCRIPT, "first")
        assert_equal_to_the_org(org, database_url)
        org.advance_clock(3_600)
        org.update(20)
        org.soft_delete(10)
        org.advance_clock(120)
        script.run("python", SCRIPT)
        assert_equal_to_the_org(org, database_url)

        wrong = script.but(TAP_SALESFORCE_TASKWHO_CLIENT_SECRET="not-the-secret")
        said = wrong.run("python", SCRIPT, "first", code=2)
        assert "client_secret does not belong to client_id" in said
        assert "Traceback" not in said
