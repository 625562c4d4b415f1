"""The scenarios: their orgs, and the contenders that read each of them."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from psycopg import sql

from tests.bench.contenders.contender import Site
from tests.bench.contenders.dlt import Dlt
from tests.bench.contenders.limit import Limit
from tests.bench.contenders.meltano import Meltano
from tests.bench.contenders.pair import Pair, Setup, last_state
from tests.bench.contenders.seed_method import SeedMethod
from tests.bench.contenders.shards import Shards
from tests.bench.contenders.sync import Sync
from tests.bench.contenders.tap_salesforce import TapSalesforce
from tests.bench.errors import BenchError
from tests.bench.org.client import Org
from tests.bench.runs import Bench, Entry, Measurement, say
from tests.support.postgresql import query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.bench.contenders.contender import Contender
    from tests.bench.options import Options

# after the tap's lag, within its look-back
SECONDS_LATER = 3600
# rows that look like a stored one, but for a value that is no time
LAND_INVALID = """
insert into taskwho.task_who_relations (
    "Id", "IsDeleted", "Type", "RelationId", "TaskId", "CreatedById", "LastModifiedById",
    "CreatedDate", "LastModifiedDate", "SystemModstamp"
)
select
    '0RT' || lpad(number::text, 15, '0'), 'false', type, relation_id, task_id, created_by_id,
    last_modified_by_id, 'no time', '2024-05-01T08:00:00.000Z', '2024-05-01T08:00:00.000Z'
from (select * from sf_taskwhorelations limit 1) as stored
cross join generate_series(1, %s) as number
"""
COUNT_WAITING = "select count(*) from taskwho.quarantine"
COUNT_INVALID = "select count(*) from taskwho.quarantine where reasons = '{invalid_value}'"
# so that post-load ends with 0 however many rows wait
IN_ANY_HEALTH = {"TASKWHO_FAIL_BELOW": "0"}
# a table that is known to have held rows would have been lost, and its run a failure
EMPTY = sql.SQL("truncate sf_taskwhorelations, taskwho.quarantine, taskwho.result_tables")


@dataclass(frozen=True)
class Small:
    """A run with a few changed rows: API calls of the tap, seconds of the process post-load."""

    calls: int
    seconds: float


@dataclass
class Results:
    """All measurements, by scenario and contender."""

    measured: dict[str, dict[str, Measurement]] = field(default_factory=dict)
    small: dict[str, Small] = field(default_factory=dict)
    # seconds of a run that finds nothing new, by contender
    idle: dict[str, float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    in_flight: dict[str, int] = field(default_factory=dict)
    # seconds of a run that finds nothing new, by the number of invalid rows that wait
    waiting: dict[int, float] = field(default_factory=dict)


class Scenarios:
    """Runs the chosen scenarios, one after the other."""

    def __init__(self, bench: Bench, options: Options, folder: Path) -> None:
        self.bench, self.options = bench, options
        self.setup = Setup(folder / "setup")
        self.folder = folder
        self.results = Results()

    def run(self) -> Results:
        """Run the scenarios."""
        for name in self.options.scenarios:
            say(f"{name}:")
            getattr(self, name)()
        return self.results

    def large(self) -> None:
        """All contenders without latency; slow ones read a smaller org."""
        options = self.options
        with ExitStack() as stack:
            fast = self._org(stack, options.large)
            slow = self._org(stack, options.slow_rows)
            medium = self._org(stack, options.dlt_rows)
            others: Sequence[tuple[str, Callable[[], Contender], tuple[Org, str]]] = (
                ("seed", SeedMethod, slow),
                ("tap-salesforce", TapSalesforce, slow),
                ("dlt", Dlt, medium),
            )
            found = (self._pair(), self._meltano(), Limit())
            entries = [self._entry(c, fast, Pair, Limit) for c in found if c]
            entries += [
                self._entry(c(), org) for name, c, org in others if name not in options.skip
            ]
            self._measure("large", entries, warm=True)

    def medium(self) -> None:
        """An org so small that the starts of processes count."""
        with ExitStack() as stack:
            org = self._org(stack, self.options.medium)
            found = (self._pair(), Sync(self.setup), self._meltano(), Limit())
            entries = [self._entry(c, org, Sync, Limit) for c in found if c]
            self._measure("medium", entries, warm=True)

    def idle(self) -> None:
        """Nothing new: what is left is the starts of processes."""
        contenders: list[Contender] = [c for c in (Sync(self.setup), self._meltano()) if c]
        with ExitStack() as stack:
            org, template = self._org(stack, self.options.idle_rows)
            sites: dict[str, Site] = {}
            for contender in contenders:
                self._note(contender)
                folder = self.folder / contender.name.replace(" ", "-")
                folder.mkdir()
                site = Site(org, self.bench.postgres.copy(template), folder)
                sites[contender.name] = site
                contender.run(site)
            self._idle(contenders, sites)

    def _idle(self, contenders: Sequence[Contender], sites: dict[str, Site]) -> None:
        times: dict[str, list[float]] = {contender.name: [] for contender in contenders}
        for number in range(1, self.options.runs + 1):
            for contender in contenders:
                [whole, *_] = contender.run(sites[contender.name])
                times[contender.name].append(whole.seconds)
                say(f"  run {number}, {contender.name}: {whole.seconds:.2f} s")
        self.results.idle = {name: median(found) for name, found in times.items()}

    def waiting(self) -> None:
        """Nothing new, while many invalid rows wait or none does."""
        sync, many = Sync(self.setup, IN_ANY_HEALTH), self.options.waiting_rows
        with ExitStack() as stack:
            org, loaded = self._org(stack, self.options.idle_rows)
            with self.bench.site(org, loaded) as site:
                sync.run(site)
                urls = {rows: self.bench.postgres.copy(loaded) for rows in (0, many)}
            query(urls[many], LAND_INVALID, many)
            self._waiting(sync, org, urls)

    def _waiting(self, sync: Sync, org: Org, urls: dict[int, str]) -> None:
        times: dict[int, list[float]] = {rows: [] for rows in urls}
        # the first run promotes what has landed
        for number in range(self.options.runs + 1):
            for rows, url in urls.items():
                with self.bench.site(org, url) as site:
                    [whole] = sync.run(site)
                if number:
                    times[rows].append(whole.seconds)
                    say(f"  run {number}, {rows:,} rows wait: {whole.seconds:.2f} s")
                elif query(url, COUNT_INVALID) != [(rows,)]:
                    raise BenchError(f"Not all of {rows:,} invalid rows wait.")
        self.results.waiting = {rows: median(found) for rows, found in times.items()}

    def latency(self) -> None:
        """An org with latency: pages in flight count."""
        options = self.options
        with ExitStack() as stack:
            org = self._org(stack, options.slow_org, options.latency_ms)
            contenders = (
                Pair(self.setup, 1),
                Pair(self.setup, options.in_flight),
                Limit(options.in_flight),
            )
            self._measure("latency", [self._entry(c, org) for c in contenders], warm=False)

    def shards(self) -> None:
        """An org with latency: workers that share it count, each with one page in flight."""
        options = self.options
        with ExitStack() as stack:
            org = self._org(stack, options.shared_org, options.latency_ms)
            # the second one finds pages that the org has encoded for the first one
            contenders = [Shards(workers) for workers in (options.workers, 1)]
            for contender in contenders:
                self._note(contender)
            entries = [Entry(contender, *org) for contender in contenders]
            self.results.measured["shards"] = self.bench.medians(entries)

    def huge(self) -> None:
        """Memory of a much larger load, then a run with a few changes."""
        pair = Pair(self.setup, variables=IN_ANY_HEALTH)
        with ExitStack() as stack:
            org, template = self._org(stack, self.options.huge)
            loaded = self.bench.postgres.copy(template)
            with self.bench.site(org, loaded) as site:
                self.results.measured["huge"] = {pair.name: self.bench.load(pair, site)}
                state = last_state(site.folder, self.folder / "state.json")
                self.bench.check(pair, site)
                self._let_wait(pair, site)
            self._note(pair)
            say(f"  {self.options.huge:,} rows loaded")
            emptied = self.bench.postgres.copy(loaded)
            query(emptied, EMPTY)
            org.change(self.options.changed, SECONDS_LATER)
            self._changes(pair, org, {"full": loaded, "empty": emptied}, state)

    def _let_wait(self, pair: Pair, site: Site) -> None:
        """Land as many invalid rows as are missing, so that the wanted number of rows waits."""
        wanted = self.options.huge_waiting
        [(waiting,)] = query(site.url, COUNT_WAITING)
        query(site.url, LAND_INVALID, max(0, wanted - waiting))
        pair.post_load(site)
        [(waiting,)] = query(site.url, COUNT_WAITING)
        if waiting < wanted:
            raise BenchError(f"Only {waiting:,} of {wanted:,} rows wait.")

    def _changes(self, pair: Pair, org: Org, bases: dict[str, str], state: Path) -> None:
        runs: dict[str, list[Small]] = {name: [] for name in bases}
        for number in range(1, self.options.runs + 1):
            for name, base in bases.items():
                url = self.bench.postgres.copy(base)
                with self.bench.site(org, url) as site:
                    org.forget()
                    post_load = pair.run(site, state)[-1]
                    runs[name].append(Small(site.org.seen()["calls"], post_load.seconds))
                    if base == bases["full"] and number == self.options.runs:
                        self.bench.check(pair, site)
                self.bench.postgres.drop(url)
            say(f"  run {number} of {self.options.runs}: {self.options.changed:,} changed rows")
        self.results.small = {
            name: Small(max(s.calls for s in found), median(s.seconds for s in found))
            for name, found in runs.items()
        }

    def _measure(self, scenario: str, entries: list[Entry], *, warm: bool) -> None:
        for entry in entries:
            self._note(entry.contender)
            if warm and self.options.runs > 1 and isinstance(entry.contender, Pair | Limit):
                self.bench.measure(entry)  # so that the org encodes its pages before
        self.results.measured[scenario] = self.bench.medians(entries)

    def _entry(
        self, contender: Contender, org: tuple[Org, str], *at_a_bound: type[Contender]
    ) -> Entry:
        """A contender's turns: more of them where a bound compares its time with the limit's.

        Those times lie close to their bounds, and other machines share this one's processors.
        Three turns are too few to tell whether a bound is kept.
        """
        is_at_bound = isinstance(contender, at_a_bound)
        return Entry(contender, *org, self.options.limit_runs if is_at_bound else self.options.runs)

    def _note(self, contender: Contender) -> None:
        self.results.notes[contender.name] = contender.note
        self.results.in_flight[contender.name] = contender.in_flight

    def _pair(self) -> Pair:
        return Pair(self.setup)

    def _meltano(self) -> Meltano | None:
        return None if "meltano" in self.options.skip else Meltano(self.setup)

    def _org(self, stack: ExitStack, rows: int, latency_ms: float = 0) -> tuple[Org, str]:
        """Start an org; return it with a database that holds its parents."""
        org = stack.enter_context(Org(rows, latency_ms))
        return org, self.bench.template(org)
