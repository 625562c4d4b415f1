"""The promotion against a model of it that a reader can hold in the head, on random histories."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.sandbox.org import ids
from tests.support import seed
from tests.support.postgresql import query
from tests.support.seed import Row, relation

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.results.result import RunResult

GOOD, BROKEN = "2024-05-01T08:00:0{}.000Z", "2024-05-01T08:00:0{}.000"

# weighted so that most rows can go in, and meet others of their Id and second there
VERSIONS: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    number=st.integers(1, 3),
    second=st.integers(0, 2),
    task=st.sampled_from([1, 1, 1, 2]),
    contact=st.sampled_from([1, 1, 1, 2]),
    kind=st.sampled_from(["Contact", "Contact", "Contact", "Other", "Odd", "Lead", "Account"]),
    is_deleted=st.sampled_from(["false", "false", "false", "true", "true", "maybe"]),
    stamp=st.sampled_from([*[GOOD] * 7, BROKEN]),
)
# what lands before a promotion, and the parents that come before it
ROUNDS = st.lists(
    st.tuples(
        st.lists(VERSIONS, min_size=2, max_size=6),
        st.sampled_from([None, None, None, "task", "contact"]),
    ),
    min_size=3,
    max_size=4,
)


@dataclass
class Model:
    """What the table and the quarantine have to hold; stamps are compared as text."""

    tasks: set[str] = field(default_factory=lambda: {seed.task(1)})
    contacts: set[str] = field(default_factory=lambda: {seed.contact(1)})
    stored: dict[str, Row] = field(default_factory=dict)
    waiting: dict[str, Row] = field(default_factory=dict)
    set_aside: dict[str, Row] = field(default_factory=dict)

    def promote(self, landed: list[Row]) -> int:
        """Bring the newest versions and what waits in; how many failed of those that landed."""
        newest: dict[str, Row] = {}
        for row in landed:
            stamp = row["SystemModstamp"] if is_time(row) else ""
            old = newest.get(row["Id"])
            old_stamp = old["SystemModstamp"] if old and is_time(old) else ""
            if old is None or stamp >= old_stamp:
                newest[row["Id"]] = row
        failed = sum(self._judge(row) for row in newest.values())
        for key, row in list(self.waiting.items()):
            if key not in newest:
                self._judge(row)
        return failed

    def _judge(self, row: Row) -> bool:
        key, stored = row["Id"], self.stored.get(row["Id"])
        self.waiting.pop(key, None)
        before = self.set_aside.pop(key, None)
        is_aside = not row["RelationId"].startswith("003")
        if is_aside and row["IsDeleted"] != "true":
            self.set_aside[key] = row
        if is_aside and stored is None:
            return False
        if not is_time(row) or row["IsDeleted"] == "maybe":
            self.waiting[key] = row
            if is_aside and row["IsDeleted"] != "true":
                self._keep_aside(key, before)
            return True
        if stored is not None and row["SystemModstamp"] < stored["SystemModstamp"]:
            self._keep_aside(key, before)
            return False
        if is_aside and stored is not None:
            stored |= {"IsDeleted": "true", "SystemModstamp": row["SystemModstamp"]}
            return False
        return self._write(row, stored)

    def _write(self, row: Row, stored: Row | None) -> bool:
        if row["TaskId"] not in self.tasks or row["RelationId"] not in self.contacts:
            return self._without_parents(row, stored)
        if row != stored:
            if row["Type"] == "Odd":
                self.waiting[row["Id"]] = row
                return True
            self.stored[row["Id"]] = row
        return False

    def _keep_aside(self, key: str, row: Row | None) -> None:
        self.set_aside.pop(key, None)
        if row is not None:
            self.set_aside[key] = row

    def _without_parents(self, row: Row, stored: Row | None) -> bool:
        self.waiting[row["Id"]] = row
        if row["IsDeleted"] == "false":
            return True
        if stored is not None:
            stored |= {"IsDeleted": "true", "SystemModstamp": row["SystemModstamp"]}
        return False


def is_time(row: Row) -> bool:
    return str(row["SystemModstamp"]).endswith("Z")


def version(given: Row) -> Row:
    others = {"Lead": ids.make("Lead", 1), "Account": "001000000000001AAA"}
    contact = others.get(given["kind"]) or seed.contact(given["contact"])
    return relation(
        given["number"],
        SystemModstamp=given["stamp"].format(given["second"]),
        TaskId=seed.task(given["task"]),
        RelationId=contact,
        Type=given["kind"],
        IsDeleted=given["is_deleted"],
    )


@pytest.fixture
def url(url: str) -> str:
    query(url, "alter table sf_taskwhorelations add check (type <> 'Odd')")
    return url


def empty(url: str) -> None:
    """Back to the seed's tables with one parent of each."""
    seed.land(url, [])
    with psycopg.connect(url) as conn:
        conn.execute("truncate sf_taskwhorelations, taskwho.quarantine, taskwho.set_aside")
        conn.execute("truncate taskwho.live_rows")
        conn.execute("delete from sf_activities where salesforce_id <> %s", [seed.task(1)])
        conn.execute("delete from sf_contacts where salesforce_id <> %s", [seed.contact(1)])


@settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rounds=ROUNDS)
def test_any_history_ends_as_in_the_model(
    url: str,
    tmp_path_factory: pytest.TempPathFactory,
    rounds: list[tuple[list[Row], str | None]],
) -> None:
    reports = tmp_path_factory.mktemp("reports")
    empty(url)
    model = Model()
    for versions, parent in [*rounds, ([], "task"), ([], "contact"), ([], None)]:
        landed = [version(given) for given in versions]
        seed.land(url, landed)
        add_parent(url, model, parent)
        compare(url, model, landed, post_load(url, settings_for(reports)))


def settings_for(reports: Path) -> PostLoadSettings:
    return PostLoadSettings(reports_dir=reports)


def add_parent(url: str, model: Model, kind: str | None) -> None:
    """The second task or contact arrives, if it is not there."""
    if kind == "task" and seed.task(2) not in model.tasks:
        seed.add_task(url, 2)
        model.tasks.add(seed.task(2))
    if kind == "contact" and seed.contact(2) not in model.contacts:
        seed.add_contact(url, 2)
        model.contacts.add(seed.contact(2))


def compare(url: str, model: Model, landed: list[Row], result: RunResult) -> None:
    failed = model.promote([dict(row) for row in landed])
    assert result.accounting.closes
    assert result.counts.retrieved == len({row["Id"] for row in landed})
    assert result.counts.failed == failed
    assert {
        key: (row["task_id"], row["relation_id"], row["type"], row["is_deleted"], stamp(row))
        for key, row in seed.stored(url).items()
    } == {
        key: (
            row["TaskId"],
            row["RelationId"],
            row["Type"],
            row["IsDeleted"] == "true",
            row["SystemModstamp"],
        )
        for key, row in model.stored.items()
    }
    assert {key: row["record"] for key, row in seed.quarantine(url).items()} == model.waiting
    set_aside = query(url, "select salesforce_id, record from taskwho.set_aside")
    assert dict(set_aside) == model.set_aside
    seed.check_counts(url)
    assert (result.totals.in_table, result.totals.waiting) == tuple(
        sum(row["IsDeleted"] != "true" for row in rows.values())
        for rows in (model.stored, model.waiting)
    )


def stamp(row: Row) -> str:
    return f"{row['sf_system_modstamp'].isoformat()}.000Z"
