"""The processes of the bench: failures show, and each peak is that of one process."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.bench.errors import BenchError
from tests.bench.system.peaks import Peaks
from tests.bench.system.processes import Process, pipe
from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTES = 150
HOLD = f"held = b'x' * {MEGABYTES * 1_000_000}; import time; time.sleep(0.5)"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_failure_shows_the_end_of_the_log(tmp_path: Path) -> None:
    process = Process("tap", python("raise SystemExit('no such org')"), tmp_path)
    with pytest.raises(BenchError, match="tap ended with 1:\nno such org"):
        process.wait()


def test_the_failures_of_both_ends_of_a_pipe_show(tmp_path: Path) -> None:
    tap = Process("tap", python("raise SystemExit(3)"), tmp_path, stdout=subprocess.PIPE)
    loader = Process("loader", python("exit(input())"), tmp_path, stdin=tap.process.stdout)
    assert tap.process.stdout is not None
    tap.process.stdout.close()
    with pytest.raises(BenchError, match=r"(?s)loader ended with 1.*tap ended with 3"):
        pipe(tap, loader)


def test_the_peak_is_that_of_the_process(tmp_path: Path) -> None:
    # measured from a process as small as the bench: Linux counts a parent's memory at the start
    code = (
        "import sys; from pathlib import Path; from tests.bench.system.processes import Process; "
        "words = [sys.executable, '-c', sys.argv[1]]; "
        "print(Process('held', words, Path(sys.argv[2])).wait().peak_mb)"
    )
    command = [*python(code), HOLD, str(tmp_path)]
    measured = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert MEGABYTES < float(measured.stdout) < 2 * MEGABYTES


def test_the_peaks_of_a_childs_children_are_read(tmp_path: Path) -> None:
    with Peaks({"held": "held"}) as watched:
        Process("parent", ["sh", "-c", f'{sys.executable} -c "{HOLD}" held; true'], tmp_path).wait()
    assert MEGABYTES < watched.peaks["held"] < 2 * MEGABYTES
