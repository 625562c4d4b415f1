"""The tap keeps the memory of one page for the next page."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

COMMAND = """
import contextlib, sys
from tap_salesforce_taskwho.cli import main
sys.argv = ["tap", "--version"]
with contextlib.suppress(SystemExit):
    main()
"""
# twenty pages, each of 30 MB
ROUNDS = """
import resource
faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    pages = [b"x" * (1 << 20) for _ in range(30)]
    del pages
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - faults)
"""


def page_faults(first: str) -> int:
    done = subprocess.run([sys.executable, "-c", first + ROUNDS], capture_output=True, check=True)
    return int(done.stdout.splitlines()[-1])


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries are left alone")
def test_the_command_keeps_the_memory_of_one_page_for_the_next() -> None:
    assert page_faults(COMMAND) < page_faults("") / 4
