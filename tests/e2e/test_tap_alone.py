"""The tap alone: in a virtual environment of its own, with another loader."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 2_500
# in one process, so that the environments are made once
pytestmark = pytest.mark.xdist_group("tap alone")


@pytest.fixture(scope="module")
def bin_of_tap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("tap"), str(ROOT / "tap-salesforce-taskwho"))


@pytest.fixture(scope="module")
def bin_of_target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # 0.1.4 needs a jsonschema that no current tap works with: hence two environments
    return install(tmp_path_factory.mktemp("target"), "target-jsonl==0.1.4", "setuptools<81")


def install(folder: Path, *packages: str) -> Path:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *packages], check=True, capture_output=True)
    return folder / "bin"


def test_the_tap_feeds_target_jsonl(bin_of_tap: Path, bin_of_target: Path, tmp_path: Path) -> None:
    with Sandbox(rows=ROWS) as org:
        config = tmp_path / "config.json"
        config.write_text(json.dumps(org.settings()))
        tap = subprocess.run(
            [bin_of_tap / "tap-salesforce-taskwho", "--config", config],
            capture_output=True,
            check=False,
        )
        assert tap.returncode == 0, tap.stderr.decode()
        target = subprocess.run(
            [bin_of_target / "target-jsonl"],
            input=tap.stdout,
            capture_output=True,
            cwd=tmp_path,
            check=False,
        )
        assert target.returncode == 0, target.stderr.decode()
        [file] = tmp_path.glob("task_who_relations*.jsonl")
        loaded = {json.loads(line)["Id"] for line in file.read_text().splitlines()}
        assert loaded == {row["Id"] for row in org.truth()}


def test_discovery_needs_neither_network_nor_credentials(bin_of_tap: Path) -> None:
    found = subprocess.run(
        [bin_of_tap / "tap-salesforce-taskwho", "--discover"],
        capture_output=True,
        check=True,
        env={"PATH": ""},
    )
    streams = {stream["tap_stream_id"] for stream in json.loads(found.stdout)["streams"]}
    assert {"task_who_relations", "users", "contacts", "tasks", "sync_batches"} <= streams
