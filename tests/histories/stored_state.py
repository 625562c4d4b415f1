"""The state of a job as Meltano stores it: each STATE line at once."""

from __future__ import annotations

import copy
import json
from typing import Any

from meltano.core.utils import merge

State = dict[str, Any]


class StoredState:
    """What Meltano's table `state` holds of one job (meltano.core.state_store).

    A STATE replaces the complete state. A STATE of a run with --full-refresh is merged into the
    partial state, which wins over the complete one.
    """

    def __init__(self) -> None:
        self.complete: State = {}
        self.partial: State = {}

    def given(self) -> State:
        """The state that the next run's tap gets."""
        merged: State = merge(copy.deepcopy(self.partial), copy.deepcopy(self.complete))
        return merged

    def store(self, line: str, *, full_refresh: bool) -> None:
        """Store a line of the loader's output, unless it is empty or no JSON."""
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
