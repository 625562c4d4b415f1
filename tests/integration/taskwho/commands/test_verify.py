"""`taskwho verify` as a user runs it: what it prints, and how it ends."""

from __future__ import annotations

import importlib.util
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from taskwho.commands.verify import verify
from taskwho.model.errors import Misconfigured

from tests.sandbox import Sandbox
from tests.support.comparing.compared_sides import Sides, remove, remove_in_org

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

ROWS = 300


@pytest.fixture
def sides(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sides]:
    monkeypatch.chdir(tmp_path)
    with Sandbox(rows=ROWS) as org:
        made = Sides(org, database_url, tmp_path)
        made.load()
        yield made


def invoke(sides: Sides, *words: str) -> Result:
    variables: dict[str, Any] = {
        f"TAP_SALESFORCE_TASKWHO_{name.upper()}": str(value)
        for name, value in sides.org.settings().items()
    }
    variables |= {"DATABASE_URL": sides.url, "TASKWHO_HOME": str(sides.folder)}
    done = CliRunner().invoke(verify, words, env=variables, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done


def test_an_equal_table_is_told_in_words(sides: Sides) -> None:
    done = invoke(sides)
    *stages, verdict, totals, health, cost = done.output.splitlines()
    assert [line.split("INFO")[1].strip() for line in stages] == [
        *("Preparing.", "Comparing with Salesforce.")
    ]
    assert verdict == "Equal by Ids: the table holds what Salesforce shows."
    assert totals.startswith(f"Live relations: {len(sides.org.relation_ids(deleted=False))} in ")
    assert re.fullmatch(
        r"Health: \d+\.\d\d%, counted anew at [-\d]{10} [:\d]{8} UTC: live relations in the table "
        r"\d+, waiting \d+\.",
        health,
    )
    # what changed later, the rows, the leads
    assert cost.startswith("3 API calls, 2 of them read rows; the org has used 103 of 100,000.")
    assert done.return_value == 0


def test_differences_are_named_end_with_4_and_are_repaired_on_request(sides: Sides) -> None:
    remove(sides, 1)
    [missing] = sides.damaged
    remove_in_org(sides, 1)
    [gone] = sides.damaged - {missing}
    done = invoke(sides)
    assert done.return_value == 4
    assert "2 relations are different. `taskwho verify --repair` repairs them." in done.output
    assert f"  1 missing here: {missing}" in done.output
    assert f"  1 live here and not shown by Salesforce: {gone}" in done.output
    assert "It has no query that tells a relation that was deleted for good" in done.output
    done = invoke(sides, "--repair")
    assert done.return_value == 0
    assert "2 relations are different, and repaired: equal by Ids now." in done.output
    assert "Report of the repair: " in done.output
    assert invoke(sides, "--repair", "--full").return_value == 0


def test_json_is_one_line_beside_the_progress(sides: Sides) -> None:
    remove(sides, 2)
    done = invoke(sides, "--json", "--sample", "5")
    found = json.loads(done.stdout)
    assert (found["equal"], found["exit_code"], found["by"]) == (False, 4, "Ids")
    assert found["differences"] == {"missing": 2}
    assert set(found["examples"]["missing"]) == sides.damaged
    assert "Comparing with Salesforce." in done.stderr


def test_without_the_tap_the_command_says_what_to_install(
    sides: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(Misconfigured, match=r"pip install 'taskwho\[sync\]'") as raised:
        invoke(sides)
    assert raised.value.exit_code == 2
