"""The stop: somebody asks for it at any moment, and the tap obeys between two pages."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import Stopped
from tap_salesforce_taskwho.errors.state import STOPPED

if TYPE_CHECKING:
    from collections.abc import Iterator


class Stop:
    """Whether somebody asked to stop. Only the main thread calls its methods."""

    def __init__(self) -> None:
        self.is_asked = False
        self._is_waiting = False

    def ask(self) -> None:
        """Ask to stop; raises Stopped at once while the tap waits for an answer."""
        self.is_asked = True
        if self._is_waiting:
            self.check()

    def check(self) -> None:
        """Raise Stopped where somebody asked for it."""
        if self.is_asked:
            raise Stopped(STOPPED)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let a stop cut short what is done meanwhile: a request in flight is not waited for."""
        try:
            # set first: a signal between check and wait would not end the wait
            self._is_waiting = True
            self.check()
            yield
        finally:
            self._is_waiting = False
