"""Which streams one tap and one loader read together, and the id of their state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from taskwho.model import entities
from taskwho.model.entities import DELETES, JOURNAL, RELATIONS
from taskwho.model.errors import Misconfigured
from taskwho.model.errors.running import UNKNOWN_STREAM

if TYPE_CHECKING:
    from collections.abc import Collection

    from taskwho.model.progress import Stage

PARENTS = tuple(parent.stream for parent in entities.PARENTS)
STREAMS = (*PARENTS, RELATIONS.stream, DELETES)
# The names of the plugins in meltano.yml, of which Meltano makes the state ids: so `meltano run`
# and `taskwho sync` share their bookmarks (meltano.core.block.extract_load.generate_state_id).
_RELATIONS_TAP = "tap-salesforce-taskwho"
_PARENTS_TAP = "tap-salesforce-taskwho-parents"
_LOADER = "target-postgres"


@dataclass(frozen=True, slots=True)
class Pair:
    """One tap and one loader; `stage` names what they read, in progress and log."""

    stage: Stage
    tap: str
    streams: tuple[str, ...]

    def state_id(self, environment: str) -> str:
        """The id under which the state is kept, as Meltano makes it."""
        return f"{environment}:{self.tap}-to-{_LOADER}"

    @property
    def counted(self) -> int:
        """How many of the streams Salesforce counts before they are read; not a list of deletes."""
        return len(set(self.streams) - {DELETES})

    @property
    def selected(self) -> tuple[str, ...]:
        """The streams of its catalog: the tap's journal is one of them."""
        return (*self.streams, JOURNAL)


def pairs(streams: Collection[str], *, parents: bool) -> list[Pair]:
    """The pairs to run, parents first; without any streams, those of the job `sync`.

    Raises Misconfigured for a stream that does not exist.
    """
    for name in streams:
        if name not in STREAMS:
            raise Misconfigured(UNKNOWN_STREAM, name=name, known=", ".join(STREAMS))
    wanted = set(streams or [RELATIONS.stream]) | set(PARENTS if parents else ())
    above = tuple(name for name in PARENTS if name in wanted)
    below = tuple(name for name in STREAMS if name in wanted and name not in PARENTS)
    found = [Pair("parents", _PARENTS_TAP, above), Pair("relations", _RELATIONS_TAP, below)]
    return [pair for pair in found if pair.streams]
