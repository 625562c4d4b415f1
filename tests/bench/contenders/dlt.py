"""What a user could pick instead: dlt with simple-salesforce."""

from __future__ import annotations

from tests.bench.contenders.contender import Check, Site
from tests.bench.system.installs import install
from tests.bench.system.processes import Ended, Process
from tests.support.checkout import ROOT

PACKAGES = ("dlt[postgres]==1.31.0", "simple-salesforce==1.12.10")
PROGRAM = ROOT / "tests" / "bench" / "programs" / "dlt_merge.py"


class Dlt:
    """One process in a virtual environment of its own."""

    name = "dlt with simple-salesforce"
    note = (
        f"{' and '.join(PACKAGES)}: query_all_iter, write_disposition merge on Id, defaults "
        "otherwise; no foreign keys"
    )
    result = "salesforce.task_who_relation"
    check = Check.COUNTED
    in_flight = 1

    def __init__(self) -> None:
        self._bin = install("dlt", *PACKAGES)

    def run(self, site: Site) -> list[Ended]:
        """Run the pipeline."""
        file = site.write("dlt.json", {**site.org.token(), "url": site.url})
        quiet = {"RUNTIME__DLTHUB_TELEMETRY": "false", "HOME": str(site.folder)}
        return [Process("dlt", [self._bin / "python", PROGRAM, file], site.folder, quiet).wait()]
