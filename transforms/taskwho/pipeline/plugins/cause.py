"""Which child caused a failure: the one that failed of itself."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taskwho.model.errors.running import CHILD_GAVE_NO_REASON, CHILD_WAS_KILLED
from taskwho.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.pipeline.plugins.log import Heard

# the code of the tap's problem where the program behind it no longer reads
LOADER_GONE = "loader-stopped"


@dataclass(frozen=True, slots=True)
class End:
    """How a child ended: its exit code, negative after a signal, and what it said last."""

    part: str
    code: int
    heard: Heard

    @property
    def is_good(self) -> bool:
        """Whether it did what it was asked to do."""
        return self.code == ExitCode.DONE

    @property
    def was_killed(self) -> bool:
        """Whether it had no say in its end."""
        return self.code < 0

    def message(self, log: Path) -> str | None:
        """Why it ended like this; None where all went well."""
        if self.is_good:
            return None
        if self.was_killed:
            name = signal.Signals(-self.code).name
            return CHILD_WAS_KILLED.message(part=self.part, name=name, log=log)
        if self.heard.error or self.code == ExitCode.STOPPED:
            return self.heard.error
        return CHILD_GAVE_NO_REASON.message(part=self.part, number=self.code, log=log)


def causes(tap: End, loader: End) -> list[End]:
    """The ends that count, the tap's first; none where both are good."""
    if not loader.is_good:
        if tap.heard.problem == LOADER_GONE:
            return [loader]
        if tap.was_killed:
            # the loader complains about a line that was cut off
            return [tap]
    return [end for end in (tap, loader) if not end.is_good]
