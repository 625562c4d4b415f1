"""Lines on the terminal. Where nobody takes them, closed or full, the run goes on."""

from __future__ import annotations

import os
import sys
from typing import IO

import click


def say(line: str, *, err: bool = False) -> None:
    """One line on standard output, or on standard error."""
    try:
        click.echo(line, err=err)
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


def _silence(stream: IO[str]) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
