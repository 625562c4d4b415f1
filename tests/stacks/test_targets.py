"""The tap's wheel alone, into the targets that people have: all rows, then what changed."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import taskwho

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.seed_tables import load_parents
from tests.support.stacks import environment
from tests.support.tap_run import RELATIONS, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 700
Rows = Callable[[Path], list[dict[str, Any]]]


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as org:
        yield org


@dataclass
class Stack:
    """The tap in an environment of its own, piped into a target in another one."""

    org: Sandbox
    folder: Path
    target: Path
    config: dict[str, Any]
    state: str = ""

    def run(self, *streams: str, **settings: object) -> None:
        """Run both; the target's last STATE is the next run's."""
        tap = environment("tap", "tap-salesforce-taskwho") / "tap-salesforce-taskwho"
        files = {
            "config": self.org.settings() | settings,
            "catalog": selecting(*(streams or (RELATIONS,))),
        } | ({"state": json.loads(self.state)} if self.state else {})
        command: list[str | Path] = [tap]
        for name, value in files.items():
            path = self.folder / f"{name}.json"
            path.write_text(json.dumps(value))
            command += [f"--{name}", path]
        read = subprocess.run(command, capture_output=True, text=True, check=False)
        assert read.returncode == 0, read.stderr
        config = self.folder / "target.json"
        config.write_text(json.dumps(self.config))
        done = subprocess.run(
            [self.target, "--config", config],
            cwd=self.folder,
            input=read.stdout,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self.state = (done.stdout.strip().splitlines() or [self.state])[-1]


def of_jsonl(folder: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for file in folder.glob("*.jsonl")
        for line in file.read_text().splitlines()
    ]


def of_csv(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in folder.glob("*.csv"):
        with name.open(newline="") as file:
            found += csv.DictReader(file)
    return found


def of_sqlite(folder: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(folder / "rows.db")) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("select * from task_who_relations")]


# The one in the registry is of 2019, and needs Python 3.9 or earlier.
SQLITE = "target-sqlite @ git+https://github.com/MeltanoLabs/target-sqlite.git"


@pytest.mark.parametrize(
    ("package", "command", "config", "rows"),
    [
        ("target-jsonl", "target-jsonl", {}, of_jsonl),
        ("meltanolabs-target-csv", "target-csv", {"output_path": "."}, of_csv),
        (SQLITE, "target-sqlite", {"database": "rows"}, of_sqlite),
    ],
    ids=["jsonl", "csv", "sqlite"],
)
def test_a_second_run_brings_what_changed_and_nothing_else(
    org: Sandbox, tmp_path: Path, package: str, command: str, config: dict[str, Any], rows: Rows
) -> None:
    stack = Stack(org, tmp_path, environment(command, package) / command, config)
    stack.run()
    assert ids(rows(tmp_path)) == org.relation_ids()
    org.advance_clock(3_600)
    changed = {*org.insert(30), *org.update(20)}
    org.advance_clock(120)
    before = len(org.queries())
    stack.run()
    assert set(ids(rows(tmp_path))) >= changed
    assert all("SystemModstamp >=" in str(query.soql) for query in org.queries()[before:])


def ids(found: list[dict[str, Any]]) -> list[str]:
    """The Ids of rows, each once, in their order."""
    return sorted({row.get("Id") or row["id"] for row in found})


def stock(org: Sandbox, url: str, folder: Path, **settings: object) -> Stack:
    """The stock target-postgres with the one setting that it needs."""
    target = environment("stock", "meltanolabs-target-postgres")
    place = url.replace("postgresql://", "postgresql+psycopg://", 1)
    config = {"sqlalchemy_url": place, "default_target_schema": "taskwho", **settings}
    return Stack(org, folder, target / "target-postgres", config)


@pytest.mark.parametrize("is_prepared", [True, False], ids=["text", "typed"])
@pytest.mark.parametrize("batch", [False, True], ids=["records", "batches"])
def test_post_load_promotes_what_the_stock_loader_landed(
    org: Sandbox, database_url: str, tmp_path: Path, *, is_prepared: bool, batch: bool
) -> None:
    load_parents(database_url, org)
    reports: dict[str, Any] = {"settings": {"reports_dir": tmp_path / "reports"}}
    if is_prepared:
        taskwho.post_load(database_url=database_url, **reports)
    encoding = {"format": "jsonl", "compression": "gzip"}
    root = (tmp_path / "batches").as_uri()
    batches = {"batch_config": {"encoding": encoding, "storage": {"root": root}}}
    stack = stock(org, database_url, tmp_path)
    stack.run(RELATIONS, "sync_batches", **(batches if batch else {}))
    first = taskwho.post_load(database_url=database_url, **reports)
    assert first.exit_code == 0, f"ERR {first.errors} {first.failed_records[:2]} {first.counts}"
    assert_equal_to_the_org(org, database_url)
    org.advance_clock(3_600)
    changed = {*org.insert(30), *org.update(20), *org.soft_delete(10)}
    org.advance_clock(120)
    stack.run(RELATIONS, "sync_batches", **(batches if batch else {}))
    second = taskwho.post_load(database_url=database_url, **reports)
    assert (second.exit_code, second.counts.retrieved) == (0, len(changed))
    assert_equal_to_the_org(org, database_url)


def test_post_load_names_a_loader_whose_columns_it_cannot_read(
    org: Sandbox, database_url: str, tmp_path: Path
) -> None:
    target = environment("pipelinewise", "pipelinewise-target-postgres") / "target-postgres"
    with psycopg.connect(database_url) as connection:
        info = connection.info
        config = {
            "host": info.host,
            "port": info.port,
            "user": info.user,
            "password": info.password,
            "dbname": info.dbname,
            "default_target_schema": "taskwho",
            "primary_key_required": True,
        }
    Stack(org, tmp_path, target, config).run()
    with psycopg.connect(database_url) as connection:
        landed = connection.execute("select id from taskwho.task_who_relations").fetchall()
    assert sorted(row[0] for row in landed) == org.relation_ids()
    with pytest.raises(taskwho.Misconfigured) as raised:
        taskwho.post_load(database_url=database_url, settings={"reports_dir": tmp_path / "r"})
    assert raised.value.exit_code == 2
    assert "pipelinewise-target-postgres" in raised.value.message
    assert "id, " in raised.value.message
