"""The machine of a person who tries an example: its folder, its settings, its commands."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.sandbox import Sandbox

EXAMPLES = ROOT / "examples"
SHARDS = 4
SECONDS_TO_END = 600
# nobody listens there
NO_DATABASE = "postgresql://nobody@127.0.0.1:1/nothing"


@dataclass(frozen=True)
class Machine:
    """A folder, and an environment whose PATH finds what was installed."""

    folder: Path
    environ: dict[str, str]

    def but(self, **variables: str) -> Machine:
        """The same machine with other variables."""
        return replace(self, environ=self.environ | variables)

    def run(self, *words: str | Path, code: int = 0) -> str:
        """Run a command to its end, and give its output."""
        done = subprocess.run(
            [*words],
            cwd=self.folder,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS_TO_END,
            check=False,
        )
        assert done.returncode == code, done.stdout
        return done.stdout

    @contextmanager
    def running(self, *words: str | Path) -> Iterator[Path]:
        """Run a command and its children as long as the block runs; give the file of its output."""
        log = self.folder / f"{words[0]}.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [*words],
                cwd=self.folder,
                env=self.environ,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield log
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def machine(folder: Path, commands: Path, org: Sandbox, url: str, **more: str) -> Machine:
    """A machine whose environment names an org and a database."""
    settings = {**org.settings(), "page_size": 200}
    environ = {
        "PATH": f"{commands}:{os.environ['PATH']}",
        "HOME": str(folder),
        "DATABASE_URL": url,
        "TASKWHO_REPORTS_DIR": str(folder / "reports"),
        **{f"TAP_SALESFORCE_TASKWHO_{k.upper()}": str(v) for k, v in settings.items()},
    }
    return Machine(folder, environ | more)


def wait_for(log: Path, *texts: str) -> str:
    """Wait until one of the texts stands in a file that a command writes, and give it."""
    end = time.monotonic() + SECONDS_TO_END
    while time.monotonic() < end:
        said = log.read_text()
        for text in texts:
            if text in said:
                return text
        time.sleep(0.5)
    raise AssertionError(log.read_text())
