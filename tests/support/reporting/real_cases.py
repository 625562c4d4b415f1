"""Nine kinds of runs, each made by really running the product against an org."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg
import taskwho
from taskwho.pipeline.run_rows import open_run

from tests.e2e.api.test_places import arguments
from tests.sandbox import Sandbox
from tests.support import promoting, seed
from tests.support.reporting.explaining import set_ends

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from taskwho import RunResult

ROWS = 400


@dataclass(frozen=True, slots=True)
class Company:
    """An org, a database whose parents other jobs have filled, and the reports."""

    org: Sandbox
    url: str
    folder: Path
    given: dict[str, Any]

    def sync(self, **how: Any) -> RunResult:  # noqa: ANN401 - the arguments of the API
        """One run, which may fail."""
        try:
            return taskwho.sync(**self.given, **how)
        except taskwho.TaskwhoError as error:
            if error.result is None:
                raise
            return error.result

    def follow(self, command: str) -> RunResult:
        """Run what a step names: `taskwho sync`, with streams and mode."""
        words = command.split()
        how = dict(zip(words[1::2], words[2::2], strict=True))
        streams = [stream for stream in (how.get("--streams"),) if stream]
        return self.sync(streams=streams, mode=how.get("--mode"))


@contextmanager
def company(
    url: str, folder: Path, withheld: Callable[[Sandbox], Sequence[str]] = lambda _: ()
) -> Iterator[Company]:
    """A company whose jobs have left out some parents."""
    with Sandbox(
        rows=ROWS, orphans=0, missing_persons=0, missing_users=0, lost=0, deleted=0, leads=0.05
    ) as org:
        org.withhold(withheld(org))
        yield Company(org, url, folder, arguments(org, url, folder))


def covering(org: Sandbox, field: str, share: float) -> list[str]:
    """Records that a field of so many of the relations refers to."""
    rows = [row for row in org.truth() if row["Type"] == "Contact"]
    counted = Counter(str(row[field]) for row in rows).most_common()
    found, covered = [], 0
    for record_id, relations in counted:
        if covered < share * len(rows):
            found.append(record_id)
            covered += relations
    return found


def one_user_and_others(org: Sandbox) -> list[str]:
    """A user who left and blocks about half of a tenth; the rest miss contacts and tasks."""
    users = org.known("User")
    leaver = users[0]
    authored = [str(row["Id"]) for row in org.truth() if leaver in row.values()]
    org.update(authored[ROWS // 20 :], CreatedById=users[1], LastModifiedById=users[1])
    org.deactivate_users([leaver])
    contacts, tasks = covering(org, "RelationId", 0.03), covering(org, "TaskId", 0.02)
    return [leaver, *contacts, *tasks]


def healthy(at: Company) -> RunResult:
    """Two runs of a table that holds nearly everything."""
    at.sync(mode="full")
    at.org.insert(20)
    return at.sync()


def mixed(at: Company) -> RunResult:
    """A first run: a tenth of the relations waits, half of it for one user."""
    set_ends(at.url)
    return at.sync()


def stale(at: Company) -> RunResult:
    """A first run beside a table of contacts that ends long ago."""
    set_ends(at.url)
    return at.sync()


def zero(at: Company) -> RunResult:
    """A run after which nothing had changed."""
    at.sync()
    return at.sync()


def crash(at: Company) -> RunResult:
    """A run that something killed, as the next one finds it."""
    at.sync()
    with psycopg.connect(at.url, autocommit=True) as connection:
        open_run(connection, at.folder / "reports", ["a run that is killed"])
    at.sync()
    return taskwho.runs(database_url=at.url)[1]


def login(at: Company) -> RunResult:
    """A run whose password was changed, after a good one."""
    at.sync()
    at.org.faults.add("invalid_grant", where=lambda path: "token" in path)
    return at.sync()


def quota(at: Company) -> RunResult:
    """A run that others have left too few calls."""
    at.org.api_used = 79_999
    at.org.insert(3)
    return at.sync(mode="full")


def many(at: Company) -> RunResult:
    """Half of 100,000 relations wait, for contacts, users and tasks."""
    rows = [
        seed.relation(
            number,
            RelationId=seed.contact(10 + number % 10_000 if number % 4 == 1 else 1),
            TaskId=seed.task(10 + number % 10_000 if number % 4 == 3 else 1),
        )
        for number in range(1, 100_001)
    ]
    seed.add_contact(at.url, 1)
    seed.add_task(at.url, 1)
    with psycopg.connect(at.url) as connection:
        connection.execute(
            "update sf_users set salesforce_id = %s where id = (select min(id) from sf_users)",
            [seed.USER],
        )
    seed.land(at.url, rows)
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    pages = [
        promoting.page(
            n + 1,
            window_to=now,
            fetched_at=now,
            records="2000",
            counted=str(len(rows)),
            first_id=rows[2000 * n]["Id"],
            last_id=rows[2000 * n + 1999]["Id"],
            outcome="complete" if n == len(rows) // 2000 - 1 else None,
        )
        for n in range(len(rows) // 2000)
    ]
    promoting.land(at.url, "sync_batches", pages)
    return taskwho.post_load(database_url=at.url, settings=at.given["settings"])


def repair(at: Company) -> RunResult:
    """`verify --repair` after somebody has deleted rows of the table."""
    at.sync()
    with psycopg.connect(at.url) as connection:
        connection.execute(
            "delete from sf_taskwhorelations where salesforce_id in "
            "(select salesforce_id from sf_taskwhorelations limit 12)"
        )
    taskwho.verify(**at.given, repair=True)
    return taskwho.runs(database_url=at.url)[0]


def _nothing(_: Sandbox) -> list[str]:
    return []


Case = tuple["Callable[[Company], RunResult]", "Callable[[Sandbox], Sequence[str]]"]
CASES: dict[str, Case] = {
    "healthy": (healthy, lambda org: covering(org, "TaskId", 0.01)),
    "mixed": (mixed, one_user_and_others),
    "stale": (stale, lambda org: covering(org, "RelationId", 0.6)),
    "zero": (zero, _nothing),
    "crash": (crash, _nothing),
    "login": (login, _nothing),
    "quota": (quota, _nothing),
    "many": (many, _nothing),
    "repair": (repair, _nothing),
}
