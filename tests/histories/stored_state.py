"""The state as Meltano keeps it: a STATE a line, each kept at once."""

from __future__ import annotations

import copy
import json
from typing import Any

from meltano.core.utils import merge

State = dict[str, Any]


class StoredState:
    """What Meltano's `state` table holds of one job (meltano.core.state_store).

    A run's STATE replaces what is complete; those of a run with --full-refresh are merged into a
    part that is laid over it.
    """

    def __init__(self) -> None:
        self.complete: State = {}
        self.partial: State = {}

    def given(self) -> State:
        """What the next run's tap is given."""
        merged: State = merge(copy.deepcopy(self.partial), copy.deepcopy(self.complete))
        return merged

    def take(self, line: str, *, full_refresh: bool) -> None:
        """Keep a line of the loader's; one that is empty or no JSON changes nothing."""
        try:
            state = json.loads(line)
        except ValueError:
            return
        if not state:
            return
        if full_refresh:
            self.partial = merge(state, self.partial)
        else:
            self.complete, self.partial = state, {}
