"""The limit: a loop that does the least possible work."""

from __future__ import annotations

import sys

from tests.bench.contenders.contender import RESULT, Check, Site
from tests.bench.system.processes import Ended, Process
from tests.support.checkout import ROOT

PAGE = 2_000


class Limit:
    """A bare loop of requests, COPY and one set of statements."""

    result = RESULT
    check = Check.EXACT

    def __init__(self, in_flight: int = 1) -> None:
        self.in_flight = in_flight
        self.name = "limit" if in_flight == 1 else f"limit, {in_flight} in flight"
        self.note = (
            "a bare loop: http.client, msgspec, one COPY into a typed staging table, one insert "
            "and the keys after it; it knows the last Id of every page, so no request is in vain; "
            f"{in_flight} in flight"
        )

    def run(self, site: Site) -> list[Ended]:
        """Run the loop."""
        settings = {
            **site.org.token(),
            "url": site.url,
            "borders": site.org.borders(PAGE),
            "in_flight": self.in_flight,
        }
        words = [sys.executable, "-m", "tests.bench.programs.limit"]
        file = site.write("limit.json", settings)
        return [Process("limit", [*words, file], site.folder, {"PYTHONPATH": str(ROOT)}).wait()]
