"""The project's commands as processes of their own, forked from one that has imported them.

To import a command takes a second, to fork it a few milliseconds. The child runs the command's own
`main`, with its arguments, environment, pipes and exit code.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import multiprocessing
import os
import random
import sys
import threading
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext
    from multiprocessing.process import BaseProcess

COMMANDS = ("tap-salesforce-taskwho", "target-postgres-taskwho", "taskwho")
# imported by a command when it first needs them; imported here before the forks
LATE = ("taskwho.pipeline.promote_and_report", "sqlalchemy.dialects.postgresql.psycopg")
STDIN, STDOUT, STDERR = 0, 1, 2
_starting = threading.Lock()


@dataclass(frozen=True)
class Command:
    """A command to run in a folder; its standard error is appended to its log."""

    name: str
    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str]

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
    modules = [__name__, *(_module_and_function(name)[0] for name in COMMANDS), *LATE]
    # the fork server passes over a module that it cannot import, and every child imports it again
    assert all(map(find_spec, modules))
    made.set_forkserver_preload(modules)
    return made


def start(
    command: Command,
    stdin: Connection | Path | None = None,
    stdout: Connection | Path | None = None,
    before: Callable[[], object] | None = None,
) -> BaseProcess:
    """Start a command; this process closes the ends of pipes that it passes on.

    Without `stdout` the log gets the output. The child calls `before` just before the command.
    """
    process = context().Process(target=_become, args=(command, stdin, stdout, before), daemon=True)
    with _without_main():
        process.start()
    for end in (stdin, stdout):
        if end is not None and not isinstance(end, Path):
            end.close()
    return process


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


def _become(
    command: Command,
    stdin: Connection | Path | None,
    stdout: Connection | Path | None,
    before: Callable[[], object] | None,
) -> None:
    os.chdir(command.folder)
    os.environ.clear()
    os.environ.update(command.environment)
    appending = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    os.dup2(os.open(command.log, appending, 0o600), STDERR)
    os.dup2(_descriptor(stdin or Path(os.devnull), os.O_RDONLY), STDIN)
    os.dup2(_descriptor(stdout, appending) if stdout else STDERR, STDOUT)
    for end in (stdin, stdout):
        if end is not None and not isinstance(end, Path):
            end.close()
    random.seed()
    sys.argv = [command.name, *command.arguments]
    module, function = _module_and_function(command.name)
    main = getattr(importlib.import_module(module), function)
    if before is not None:
        before()
    main()


def _descriptor(end: Connection | Path, flags: int) -> int:
    return os.open(end, flags, 0o600) if isinstance(end, Path) else end.fileno()


@functools.cache
def _module_and_function(command: str) -> tuple[str, str]:
    [script] = entry_points(group="console_scripts", name=command)
    return script.module, script.attr
