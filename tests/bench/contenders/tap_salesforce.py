"""What a user would pick today: tap-salesforce and target-postgres, with their defaults."""

from __future__ import annotations

import json
import subprocess
from typing import IO, TYPE_CHECKING, Any

from tests.bench.contenders.contender import Check
from tests.bench.system.installs import install
from tests.bench.system.processes import Ended, Process, pipe
from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.contenders.contender import Site

TAP, TARGET = "tap-salesforce==2.8.1", "meltanolabs-target-postgres==0.8.1"
LAUNCHER = ROOT / "tests" / "bench" / "programs" / "tap_salesforce_login.py"
STREAM = "TaskWhoRelation"


class TapSalesforce:
    """Two virtual environments, one pipe, no foreign keys."""

    name = "tap-salesforce with target-postgres"
    note = (
        f"{TAP} (singer-io's, api_type REST) | {TARGET}, both with their defaults; a launcher "
        "sends the tap's login, whose host is hard-coded, to the org; discovery is not timed; no "
        "promotion, no foreign keys"
    )
    result = f"melty.{STREAM}"  # the schema that target-postgres has by default
    check = Check.COUNTED
    in_flight = 1

    def __init__(self) -> None:
        self._tap = install("tap-salesforce", TAP)
        self._target = install("target-postgres", TARGET)
        self._catalog_found: dict[str, Any] = {}

    def run(self, site: Site) -> list[Ended]:
        """Load the object."""
        config = site.write("tap.json", _settings(site))
        url = site.url.replace("postgresql://", "postgresql+psycopg://", 1)
        target = site.write("target.json", {"sqlalchemy_url": url})
        words = ["--config", config, "--properties", self._catalog(site, config)]
        tap = self._start(site, *words, stdout=subprocess.PIPE)
        source = tap.process.stdout
        command = [self._target / "target-postgres", "--config", target]
        loader = Process("loader", command, site.folder, stdin=source)
        if source is not None:
            source.close()  # the loader has its own copy
        return pipe(tap, loader)

    def _start(self, site: Site, *words: object, stdout: IO[bytes] | int) -> Process:
        command = [self._tap / "python", LAUNCHER, *words]
        return Process("tap", command, site.folder, {"LOGIN_URL": site.org.url}, stdout=stdout)

    def _catalog(self, site: Site, config: Path) -> Path:
        """Discover once, and select the object with all of its fields."""
        if not self._catalog_found:
            found = site.folder / "discovered.json"
            with found.open("wb") as file:
                self._start(site, "--config", config, "--discover", stdout=file).wait()
            streams = json.loads(found.read_text("utf-8"))["streams"]
            [stream] = [stream for stream in streams if stream["stream"] == STREAM]
            _select(stream)
            self._catalog_found = {"streams": [stream]}
            site.org.forget()
        return site.write("catalog.json", self._catalog_found)


def _select(stream: dict[str, Any]) -> None:
    for part in stream["metadata"]:
        part["metadata"]["selected"] = True
        if not part["breadcrumb"]:
            part["metadata"]["replication-method"] = "INCREMENTAL"
            part["metadata"]["replication-key"] = "SystemModstamp"


def _settings(site: Site) -> dict[str, Any]:
    kept = ("client_id", "client_secret", "refresh_token")
    secrets = {name: value for name, value in site.org.refresh().items() if name in kept}
    return {**secrets, "start_date": "2000-01-01T00:00:00Z", "api_type": "REST"}
