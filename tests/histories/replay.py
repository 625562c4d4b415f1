"""Replays a history: an org, a reader's database, the pair and its promotions."""

from __future__ import annotations

import functools
import signal
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate

from tests.histories import comparison
from tests.histories.changes import apply
from tests.histories.interference import interfere
from tests.histories.pair import Pair
from tests.histories.steps import SPOILING, VICTIMS, Change, History, Run
from tests.support import forked
from tests.support.seed_tables import PARENTS, fill_parents, load_parents
from tests.support.tap_run import RELATIONS

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from tests.histories.stored_state import State
    from tests.histories.tally import Tally
    from tests.sandbox import Sandbox
    from tests.sandbox.api.requests import Request

LOOKBACK_SECONDS = 900
SECONDS_TO_PROMOTE = 300  # of a busy machine; a process that hangs ends the test all the same
KILLED = -signal.SIGKILL
FAULTLESS = Run(
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


class Replay:
    """One org and one database, from the first step to the comparison after the last."""

    def __init__(
        self, history: History, org: Sandbox, url: str, folder: Path, tally: Tally
    ) -> None:
        self.history, self.org, self.url, self.folder, self.tally = history, org, url, folder, tally
        self.pair = Pair(folder, url)
        self.spoilt = False
        self.promotions: list[BaseProcess] = []
        org.faults.slow_seconds = 0.05
        load_parents(url, org)
        with connect(url) as connection:
            migrate(connection)

    def replay(self) -> None:
        """Take every step, then run without faults, and compare."""
        for changes, run in self.history.steps:
            for made in changes:
                apply(made, self.org)
                self.tally.counts["changes"] += 1
            self.run(run)
        self.finish()

    def finish(self) -> None:
        """Run without faults: after that the database must hold what the org holds."""
        self.org.advance_clock(self.history.lag_seconds + 2)
        self.promote("one")
        if not self.spoilt:
            self.run_without_faults("incremental")
            comparison.compare(self.org, self.url, swept=False, gone=self.gone())
        if self.spoilt or self.gone():
            self.org.advance_clock(LOOKBACK_SECONDS + self.history.lag_seconds)
            self.run_without_faults("full", sweep=True)
            comparison.compare(self.org, self.url, swept=True, gone=self.gone())
        self.heal(len(self.org.withheld))
        self.run_without_faults("incremental", parents=True)
        comparison.compare(self.org, self.url, swept=bool(self.gone()), gone=self.gone())
        comparison.compare_parents(self.org, self.url)
        comparison.compare_reports(self.folder / "reports", self.url)

    def gone(self) -> set[str]:
        """The relations that no query shows any more."""
        return {key for key, _ in self.org.purged}

    def run_without_faults(self, mode: str, *, sweep: bool = False, parents: bool = False) -> None:
        """Run without faults and kills."""
        self.run(replace(FAULTLESS, mode=mode, sweep=sweep, parents=parents))

    # runs

    def run(self, run: Run) -> None:
        """Load the parents if the run has them, then the relations, and promote."""
        if run.parents:
            self.load("parents", run)
        self.load("relations", run)
        self.promote(run.promotion, sweep=run.sweep, dies_after=run.dies_after)

    def load(self, job: str, run: Run) -> None:
        """Run the pair with its faults and kills; check its end and the state."""
        before = self.pair.states[job].given()
        self.add_faults(run)
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

    def add_faults(self, run: Run) -> None:
        """Prepare the run's faults, and what happens at the org's n-th query."""
        faults = self.org.faults
        faults.struck.clear()
        faults.add("reset", when=_Events(self, run).at)  # the first: it sees every query
        for fault in run.faults:
            if fault.kind.startswith("token:"):
                faults.add(fault.kind.partition(":")[2], nth=fault.nth, where=_logs_in)
            else:
                faults.add(fault.kind, nth=fault.nth)

    def happen(self, what: Change | str) -> None:
        """Let an event happen during a run, while the org answers a query."""
        if isinstance(what, Change):
            apply(what, self.org)
            self.tally.counts["changes during a run"] += 1
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

    # checks after every run

    def check_end(self, run: Run) -> None:
        """The tap ends with a code that its faults explain, and no command shows a traceback."""
        tap, loader = self.pair.codes
        assert tap in run.exit_codes, f"the tap ended with {tap}: {self.log_ends('tap')}"
        disturbed = run.loader_dies_after is not None or run.victims
        assert loader == 0 or disturbed, f"the loader ended with {loader}: {self.log_ends('ta')}"
        for name in forked.COMMANDS:
            assert "Traceback" not in self.log(name), self.log(name)

    def check_state(self, job: str, run: Run, states: list[State]) -> None:
        """A bookmark never goes back; a run that keeps the state does not change it."""
        marks = [self.bookmark(job, state) for state in states]
        if run.full_refresh:
            return
        assert marks == sorted(marks), f"the bookmark went back: {marks}"
        keeps = run.mode in {"recent", "custom"} or run.limit is not None
        if keeps and job == "relations":
            entries = [state.get("bookmarks", {}).get(RELATIONS) for state in states]
            assert all(entry == entries[0] for entry in entries), f"{states}"

    def bookmark(self, job: str, state: State) -> str:
        """The bookmark of a job's main stream; empty where there is none."""
        stream = RELATIONS if job == "relations" else "tasks"
        entry: dict[str, Any] = state.get("bookmarks", {}).get(stream, {})
        return entry.get("replication_key_value") or ""

    def log(self, name: str) -> str:
        """What a command has logged so far."""
        file = self.folder / f"{name}.log"
        return file.read_text("utf-8") if file.exists() else ""

    def log_ends(self, prefix: str) -> str:
        """The ends of the logs of the commands whose names begin so."""
        names = [name for name in forked.COMMANDS if name.startswith(prefix)]
        return "\n".join(self.log(name)[-1_500:] for name in names)

    # promotions

    def promote(self, how: str, *, sweep: bool = False, dies_after: int | None = None) -> None:
        """Promote what landed: once, twice at the same time, not at all, or until a kill."""
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
        command = forked.Command("taskwho", arguments, self.folder, environment)
        return forked.start(command, before=functools.partial(interfere, dies_after))

    def finish_promotions(self) -> None:
        """Wait for the promotions to end."""
        for process in self.promotions:
            process.join(SECONDS_TO_PROMOTE)
            self.tally.kills["post-load"] += process.exitcode == KILLED
            assert process.exitcode in {0, KILLED}, (
                f"post-load ended with {process.exitcode}: {self.log('taskwho')[-3_000:]}"
            )
        self.promotions = []

    def heal(self, count: int) -> None:
        """Add missing parents to the reader's tables, unless their stream has loaded them."""
        with psycopg.connect(self.url) as connection:
            healed = self.org.heal(count)
            for stream, records in healed.items():
                table = PARENTS[stream][0]
                query = f"select salesforce_id from {table}"  # noqa: S608 - one of three names
                known = {row[0] for row in connection.execute(query.encode())}
                healed[stream] = [record for record in records if record["Id"] not in known]
            fill_parents(connection, healed)


class _Events:
    """Counts the org's queries, and lets each event happen at its query."""

    def __init__(self, replay: Replay, run: Run) -> None:
        self.replay, self.events, self.seen = replay, run.events, 0
        self.expired = False

    def at(self, _request: Request) -> bool:
        """Called for every query; never a fault itself."""
        self.seen += 1
        for event in self.events:
            if event.at_query == self.seen and not (self.expired and event.what == "expire"):
                self.expired = self.expired or event.what == "expire"
                self.replay.happen(event.what)
        return False


def _logs_in(path: str) -> bool:
    return path.endswith("/token")
