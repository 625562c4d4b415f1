"""A table that equals an org, and ways to damage either so that `taskwho verify` has work."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg
import taskwho
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.sandbox.org import ids
from tests.support import seed
from tests.support.comparing.truth import Truth, stored_rows
from tests.support.promoting import land, page
from tests.support.seed_tables import load_parents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sandbox import Sandbox

HOUR = 3_600
OLD = "2024-01-01T00:00:00.000+0000"


@dataclass
class Sides:
    """An org and a database; each damage adds the Ids that it makes differ to `damaged`."""

    org: Sandbox
    url: str
    folder: Path
    page_size: int = 200
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - the same each time
    damaged: set[str] = field(default_factory=set)

    def load(self) -> None:
        """Let the table hold what the org shows, as a first run leaves it."""
        load_parents(self.url, self.org)
        self.org.advance_clock(HOUR)
        names = list(seed.relation(1))
        rows = [{name: _text(row[name]) for name in names} for row in self.org.truth()]
        seed.land(self.url, rows)
        end = f"{self.org.now:%Y-%m-%dT%H:%M:%SZ}"
        pages = [page(1, window_to=end, records=str(len(rows)), outcome="complete")]
        land(self.url, "sync_batches", pages)
        post_load(self.url, PostLoadSettings(reports_dir=self.folder))
        self.org.advance_clock(HOUR)

    def verify(self, **how: Any) -> taskwho.Verification:  # noqa: ANN401 - the arguments of the API
        """Compare."""
        settings = {"reports_dir": self.folder, **how.pop("settings", {})}
        given = {**self.org.settings(), "page_size": self.page_size, **how.pop("salesforce", {})}
        return taskwho.verify(
            database_url=self.url,
            salesforce=given,
            settings=settings,
            home=self.folder,
            **how,
        )

    def execute(self, statement: str, *values: object) -> None:
        """Change the database."""
        with psycopg.connect(self.url) as connection:
            connection.execute(statement.encode(), values)

    def pick(self, count: int, query: str) -> list[str]:
        """Some of the Ids that a query gives, none of them damaged."""
        with psycopg.connect(self.url) as connection:
            found = {row[0] for row in connection.execute(query.encode())} - self.damaged
        picked = self.chance.sample(sorted(found), min(count, len(found)))
        self.damaged.update(picked)
        return picked

    def assert_equal(self) -> None:
        """The table holds the org's live rows, and what waits or is set aside is there too.

        A merge changes relations in the recycle bin too, which nobody compares.
        """
        with psycopg.connect(self.url) as connection:
            truth, stored = Truth(self.org, connection), stored_rows(connection)
            assert _live(stored) == _live(truth.rows)
            waiting = _ids(connection, "select salesforce_id from taskwho.quarantine")
            aside = _ids(connection, "select salesforce_id from taskwho.set_aside")
        assert waiting >= truth.failed.keys()
        relations = self.org.table("TaskWhoRelation").items()
        leads = {i for i, row in relations if row["Type"] == "Lead" and not row["IsDeleted"]}
        assert aside == leads

    def store(self) -> str:
        """Put a row into the table that the org never had."""
        made = ids.make("TaskWhoRelation", self.chance.randrange(62**6))
        self.damaged.add(made)
        columns = (
            "type, relation_id, task_id, created_by_id, last_modified_by_id, sf_created_date, "
            "sf_last_modified_date, sf_system_modstamp"
        )
        self.execute(
            f"insert into sf_taskwhorelations (salesforce_id, is_deleted, {columns}) "  # noqa: S608 - as above
            f"select %s, false, {columns} from sf_taskwhorelations limit 1",
            made,
        )
        return made


LIVE = "select salesforce_id from sf_taskwhorelations where not is_deleted"
DELETED = "select salesforce_id from sf_taskwhorelations where is_deleted"
CHANGES = (
    "type = coalesce(type, '') || 'x'",
    "relation_id = (select max(salesforce_id) from sf_contacts)",
    "task_id = (select max(salesforce_id) from sf_activities)",
    "sf_created_date = sf_created_date + interval '1 second'",
    "sf_system_modstamp = sf_system_modstamp - interval '1 day'",
    "sf_system_modstamp = sf_system_modstamp + interval '1 day'",
    "sf_system_modstamp = '2090-01-01'",
)


def remove(sides: Sides, count: int) -> None:
    """Delete rows of the table."""
    gone = sides.pick(count, LIVE)
    sides.execute("delete from sf_taskwhorelations where salesforce_id = any(%s)", gone)


def mark(sides: Sides, count: int) -> None:
    """Mark live rows of the table as deleted."""
    marked = sides.pick(count, LIVE)
    sides.execute(
        "update sf_taskwhorelations set is_deleted = true where salesforce_id = any(%s)", marked
    )


def revive(sides: Sides, count: int) -> None:
    """Mark rows as live that are in the org's recycle bin."""
    revived = sides.pick(count, DELETED)
    in_bin = [i for i in revived if i in sides.org.table("TaskWhoRelation")]
    sides.damaged.difference_update(set(revived) - set(in_bin))
    sides.execute(
        "update sf_taskwhorelations set is_deleted = false where salesforce_id = any(%s)", in_bin
    )


def change(sides: Sides, count: int) -> None:
    """Change the content of rows of the table."""
    for found in sides.pick(count, LIVE):
        assignment = sides.chance.choice(CHANGES)
        before = stored_row(sides, found)
        sides.execute(
            f"update sf_taskwhorelations set {assignment} where salesforce_id = %s",  # noqa: S608 - one of CHANGES
            found,
        )
        if stored_row(sides, found) == before:
            sides.damaged.discard(found)


def add(sides: Sides, count: int) -> None:
    """Put rows into the table that the org never had."""
    for _ in range(count):
        sides.store()


def forget(sides: Sides, count: int) -> None:
    """Delete rows that wait or are set aside."""
    for table in ("taskwho.quarantine", "taskwho.set_aside"):
        live = "where stream = 'task_who_relations' and record ->> 'IsDeleted' = 'false'"
        gone = sides.pick(count, f"select salesforce_id from {table} {live}")  # noqa: S608 - one of two
        sides.execute(f"delete from {table} where salesforce_id = any(%s)", gone)  # noqa: S608 - as above


def remove_in_org(sides: Sides, count: int) -> None:
    """Remove relations of the org for good."""
    sides.damaged.update(sides.org.hard_delete(sides.pick(count, LIVE)))


def show_in_org(sides: Sides, count: int) -> None:
    """Let the org show relations of long ago."""
    made = sides.org.insert(count, SystemModstamp=OLD, CreatedDate=OLD, LastModifiedDate=OLD)
    sides.damaged.update(made)


def change_in_org(sides: Sides, count: int) -> None:
    """Change relations of the org whose stamp stays, as a merge of contacts might."""
    person = sides.org.known("Contact")[0]
    for found in sides.pick(count, LIVE):
        row = sides.org.table("TaskWhoRelation")[found]
        kept = {name: row[name] for name in ("SystemModstamp", "LastModifiedDate")}
        sides.org.update(found, **kept, RelationId=person, LastModifiedById=row["CreatedById"])
        if sides.org.table("TaskWhoRelation")[found] == row:
            sides.damaged.discard(found)


def merge_in_org(sides: Sides, count: int) -> None:
    """Merge contacts of the org; the stamps of their relations stay."""
    winner, *others = sides.org.known("Contact")
    for loser in sides.chance.sample(others, min(count, len(others))):
        relations = sides.org.table("TaskWhoRelation")
        live = {i for i, row in relations.items() if not row["IsDeleted"]}
        sides.damaged.update(live.intersection(sides.org.merge_contacts([loser], winner)))


DAMAGES: tuple[Callable[[Sides, int], None], ...] = (
    *(remove, mark, revive, change, add, forget),
    *(remove_in_org, show_in_org, change_in_org, merge_in_org),
)
LESS_HERE = (remove, mark, forget, show_in_org)
MORE_HERE = (add, revive, remove_in_org)


def stored_row(sides: Sides, found: str) -> tuple[Any, ...]:
    """A row of the table."""
    with psycopg.connect(sides.url) as connection:
        return stored_rows(connection)[found]


def _live(rows: dict[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    return {found: row for found, row in rows.items() if not row[1]}


def _ids(connection: psycopg.Connection[Any], query: str) -> set[str]:
    return {row[0] for row in connection.execute(query.encode())}


def _text(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
