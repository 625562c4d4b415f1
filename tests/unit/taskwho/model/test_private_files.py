"""Only the owner can read these files, also if a signal strikes while a process opens one."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from taskwho.model.private_files import open_private

if TYPE_CHECKING:
    from pathlib import Path

# This runs in a process of its own, without coverage. A signal that interrupts coverage can leave a
# lock of coverage locked: nobody releases it, and the process hangs. The handler notes each signal,
# because Python drops an exception that a signal raises inside of a destructor.
STRESS = """
import contextlib, pathlib, signal, sys
from taskwho.model.private_files import open_private

def strike(*_):
    global struck
    struck = True
    raise KeyboardInterrupt

signal.signal(signal.SIGALRM, strike)
for number in range(1, 301):
    struck = False
    with contextlib.suppress(KeyboardInterrupt):
        signal.setitimer(signal.ITIMER_REAL, number / 3_000_000)
        while not struck:
            with open_private(pathlib.Path(sys.argv[1])) as file:
                file.write(b"x")
"""


@pytest.mark.parametrize("mode", ["wb", "ab"])
def test_a_file_is_its_owner_s_whatever_the_umask_says_and_whatever_it_was(
    tmp_path: Path, mode: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"before")
    file.chmod(0o666)
    before = os.umask(0)
    try:
        with open_private(file, mode) as written:
            written.write(b"after")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes() == (b"beforeafter" if mode == "ab" else b"after")


def test_a_ctrl_c_that_strikes_while_a_file_is_opened_is_a_ctrl_c(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", STRESS, tmp_path / "file"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
