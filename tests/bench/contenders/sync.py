"""The same through `taskwho sync`, in an empty folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.contenders.contender import RESULT, Check, Site
from tests.bench.system.processes import Ended, Process
from tests.support.checkout import BIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.bench.contenders.pair import Setup


class Sync:
    """One command for everything, without Meltano."""

    name = "pair by taskwho sync"
    result = RESULT
    check = Check.EXACT

    def __init__(self, setup: Setup, variables: Mapping[str, str] | None = None) -> None:
        self._variables = variables or {}
        self.in_flight = int(setup.tap["concurrency"])
        self.note = "`taskwho sync` in an empty folder, settings in the environment"

    def run(self, site: Site) -> list[Ended]:
        """Run the command."""
        variables = {**self._variables, "DATABASE_URL": site.url}
        for name, value in site.org.settings().items():
            variables[f"TAP_SALESFORCE_TASKWHO_{name.upper()}"] = str(value)
        return [Process("sync", [BIN / "taskwho", "sync"], site.folder, variables).wait()]
