"""When a run has to stop: asked for between two pages, or at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event


@dataclass(frozen=True, slots=True)
class StopSwitch:
    """Two events that anybody may set, from any thread or signal handler.

    `gently`: the tap stops between two pages, and what it read is loaded. `at_once`: the children
    end where they are. Either way what landed is promoted and reported.
    """

    gently: Event = field(default_factory=Event)
    at_once: Event = field(default_factory=Event)

    @property
    def is_on(self) -> bool:
        """Whether the run is to stop, either way."""
        return self.gently.is_set() or self.at_once.is_set()
