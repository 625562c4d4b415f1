"""The same through `meltano run sync`, in a copy of this project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.contenders.contender import RESULT, Check, Site
from tests.bench.system.peaks import Peaks
from tests.bench.system.processes import Ended, Process
from tests.support.meltano_project import Project

if TYPE_CHECKING:
    from tests.bench.contenders.pair import Setup

NAMES = {
    "tap-salesforce-taskwho": "tap",
    "target-postgres-taskwho": "loader",
    "taskwho": "post-load",
    "meltano": "meltano",
}


class Meltano:
    """One command for everything, with Meltano's own state and log."""

    name = "pair by meltano run"
    result = RESULT
    check = Check.EXACT

    def __init__(self, setup: Setup) -> None:
        self._project: Project | None = None
        self.in_flight = int(setup.tap["concurrency"])
        self.note = (
            "`meltano run sync` in a copy of this project; the peaks of its children are read 20 "
            "times a second"
        )

    def run(self, site: Site) -> list[Ended]:
        """Run the job, again in a project that is there already; a new site has none."""
        if self._project is None or not (site.folder / "meltano.yml").exists():
            self._project = Project(site.folder, DATABASE_URL=site.url)
        project = self._project
        settings = site.org.settings().items()
        for name, value in settings:
            project.variables[f"TAP_SALESFORCE_TASKWHO_{name.upper()}"] = str(value)
        with Peaks(NAMES) as watched:
            command = project.command("run", "sync")
            whole = Process("meltano", command, site.folder, project.variables).wait()
        return [whole, *(Ended(n, mb, 0) for n, mb in watched.peaks.items() if n != "meltano")]
