"""Chooses what shows a run: a bar where a terminal can, lines elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.commands.terminal.look import is_dumb, is_terminal
from taskwho.commands.terminal.progress import Lines

if TYPE_CHECKING:
    from taskwho.commands.terminal.progress import View


def view_of(*, err: bool) -> View:
    """A bar where a terminal shows it, lines elsewhere."""
    if is_terminal(err=err) and not is_dumb():
        from taskwho.commands.terminal.bar import Terminal

        return Terminal(err=err)
    return Lines(err=err)
