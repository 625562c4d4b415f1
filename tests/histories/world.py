"""Lives through a history: an org, a reader's database, the pair and its promotions."""

from __future__ import annotations

import signal
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate

from tests.histories import judging, processes
from tests.histories.changes import change
from tests.histories.pair import Pair
from tests.histories.steps import SPOILING, VICTIMS, Change, History, Run
from tests.support.seed_tables import PARENTS, create_parents, fill_parents
from tests.support.tap_run import RELATIONS

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from tests.histories.kept_state import State
    from tests.histories.tally import Tally
    from tests.sandbox import Sandbox
    from tests.sandbox.api.requests import Request

LOOKBACK_SECONDS = 900
SECONDS_TO_PROMOTE = 40
KILLED = -signal.SIGKILL
QUIET = Run(
    mode="incremental",
    page_size=2_000,
    concurrency=4,
    batches=True,
    parents=False,
    full_refresh=False,
    limit=None,
    hours=1,
    faults=(),
    events=(),
    loader_dies_after=None,
    promotion="one",
    dies_after=0,
    sweep=False,
)


class World:
    """One org and one database, from the history's first step to the comparison after its last."""

    def __init__(
        self, history: History, org: Sandbox, url: str, folder: Path, tally: Tally
    ) -> None:
        self.history, self.org, self.url, self.folder, self.tally = history, org, url, folder, tally
        self.pair = Pair(folder, url)
        self.spoilt = False
        self.promotions: list[BaseProcess] = []
        org.faults.slow_seconds = 0.05
        with psycopg.connect(url) as connection:
            create_parents(connection)
            fill_parents(connection, org.parents())
        with connect(url) as connection:
            migrate(connection)

    def live(self) -> None:
        """Take every step, then be quiet, and compare."""
        for changes, run in self.history.steps:
            for made in changes:
                change(self.org, made)
                self.tally.counts["changes"] += 1
            self.run(run)
        self.be_quiet()

    def be_quiet(self) -> None:
        """Let nothing go wrong any more: what is stored must be what the org holds."""
        self.org.advance_clock(self.history.lag_seconds + 2)
        self.promote("one")
        if not self.spoilt:
            self.run_quietly("incremental")
            judging.compare(self.org, self.url, swept=False, gone=self.gone())
        if self.spoilt or self.gone():
            self.org.advance_clock(LOOKBACK_SECONDS + self.history.lag_seconds)
            self.run_quietly("full", sweep=True)
            judging.compare(self.org, self.url, swept=True, gone=self.gone())
        self.heal(len(self.org.withheld))
        self.run_quietly("incremental", parents=True)
        judging.compare(self.org, self.url, swept=bool(self.gone()), gone=self.gone())
        judging.compare_parents(self.org, self.url)
        judging.compare_reports(self.folder / "reports", self.url)

    def gone(self) -> set[str]:
        """Relations that no query shows any more."""
        return {key for key, _ in self.org.purged}

    def run_quietly(self, mode: str, *, sweep: bool = False, parents: bool = False) -> None:
        """Run without anything going wrong."""
        self.run(replace(QUIET, mode=mode, sweep=sweep, parents=parents))

    # runs

    def run(self, run: Run) -> None:
        """Load, with the parents first where they are wanted, and promote."""
        if run.parents:
            self.load("parents", run)
        self.load("relations", run)
        self.promote(run.promotion, sweep=run.sweep, dies_after=run.dies_after)

    def load(self, job: str, run: Run) -> None:
        """Run the pair amid faults and kills; check how it ended and what became of the state."""
        before = self.pair.states[job].given()
        self.go_wrong(run)
        seen = self.pair.run(
            job,
            self.settings(run),
            full_refresh=run.full_refresh,
            loader_dies_after=run.loader_dies_after,
        )
        self.org.faults.clear()
        self.finish_promotions()
        self.count()
        self.check_end(run)
        self.check_state(job, run, [before, *seen])

    def settings(self, run: Run) -> dict[str, object]:
        """The tap's settings."""
        end = self.org.now - timedelta(hours=run.hours / 2)
        start = self.org.now - timedelta(hours=run.hours)
        settings: dict[str, object] = {
            **self.org.settings(),
            "mode": run.mode,
            "page_size": run.page_size,
            "concurrency": run.concurrency,
            "lookback_seconds": LOOKBACK_SECONDS,
            "lag_seconds": self.history.lag_seconds,
            "days": run.hours,
        }
        if run.mode == "custom":
            settings |= {"start_date": start.isoformat(), "end_date": end.isoformat()}
        if run.limit is not None:
            settings["limit"] = run.limit
        if run.batches:
            settings["batch_config"] = {
                "encoding": {"format": "csv", "compression": "none"},
                "storage": {"root": str(self.folder / "batches")},
            }
        return settings

    def go_wrong(self, run: Run) -> None:
        """Prepare what is to go wrong: faults, and what else happens at the org's n-th query."""
        faults = self.org.faults
        faults.struck.clear()
        faults.add("reset", when=_Happening(self, run).at)  # the first, so that it sees all
        for fault in run.faults:
            if fault.kind.startswith("token:"):
                faults.add(fault.kind.partition(":")[2], nth=fault.nth, where=_logs_in)
            else:
                faults.add(fault.kind, nth=fault.nth)

    def happen(self, what: Change | str) -> None:
        """Let something happen amid a run, while the org answers a query."""
        if isinstance(what, Change):
            change(self.org, what)
            self.tally.counts["changes amid a run"] += 1
        elif what in VICTIMS:
            self.pair.kill(what)
        elif what == "promote":
            self.promotions.append(self.start_promotion())
        elif what == "expire":
            self.org.expire_tokens()
            self.tally.counts["token expiries"] += 1

    def count(self) -> None:
        """Add a run to the tally."""
        struck = self.org.faults.struck
        self.spoilt = self.spoilt or SPOILING in struck
        self.tally.counts["runs of the pair"] += 1
        self.tally.faults.update(struck)
        tap, loader = self.pair.codes
        self.tally.ends[str(tap)] += 1
        self.tally.kills["tap"] += tap == KILLED
        self.tally.kills["loader"] += loader == KILLED

    # what every run has to keep to

    def check_end(self, run: Run) -> None:
        """A tap ends with a code that its fate explains, and nobody shows a traceback."""
        tap, loader = self.pair.codes
        assert tap in run.exit_codes, f"the tap ended with {tap}: {self.last_words('tap')}"
        disturbed = run.loader_dies_after is not None or run.victims
        assert loader == 0 or disturbed, f"the loader ended with {loader}: {self.last_words('ta')}"
        for name in processes.MODULES:
            assert "Traceback" not in self.log(name), self.log(name)

    def check_state(self, job: str, run: Run, states: list[State]) -> None:
        """A bookmark never goes back; a run that keeps the state changes nothing of it."""
        marks = [self.bookmark(job, state) for state in states]
        if run.full_refresh:
            return
        assert marks == sorted(marks), f"the bookmark went back: {marks}"
        keeps = run.mode in {"recent", "custom"} or run.limit is not None
        if keeps and job == "relations":
            entries = [state.get("bookmarks", {}).get(RELATIONS) for state in states]
            assert all(entry == entries[0] for entry in entries), f"{states}"

    def bookmark(self, job: str, state: State) -> str:
        """Up to when everything was read."""
        stream = RELATIONS if job == "relations" else "tasks"
        entry: dict[str, Any] = state.get("bookmarks", {}).get(stream, {})
        return entry.get("replication_key_value") or ""

    def log(self, name: str) -> str:
        """What a command has said so far."""
        file = self.folder / f"{name}.log"
        return file.read_text("utf-8") if file.exists() else ""

    def last_words(self, prefix: str) -> str:
        """The ends of the logs of commands."""
        names = [name for name in processes.MODULES if name.startswith(prefix)]
        return "\n".join(self.log(name)[-1_500:] for name in names)

    # promotions

    def promote(self, how: str, *, sweep: bool = False, dies_after: int | None = None) -> None:
        """Promote what landed: once, twice at the same time, not at all, or until it is killed."""
        if how == "none":
            return
        death = dies_after if how == "killed" else None
        started = [self.start_promotion(sweep=sweep, dies_after=death)]
        if how == "two":
            started.append(self.start_promotion(sweep=sweep))
        self.promotions += started
        self.finish_promotions()

    def start_promotion(self, *, sweep: bool = False, dies_after: int | None = None) -> BaseProcess:
        """Start `taskwho post-load`."""
        arguments = ["post-load", "--max-delete-percent", "100", *(["--sweep"] if sweep else [])]
        environment = {"DATABASE_URL": self.url, "MELTANO_PROJECT_ROOT": str(self.folder)}
        self.tally.counts["promotions"] += 1
        return processes.start(
            processes.Command("taskwho", arguments, self.folder, environment, dies_after)
        )

    def finish_promotions(self) -> None:
        """Wait for the promotions that run."""
        for process in self.promotions:
            process.join(SECONDS_TO_PROMOTE)
            self.tally.kills["post-load"] += process.exitcode == KILLED
            assert process.exitcode in {0, KILLED}, (
                f"post-load ended with {process.exitcode}: {self.log('taskwho')[-3_000:]}"
            )
        self.promotions = []

    def heal(self, count: int) -> None:
        """Let parents arrive in the reader's tables, if their stream has not brought them."""
        with psycopg.connect(self.url) as connection:
            healed = self.org.heal(count)
            for stream, records in healed.items():
                table = PARENTS[stream][0]
                query = f"select salesforce_id from {table}"  # noqa: S608 - one of three names
                known = {row[0] for row in connection.execute(query.encode())}
                healed[stream] = [record for record in records if record["Id"] not in known]
            fill_parents(connection, healed)


class _Happening:
    """Counts an org's queries, and lets things happen at their numbers."""

    def __init__(self, world: World, run: Run) -> None:
        self.world, self.events, self.seen = world, run.events, 0
        self.expired = False

    def at(self, _request: Request) -> bool:
        """Never a fault of its own; called for every query."""
        self.seen += 1
        for event in self.events:
            if event.at_query == self.seen and not (self.expired and event.what == "expire"):
                self.expired = self.expired or event.what == "expire"
                self.world.happen(event.what)
        return False


def _logs_in(path: str) -> bool:
    return path.endswith("/token")
