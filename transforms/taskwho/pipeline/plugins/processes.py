"""A tap and a loader as two child processes, joined by a pipe."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import selectors
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Literal, Self

from taskwho.model.errors import Misconfigured
from taskwho.model.errors.running import PLUGINS_MISSING
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
    """What a child is started with: its arguments, and all of its environment."""

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

    They are in sessions of their own, so that a terminal's Ctrl-C passes them by: their parent says
    when they stop. `folder` is the run's, whose settings they remove where their parent dies.
    """

    def __init__(self, folder: Path, tap: Program, loader: Program) -> None:
        self.killed = False
        self.ended: list[Source] = []
        self._asked = False
        read_end, self._alive = os.pipe()
        try:
            self.tap = _start("tap", tap, folder, read_end, subprocess.DEVNULL)
            with _pipe(self.tap.stdout) as messages:
                self.loader = _start("loader", loader, folder, read_end, messages)
        except BaseException:
            os.close(self._alive)  # whoever was started ends by it
            raise
        finally:
            os.close(read_end)

    def __enter__(self) -> Self:
        """Nothing: they run already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for both; where something went wrong here, they are killed first."""
        self.kill()
        for process in (self.tap, self.loader):
            process.wait()
        for pipe in (self.tap.stderr, self.loader.stderr, self.loader.stdout):
            _pipe(pipe).close()
        os.close(self._alive)

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

    def kill(self) -> None:
        """End both at once; the next run goes on from the last state."""
        for process in (self.tap, self.loader):
            if process.poll() is None:
                self.killed = True
                with contextlib.suppress(ProcessLookupError):
                    process.kill()


def run_alone(name: Literal["tap", "loader"], program: Program, folder: Path) -> tuple[int, str]:
    """Run one child to its end; its exit code and its log."""
    read_end, write_end = os.pipe()
    try:
        nothing = subprocess.DEVNULL
        with _start(name, program, folder, read_end, nothing, stdout=nothing) as process:
            log = _pipe(process.stderr).read()
        return process.returncode, log.decode("utf-8", "replace")
    finally:
        os.close(read_end)
        os.close(write_end)


def _start(  # noqa: PLR0913 - one process
    name: str,
    program: Program,
    folder: Path,
    alive: int,
    stdin: IO[bytes] | int,
    *,
    stdout: int = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    # -P: nothing is imported from the folder that somebody happens to stand in
    words = [sys.executable, "-P", "-m", "taskwho.pipeline.plugins.child"]
    return subprocess.Popen(  # noqa: S603 - an argument list, no shell
        [*words, name, str(alive), str(folder), *program.arguments],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        bufsize=0,
        env=dict(program.environment),
        pass_fds=[alive],
        start_new_session=True,
    )


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:  # never: all three are asked for
        raise AssertionError
    return pipe
