"""The project's commands as processes of their own, forked from one that has imported them.

A history runs dozens of commands. To import one takes a second, to fork it a few milliseconds. The
child runs the command's own `main`, with its arguments, environment, pipes and exit code.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import itertools
import multiprocessing
import os
import random
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any
from unittest import mock

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext
    from pathlib import Path

MODULES = {
    "tap-salesforce-taskwho": "tap_salesforce_taskwho.cli",
    "target-postgres-taskwho": "target_postgres_taskwho.cli",
    "taskwho": "taskwho.cli",
}
# imported by a command when it first needs them; imported here before the forks
LATE = ("taskwho.pipeline.promote_and_report", "sqlalchemy.dialects.postgresql.psycopg")
STDIN, STDOUT, STDERR = 0, 1, 2
# the longest wait between two attempts: a history has many faults
LONGEST_WAIT_SECONDS = 0.02
_starting = threading.Lock()


@dataclass(frozen=True)
class Command:
    """A command for a child to run; SIGKILL ends it after `dies_after` database operations."""

    name: str
    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    dies_after: int | None = None

    @property
    def log(self) -> Path:
        """The file that its runs append their standard error to."""
        return self.folder / f"{self.name}.log"


@functools.cache
def context() -> ForkServerContext:
    """The process that all children are forked from."""
    # a killed loader leaves semaphores (of joblib), and their tracker warns of them at its end
    quiet = {"PYTHONWARNINGS": "ignore::UserWarning:multiprocessing.resource_tracker"}
    with mock.patch.dict(os.environ, quiet):
        resource_tracker.ensure_running()
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload([__name__, *MODULES.values(), *LATE])
    return made


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hide the script that runs the tests: every child would import it."""
    script = vars(sys.modules["__main__"])
    with _starting:
        file = script.pop("__file__", None)
        try:
            yield
        finally:
            if file is not None:
                script["__file__"] = file


def start(
    command: Command, stdin: Connection | None = None, stdout: Connection | None = None
) -> multiprocessing.process.BaseProcess:
    """Start a command; this process closes the ends of pipes that it passes on."""
    process = context().Process(target=_become, args=(command, stdin, stdout), daemon=True)
    with _without_main():
        process.start()
    for end in (stdin, stdout):
        if end is not None:
            end.close()
    return process


def _become(command: Command, stdin: Connection | None, stdout: Connection | None) -> None:
    os.chdir(command.folder)
    os.environ.clear()
    os.environ.update(command.environment)
    _replace(STDERR, os.open(command.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    _replace(STDIN, stdin.fileno() if stdin else os.open(os.devnull, os.O_RDONLY))
    _replace(STDOUT, stdout.fileno() if stdout else os.dup(STDERR))
    for end in (stdin, stdout):
        if end is not None:
            end.close()
    random.seed()
    sys.argv = [command.name, *command.arguments]
    module = importlib.import_module(MODULES[command.name])
    _hurry()
    if command.dies_after is not None:
        _die_after(command.dies_after)
    module.main()


def _replace(descriptor: int, by: int) -> None:
    os.dup2(by, descriptor)


def _hurry() -> None:
    """Shorten the waits between attempts; test_retry_policy.py tests their length."""
    policy = importlib.import_module("tap_salesforce_taskwho.salesforce.retry_policy")
    for name in ("LONGEST_WAIT_SECONDS", "LONGEST_RETRY_AFTER_SECONDS"):
        assert hasattr(policy, name)
        setattr(policy, name, LONGEST_WAIT_SECONDS)


def _die_after(operations: int) -> None:
    """Send SIGKILL to this process after so many statements, rows of a COPY and commits."""
    numbers = itertools.count(1)

    def counted(operation: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(operation)
        def do(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - psycopg's
            done = operation(*given, **named)
            if next(numbers) == operations:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        return do

    for kind, name in (("Cursor", "execute"), ("Copy", "write_row"), ("Connection", "commit")):
        of_psycopg = getattr(psycopg, kind)
        setattr(of_psycopg, name, counted(getattr(of_psycopg, name)))
