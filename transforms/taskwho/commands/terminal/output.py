"""Lines on the terminal. Where nobody takes them, closed or full, the run goes on."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, Any

import click

from taskwho.report.inert_text import visible


def say(text: str, *, err: bool = False) -> None:
    """Text on standard output, or on standard error; no character of it works on the terminal."""
    write(visible(text), err=err)


def write(text: str, *, err: bool = False) -> None:
    """Text that is inert, but for the colours that we gave it."""
    try:
        click.echo(text, err=err, color=True)
    except OSError:
        _silence(sys.stderr if err else sys.stdout)


def flush() -> None:
    """Let nothing be left for the interpreter's end, which would complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            _silence(stream)


def fill_closed_descriptors() -> None:
    """Give a closed standard stream a place, so that no file of ours takes its number."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


class Forgiving:
    """A terminal for a library that writes by itself: where it is gone, nothing is written."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the stream's
        """Everything else is the stream's own."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, if that is possible."""
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if that is possible."""
        with contextlib.suppress(OSError):
            self._stream.flush()


def _silence(stream: IO[str]) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
