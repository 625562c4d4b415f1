"""A tap and a loader as two child processes, joined by a pipe."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import selectors
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Literal, Self

from taskwho.model.errors import Misconfigured
from taskwho.model.errors.running import PLUGINS_MISSING
from taskwho.model.exit_codes import ExitCode
from taskwho.pipeline.plugins import environment
from taskwho.pipeline.plugins.child import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

Source = Literal["tap", "loader", "state"]
_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 20
_POLL_SECONDS = 0.2


def check_installed() -> None:
    """Raise Misconfigured where the tap or the loader is missing; neither is imported here."""
    for module in MODULES.values():
        package = module.partition(".")[0]
        if importlib.util.find_spec(package) is None:
            raise Misconfigured(PLUGINS_MISSING, name=package.replace("_", "-"))


@dataclass(frozen=True, slots=True)
class Line:
    """One line that came out of a child: of its log, or a STATE that the loader passed on."""

    source: Source
    text: str


@dataclass(frozen=True, slots=True)
class Program:
    """What a child does: its arguments, and its environment beside what every child gets."""

    arguments: Sequence[str]
    environment: Mapping[str, str]


@dataclass(slots=True)
class _Stream:
    """What is read of one pipe; `rest` is a line that has not ended yet."""

    source: Source
    pipe: IO[bytes]
    rest: bytes = b""

    def read(self) -> list[Line] | None:
        """The lines that have come, None at the end."""
        chunk = os.read(self.pipe.fileno(), _CHUNK)
        *whole, self.rest = (self.rest + chunk).split(b"\n")
        if self.rest and (not chunk or len(self.rest) > _LONGEST_LINE):
            whole, self.rest = [*whole, self.rest], b""
        lines = [Line(self.source, line.decode("utf-8", "replace")) for line in whole]
        return lines if chunk or lines else None


class Children:
    """Both processes, started on creation; a context manager that leaves neither behind.

    They import what they need until they are told what to do. They are in sessions of their own, so
    that a terminal's Ctrl-C passes them by: their parent says when they stop.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.killed = False
        self.ended: list[Source] = []
        self._asked = False
        self.tap, self._tap_order = _start("tap", variables, subprocess.DEVNULL)
        with _pipe(self.tap.stdout) as messages:
            try:
                self.loader, self._loader_order = _start("loader", variables, messages)
            except BaseException:
                self._tap_order.close()  # the tap ends by it
                raise

    def begin(self, folder: Path, tap: Program, loader: Program) -> None:
        """Let them run. `folder` is the run's; they remove its settings where their parent dies."""
        _send(self._tap_order, folder, tap)
        _send(self._loader_order, folder, loader)

    def __enter__(self) -> Self:
        """Nothing: they are there already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for both; where something went wrong here, they are killed first. Twice is fine."""
        self.kill()
        for process in (self.tap, self.loader):
            process.wait()
        for pipe in (self.tap.stderr, self.loader.stderr, self.loader.stdout):
            _pipe(pipe).close()
        self._tap_order.close()
        self._loader_order.close()

    def lines(self) -> Iterator[Line | None]:
        """Every line as it comes, None where none has come for a moment; until both have ended."""
        with selectors.DefaultSelector() as selector:
            for stream in (
                _Stream("tap", _pipe(self.tap.stderr)),
                _Stream("loader", _pipe(self.loader.stderr)),
                _Stream("state", _pipe(self.loader.stdout)),
            ):
                selector.register(stream.pipe, selectors.EVENT_READ, stream)
            while selector.get_map():
                ready = selector.select(_POLL_SECONDS)
                for key, _ in ready:
                    lines = key.data.read()
                    if lines is None:
                        selector.unregister(key.fileobj)
                        self.ended.append(key.data.source)
                    yield from lines or []
                yield None
        for process in (self.tap, self.loader):
            process.wait()

    def stop(self) -> None:
        """Let the tap stop between two pages; the loader then loads what it was given."""
        if not self._asked:
            self._asked = True
            self.tap.send_signal(signal.SIGINT)

    @property
    def tap_code(self) -> int:
        """The exit code of a tap that has ended; negative where a signal ended it.

        A stop is a stop also where the interpreter, at its end, has given SIGINT back.
        """
        code = int(self.tap.returncode)
        return ExitCode.STOPPED if self._asked and code == -signal.SIGINT else code

    def kill(self) -> None:
        """End both at once; the next run goes on from the last state."""
        for process in (self.tap, self.loader):
            if process.poll() is None:
                self.killed = True
                with contextlib.suppress(ProcessLookupError):
                    process.kill()


def run_alone(
    name: Literal["tap", "loader"], program: Program, folder: Path, variables: Mapping[str, str]
) -> tuple[int, str]:
    """Run one child to its end; its exit code and its log."""
    nothing = subprocess.DEVNULL
    process, order = _start(name, variables, nothing, stdout=nothing)
    with process, order:
        _send(order, folder, program)
        log = _pipe(process.stderr).read()
    return process.returncode, log.decode("utf-8", "replace")


def _start(
    name: str,
    variables: Mapping[str, str],
    stdin: IO[bytes] | int,
    *,
    stdout: int = subprocess.PIPE,
) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """A child, and the pipe to it."""
    # -P: nothing is imported from the folder that somebody happens to stand in
    words = [sys.executable, "-P", "-m", "taskwho.pipeline.plugins.child"]
    read_end, write_end = os.pipe()
    order = os.fdopen(write_end, "wb", buffering=0)
    # a child has this thread's mask: a stop waits until it has a handler
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process = subprocess.Popen(  # noqa: S603 - an argument list, no shell
            [*words, name, str(read_end)],
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=environment.base(variables),
            pass_fds=[read_end],
            start_new_session=True,
        )
    except BaseException:
        order.close()
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        os.close(read_end)
    return process, order


def _send(order: IO[bytes], folder: Path, program: Program) -> None:
    """Tell a child what to do. One that has ended already is seen by its exit code."""
    told = {
        "folder": str(folder),
        "arguments": list(program.arguments),
        "environment": dict(program.environment),
    }
    with contextlib.suppress(BrokenPipeError):
        order.write(json.dumps(told).encode() + b"\n")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:  # never: all three are asked for
        raise AssertionError
    return pipe
