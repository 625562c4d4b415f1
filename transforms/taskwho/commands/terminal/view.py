"""Chooses what shows a run: a bar where a terminal can, lines elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from taskwho.commands.terminal.progress import Lines

if TYPE_CHECKING:
    from taskwho.commands.terminal.progress import View


def view_of(*, err: bool) -> View:
    """A bar where a terminal shows it, lines elsewhere."""
    stream = sys.stderr if err else sys.stdout
    if stream is not None and stream.isatty():
        from taskwho.commands.terminal.bar import Terminal

        return Terminal(err=err)
    return Lines(err=err)
