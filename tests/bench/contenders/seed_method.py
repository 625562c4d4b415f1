"""The method of the seed, the service that this project replaces."""

from __future__ import annotations

import sys

from tests.bench.contenders.contender import RESULT, Check, Site
from tests.bench.system.processes import Ended, Process
from tests.support.checkout import ROOT


class SeedMethod:
    """Pages of 200, an upsert and a commit a row."""

    name = "seed's method"
    note = "pages of 200, one upsert and commit a row into a table with its four foreign keys"
    result = RESULT
    check = Check.LIVE
    in_flight = 1

    def run(self, site: Site) -> list[Ended]:
        """Run the loop."""
        file = site.write("seed.json", {**site.org.token(), "url": site.url})
        words = [sys.executable, "-m", "tests.bench.programs.seed_method", file]
        return [Process("seed", words, site.folder, {"PYTHONPATH": str(ROOT)}).wait()]
