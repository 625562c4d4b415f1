"""Runs contenders in turn, each on a database of its own, and keeps what it measured."""

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


@dataclass(frozen=True)
class Measurement:
    """One run, or the medians of several: `seconds` from the first request to the last commit.

    `whole` has the starts and ends of processes too, `landed` ends with the loader (0 where there
    is none of that name); `peaks` are megabytes by process.
    """

    rows: int
    seconds: float
    whole: float
    calls: int
    peaks: Mapping[str, float]
    encoded: int = 0  # pages that the org had not made for an earlier run
    landed: float = 0

    @property
    def rate(self) -> float:
        """Rows a second, from the first request to the last commit."""
        return self.rows / self.seconds


@dataclass(frozen=True)
class Entry:
    """A contender on an org, with the database that its own are copies of."""

    contender: Contender
    org: Org
    template: str


class Bench:
    """One PostgreSQL and one folder for every run."""

    def __init__(self, postgres: Postgres, folder: Path) -> None:
        self.postgres, self._folder = postgres, folder

    def template(self, org: Org) -> str:
        """A database with the parents of an org; gives its URL."""
        url = self.postgres.create()
        org.fill(url)
        return url

    def medians(self, entries: Sequence[Entry], runs: int) -> dict[str, Measurement]:
        """Run all of them in turn, so many times: what the machine does meanwhile hits all."""
        measured: dict[str, list[Measurement]] = {e.contender.name: [] for e in entries}
        for number in range(1, runs + 1):
            for entry in entries:
                found = self.measure(entry)
                measured[entry.contender.name].append(found)
                say(
                    f"  run {number} of {runs}, {entry.contender.name}: {found.rate:,.0f} rows/s, "
                    f"{found.encoded} of {found.calls} pages encoded anew"
                )
        return {name: combined(found) for name, found in measured.items()}

    def measure(self, entry: Entry) -> Measurement:
        """Run one contender once, and check what it left; its database goes."""
        url = self.postgres.copy(entry.template)
        with self.site(entry.org, url) as site:
            measured = self.load(entry.contender, site)
            self.check(entry.contender, site)
        self.postgres.drop(url)
        return measured

    def load(self, contender: Contender, site: Site) -> Measurement:
        """Run one contender in a place that is there already."""
        site.org.forget()
        began = time.time()
        ended = contender.run(site)
        whole = time.time() - began
        seen = site.org.seen()
        if contender.check is Check.EXACT and seen["violations"]:
            raise BenchError(f"{contender.name} is not read-only: {seen['violations'][0]}")
        landed = next((process.at for process in ended if process.name == "loader"), seen["first"])
        return Measurement(
            site.org.rows,
            self.postgres.committed(site.url, contender.result) - seen["first"],
            whole,
            seen["calls"],
            {process.name: process.peak_mb for process in ended},
            seen["encoded"],
            landed - seen["first"],
        )

    def site(self, org: Org, url: str) -> _Site:
        """A folder of a run's own, which goes with it."""
        return _Site(Site(org, url, self._folder / "run"))

    def check(self, contender: Contender, site: Site) -> None:
        """Hold what a run left against the org; BenchError where it differs."""
        if contender.check is Check.COUNTED:
            found = self.postgres.count(site.url, contender.result)
            wrong = None if found == site.org.rows else f"{found:,} rows of {site.org.rows:,}"
        else:
            deleted = contender.check is Check.EXACT
            wrong = site.org.difference(site.url, deleted=deleted)
        if wrong:
            raise BenchError(f"{contender.name} left other rows than the org has: {wrong}")


class _Site:
    """A site whose folder exists inside its `with` only."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __enter__(self) -> Site:
        shutil.rmtree(self._site.folder, ignore_errors=True)
        self._site.folder.mkdir(parents=True)
        return self._site

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            shutil.rmtree(self._site.folder)


def combined(runs: Iterable[Measurement]) -> Measurement:
    """Medians of the times, the worst of the rest."""
    found = list(runs)
    names = dict.fromkeys(name for run in found for name in run.peaks)
    return Measurement(
        found[0].rows,
        median(run.seconds for run in found),
        median(run.whole for run in found),
        max(run.calls for run in found),
        {name: max(run.peaks.get(name, 0) for run in found) for name in names},
        landed=median(run.landed for run in found),
    )


def say(line: str) -> None:
    """One line of progress, at once."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
