"""This pair with its promotion as `meltano.yml` has it: prepare, tap | loader, post-load."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

from tests.bench.contenders.contender import RESULT, Check, Site
from tests.bench.system.processes import Ended, Process, pipe
from tests.support.checkout import BIN
from tests.support.meltano_project import Project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.bench.org.client import Org

TAP, LOADER = "tap-salesforce-taskwho", "target-postgres"


class Setup:
    """The catalog and the settings that Meltano gives to tap and loader."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        project = Project(folder, DATABASE_URL="postgresql://here/nothing")
        self.catalog = _dumped(project, "catalog", TAP)
        self.tap = _dumped(project, "config", TAP)
        self.loader = _dumped(project, "config", LOADER)

    def of_tap(self, org: Org, concurrency: int | None) -> dict[str, Any]:
        """The tap's settings for an org; None keeps the default pages in flight."""
        given = {} if concurrency is None else {"concurrency": concurrency}
        return {**self.tap, **org.settings(), **given}


class Pair:
    """The processes, one after the other but tap and loader."""

    result = RESULT
    check = Check.EXACT

    def __init__(
        self,
        setup: Setup,
        concurrency: int | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self._setup, self._concurrency, self._variables = setup, concurrency, variables or {}
        self.in_flight = int(concurrency or setup.tap["concurrency"])
        self.name = "pair" if concurrency is None else f"pair, {concurrency} in flight"
        self.note = (
            "taskwho prepare, tap-salesforce-taskwho | target-postgres-taskwho, taskwho post-load, "
            f"with what meltano.yml sets (BATCH files); {self.in_flight} pages in flight"
        )

    def run(self, site: Site, state: Path | None = None) -> list[Ended]:
        """Prepare, load, then promote."""
        prepared = self._taskwho(site, "prepare")
        config = site.write("tap.json", self._setup.of_tap(site.org, self._concurrency))
        catalog = site.write("catalog.json", self._setup.catalog)
        loader = site.write("loader.json", {**self._setup.loader, "sqlalchemy_url": site.url})
        words = [BIN / TAP, "--config", config, "--catalog", catalog]
        words += ["--state", state] if state else []
        tap = Process("tap", words, site.folder, stdout=subprocess.PIPE)
        with (site.folder / "states.jsonl").open("wb") as states:
            command = [BIN / "target-postgres-taskwho", "--config", loader]
            source = tap.process.stdout
            target = Process("loader", command, site.folder, stdin=source, stdout=states)
        if source is not None:
            source.close()  # the loader has its own copy
        loaded = pipe(tap, target)
        return [prepared, *loaded, self.post_load(site)]

    def post_load(self, site: Site) -> Ended:
        """Promote what has landed."""
        return self._taskwho(site, "post-load")

    def _taskwho(self, site: Site, command: str) -> Ended:
        reports = str(site.folder / "reports")
        places = {"DATABASE_URL": site.url, "TASKWHO_REPORTS_DIR": reports}
        variables = {**self._variables, **places}
        return Process(command, [BIN / "taskwho", command], site.folder, variables).wait()


def last_state(folder: Path, target: Path) -> Path:
    """Write the last STATE of the run in a folder to a file, for the next run."""
    target.write_text((folder / "states.jsonl").read_text("utf-8").splitlines()[-1], "utf-8")
    return target


def _dumped(project: Project, what: str, plugin: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(project.stdout("invoke", f"--dump={what}", plugin))
    return found
