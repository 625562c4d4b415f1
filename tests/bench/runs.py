"""Runs the contenders in turn, each on a new database, and measures them."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.contenders.contender import Check, Site
from tests.bench.errors import BenchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from tests.bench.contenders.contender import Contender
    from tests.bench.org.client import Org
    from tests.bench.system.postgres import Postgres
    from tests.bench.system.processes import Ended


# names of processes that end when their rows have landed
LANDS = ("loader", "worker")


@dataclass(frozen=True)
class Measurement:
    """One run, or the medians of several: `seconds` from the first request to the last commit.

    `whole` includes the starts and ends of the processes; `landed` ends with the last process that
    lands rows (0 where none has such a name); `peaks` are megabytes by process.
    """

    rows: int
    seconds: float
    whole: float
    calls: int
    peaks: Mapping[str, float]
    encoded: int = 0  # pages that the org encoded anew
    landed: float = 0
    runs: int = 1

    @property
    def rate(self) -> float:
        """Rows a second, from the first request to the last commit."""
        return self.rows / self.seconds


@dataclass(frozen=True)
class Entry:
    """A contender, its org, and the database that its runs get copies of."""

    contender: Contender
    org: Org
    template: str
    runs: int = 1


class Bench:
    """One PostgreSQL and one folder for all runs."""

    def __init__(self, postgres: Postgres, folder: Path) -> None:
        self.postgres, self._folder = postgres, folder

    def template(self, org: Org) -> str:
        """Make a database with the parents of an org; return its URL."""
        url = self.postgres.create()
        org.fill(url)
        return url

    def medians(self, entries: Sequence[Entry]) -> dict[str, Measurement]:
        """Run them in turn, each as often as it says: other load of the machine hits all alike."""
        measured: dict[str, list[Measurement]] = {e.contender.name: [] for e in entries}
        for number in range(1, max(entry.runs for entry in entries) + 1):
            for entry in (e for e in entries if number <= e.runs):
                found = self.measure(entry)
                measured[entry.contender.name].append(found)
                say(
                    f"  run {number} of {entry.runs}, {entry.contender.name}: "
                    f"{found.rate:,.0f} rows/s, {found.encoded} of {found.calls} pages encoded anew"
                )
        return {name: combined(found) for name, found in measured.items()}

    def measure(self, entry: Entry) -> Measurement:
        """Run one contender once on a new database, and check its rows."""
        url = self.postgres.copy(entry.template)
        with self.site(entry.org, url) as site:
            measured = self.load(entry.contender, site)
            self.check(entry.contender, site)
        self.postgres.drop(url)
        return measured

    def load(self, contender: Contender, site: Site) -> Measurement:
        """Run one contender on a site, and measure it."""
        site.org.forget()
        began = time.time()
        ended = contender.run(site)
        whole = time.time() - began
        seen = site.org.seen()
        if contender.check is Check.EXACT and seen["violations"]:
            raise BenchError(f"{contender.name} is not read-only: {seen['violations'][0]}")
        landed = max((p.at for p in ended if p.name in LANDS), default=seen["first"])
        return Measurement(
            site.org.rows,
            self.postgres.committed(site.url, contender.result) - seen["first"],
            whole,
            seen["calls"],
            largest_peaks(ended),
            seen["encoded"],
            landed - seen["first"],
        )

    def site(self, org: Org, url: str) -> _Site:
        """The site of one run: a context manager that makes and removes its folder."""
        return _Site(Site(org, url, self._folder / "run"))

    def check(self, contender: Contender, site: Site) -> None:
        """Compare the rows of a run with the org; raise BenchError where they differ."""
        if contender.check is Check.COUNTED:
            found = self.postgres.count(site.url, contender.result)
            wrong = None if found == site.org.rows else f"{found:,} rows of {site.org.rows:,}"
        else:
            deleted = contender.check is Check.EXACT
            wrong = site.org.difference(site.url, deleted=deleted)
        if wrong:
            raise BenchError(f"{contender.name} left other rows than the org has: {wrong}")


class _Site:
    """Makes a site's folder, and removes it unless the run failed."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __enter__(self) -> Site:
        shutil.rmtree(self._site.folder, ignore_errors=True)
        self._site.folder.mkdir(parents=True)
        return self._site

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            shutil.rmtree(self._site.folder)


def largest_peaks(ended: Iterable[Ended]) -> dict[str, float]:
    """The peak memory by the name of the process; the largest where several have one name."""
    peaks: dict[str, float] = {}
    for process in ended:
        peaks[process.name] = max(peaks.get(process.name, 0), process.peak_mb)
    return peaks


def combined(runs: Iterable[Measurement]) -> Measurement:
    """Combine runs: medians of the times, the worst of the rest."""
    found = list(runs)
    names = dict.fromkeys(name for run in found for name in run.peaks)
    return Measurement(
        found[0].rows,
        median(run.seconds for run in found),
        median(run.whole for run in found),
        max(run.calls for run in found),
        {name: max(run.peaks.get(name, 0) for run in found) for name in names},
        landed=median(run.landed for run in found),
        runs=len(found),
    )


def say(line: str) -> None:
    """Write one line of progress at once."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
