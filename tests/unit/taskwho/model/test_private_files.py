"""Files that their owner alone reads, also where a signal strikes while they are opened."""

from __future__ import annotations

import os
import signal
import stat
from typing import TYPE_CHECKING

import pytest
from taskwho.model.private_files import open_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIGNALS = 300
LONGEST_SECONDS = 1e-4


@pytest.fixture
def alarms() -> Iterator[None]:
    """SIGALRM is a Ctrl-C."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


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


@pytest.mark.usefixtures("alarms")
# the file that a signal leaves open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_ctrl_c_that_strikes_while_a_file_is_opened_is_a_ctrl_c(tmp_path: Path) -> None:
    for number in range(SIGNALS):
        with pytest.raises(KeyboardInterrupt):
            open_until(tmp_path / "file", (number + 1) * LONGEST_SECONDS / SIGNALS)


def open_until(file: Path, seconds: float) -> None:
    """Open a file again and again, until a signal comes."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    while True:
        with open_private(file) as written:
            written.write(b"x")
