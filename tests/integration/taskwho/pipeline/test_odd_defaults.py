"""What a role or a database sets for its sessions: what lands and goes in is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from taskwho.commands.checks.database import check_database
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.loading import TEXT, Loader, record, schema
from tests.support.postgresql import Server, database_of, query
from tests.support.promoting import LATER, make_ready, page
from tests.support.seed import relation

if TYPE_CHECKING:
    from pathlib import Path

ODD = {
    "quote_all_identifiers": "on",
    "client_encoding": "LATIN1",
    "statement_timeout": "2s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "2s",
    "search_path": "",
    "datestyle": "German, DMY",
    "intervalstyle": "sql_standard",
    "timezone": "Pacific/Chatham",
    "bytea_output": "escape",
    "extra_float_digits": "-15",
    "standard_conforming_strings": "off",
    "default_transaction_isolation": "serializable",
    "row_security": "off",
    "array_nulls": "off",
    "transform_null_equals": "on",
    "plpgsql.variable_conflict": "use_column",
    "client_min_messages": "debug5",
    "default_toast_compression": "pglz",
    "xmloption": "document",
    "constraint_exclusion": "on",
    "lc_monetary": "C",
}
NAMED = "Łódź 🎈"
SLOW = """
    create function slow() returns trigger language plpgsql
    as $$ begin perform pg_sleep(3); return null; end $$;
    create trigger slow before insert on taskwho.task_who_relations
    for each statement execute function slow();
    create trigger slow before insert on sf_taskwhorelations
    for each statement execute function slow()
"""
KEPT = (
    "select to_jsonb(r) - '{id,created_at,updated_at}'::text[] from sf_taskwhorelations r",
    "select salesforce_id, reasons, error, record from taskwho.quarantine",
    "select to_jsonb(b) - '{batch_id}'::text[] from taskwho.batches b",
    "select stream, salesforce_id, field, parent, parent_id from taskwho.missing_references",
)


def landed_and_promoted(url: str, folder: Path) -> list[list[str]]:
    """Load and promote twice, by the programs; what the tables hold then."""
    loader, settings = Loader(folder, url), PostLoadSettings(reports_dir=folder, fail_below=0.0)
    columns, journal = dict.fromkeys(relation(1), TEXT), dict.fromkeys(page(1), TEXT)
    for stamp in (seed.STAMP, LATER):
        make_ready(url)
        rows = [relation(1, Type=NAMED, SystemModstamp=stamp), relation(2, TaskId=seed.task(9))]
        rows += [relation(3, CreatedDate="2024-02-30T00:00:00.000Z"), rows[0]]
        load = loader.load(
            schema(columns, [], "task_who_relations"),
            *(record("task_who_relations", **row) for row in rows),
            schema(journal, [], "sync_batches"),
            record("sync_batches", **page(1, records="3", window_from=seed.STAMP)),
        )
        assert load.code == 0, load.log
        result = post_load(url, settings)
        assert (result.exit_code, result.counts.retrieved) == (0, 3)
    assert not any(finding.fails for finding in check_database(url, settings))
    with psycopg.connect(url, client_encoding="UTF8") as reader:
        reader.execute(
            "set search_path = public; set quote_all_identifiers = off; set timezone = utc"
        )
        return [sorted(map(str, reader.execute(kept))) for kept in KEPT]


@pytest.fixture(scope="session")
def usual(
    postgres: Server, seed_template: str, tmp_path_factory: pytest.TempPathFactory
) -> list[list[str]]:
    """What a database without odd defaults holds."""
    with postgres.database(seed_template) as url:
        return landed_and_promoted(url, tmp_path_factory.mktemp("usual"))


@pytest.mark.parametrize("name", ODD)
def test_an_odd_default_changes_nothing(
    url: str, tmp_path: Path, usual: list[list[str]], name: str
) -> None:
    if name.endswith("_timeout"):
        query(url, SLOW)
    statement = sql.SQL("alter database {} set {} to {}").format(
        sql.Identifier(database_of(url)), sql.Identifier(*name.split(".")), sql.Literal(ODD[name])
    )
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(statement)
    found = landed_and_promoted(url, tmp_path)
    assert found == usual
    assert NAMED in str(found)
