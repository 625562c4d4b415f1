"""`python -m tests.bench` on small orgs: it runs to its end, whatever the figures."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SIZES = ("--large", "2500", "--slow-rows", "200")
HUGE = ("--huge", "2500", "--huge-waiting", "2500", "--changed", "10")
SHARED = ("--shared-org", "2500", "--latency-ms", "1", "--workers", "2")
RUNS = ("--runs", "2", "--limit-runs", "3")
OFFLINE = ("--skip", "tap-salesforce", "dlt")


def test_the_bench_measures_every_contender_in_turn_and_checks_its_rows(tmp_path: Path) -> None:
    table = tmp_path / "bench.md"
    words = ["-m", "tests.bench", *SIZES, *SHARED, *HUGE, *OFFLINE, *RUNS, "--report", str(table)]
    done = subprocess.run(
        [sys.executable, *words, "--scenarios", "large", "shards", "huge"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    text = table.read_text("utf-8")
    assert text in done.stdout
    runs = [
        tuple(line.split(" | ")[1:4:2])
        for line in text.splitlines()
        if line.startswith(("| large", "| shards", "| huge"))
    ]
    others = [("pair by meltano run", "2"), ("limit", "3"), ("seed's method", "2")]
    assert runs == [("pair", "3"), *others, ("2 shards", "1"), ("1 shard", "1"), ("pair", "1")]
    assert "10 changed of 2,500: API calls of the tap | 2.00 | at most 6 | yes |" in text
    assert "10 changed of 2,500, 2,500 waiting: post-load, time against empty tables" in text
