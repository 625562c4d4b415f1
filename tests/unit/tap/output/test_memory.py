"""Memory that a page leaves is there for the next one."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

ROUNDS = """
import resource
{first}
for _ in range(20):
    pages = [b"x" * (1 << 20) for _ in range(30)]
    del pages
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
"""


def page_faults(first: str) -> int:
    program = ROUNDS.format(first=first)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries are left alone")
def test_what_one_page_leaves_is_not_given_back_before_the_next_one() -> None:
    kept = page_faults(
        "from tap_salesforce_taskwho.output.memory import keep_memory; keep_memory()"
    )
    assert kept < page_faults("") / 4
