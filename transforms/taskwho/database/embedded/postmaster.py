"""The server process: started as a child, known by its `postmaster.pid`."""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import EMBEDDED_NOT_READY, EMBEDDED_NOT_STARTED

if TYPE_CHECKING:
    from taskwho.database.embedded.account import Account
    from taskwho.database.embedded.layout import Layout

READY_SECONDS = 60
PORT = 5432
# on the command line, where neither postgresql.conf nor `alter system` changes them
_SETTINGS = (
    "--listen_addresses=",
    f"--port={PORT}",
    "--unix_socket_directories=../run",
    "--unix_socket_permissions=0700",
    # what goes wrong in a statement is told to its client, and holds values of rows
    "--log_min_messages=log",
    "--log_checkpoints=off",
)
_CLOCK_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A living server process that a `postmaster.pid` names, and what the file says of it."""

    process: psutil.Process
    started: float
    is_ready: bool

    def is_the_one_named(self) -> bool:
        """Whether it began when the file says so. Otherwise it only has the same number."""
        return abs(self.process.create_time() - self.started) < _CLOCK_SECONDS


def living(data: Path) -> Postmaster | None:
    """The process that `postmaster.pid` names; None where it has ended."""
    try:
        # number, folder, start, port, folder of the socket, address, shared memory, status
        lines = (data / "postmaster.pid").read_text("utf-8", errors="replace").splitlines()
        process = psutil.Process(int(lines[0]))
        if process.status() == psutil.STATUS_ZOMBIE or process.name() != "postgres":
            return None
        return Postmaster(process, float(lines[2]), is_ready=lines[-1].strip() == "ready")
    except (FileNotFoundError, ValueError, IndexError, psutil.Error):
        return None


def start(layout: Layout, account: Account, programs: Path, lock: int) -> None:
    """Start the server, which outlives this process, and wait until it is ready."""
    # Linux reaches the working directory without the folders above it, which can be closed
    here = Path("/proc/self/cwd")
    data = here if here.exists() else layout.data
    layout.log.touch(mode=0o600)
    with layout.log.open("ab") as log:
        began_at = log.tell()
        server = subprocess.Popen(  # noqa: S603 - a program of the wheel
            [programs / "postgres", "-D", data, *_SETTINGS],
            **account.options(),
            cwd=layout.data,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[lock],
        )
    try:
        _wait_until_ready(server, layout, began_at)
    finally:
        if server.returncode is None:
            server.returncode = 0  # nobody waits for it: Popen would warn that it still runs


def _wait_until_ready(server: subprocess.Popen[bytes], layout: Layout, began_at: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            output = layout.log.read_bytes()[began_at:].decode(errors="replace")
            said = last_complaint(output.replace("/proc/self/cwd", str(layout.data)))
            raise TaskwhoError(EMBEDDED_NOT_STARTED, said=said, log=layout.log)
        found = living(layout.data)
        if found and found.process.pid == server.pid and found.is_ready:
            return
        time.sleep(0.02)
    raise TaskwhoError(EMBEDDED_NOT_READY, seconds=READY_SECONDS, log=layout.log)


def last_complaint(output: str) -> str:
    """The last error in what a program of PostgreSQL says; its last line where there is none."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = re.findall(r"(?:PANIC|FATAL|error):\s*(.+)", output)
    return (errors or lines or ["it said nothing"])[-1].rstrip(".")
