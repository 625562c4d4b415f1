"""What waits costs nothing by waiting: no run reads the quarantine as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

MANY = 10_000
# of each reason that does not make a row worth a try on every run
FILL = """
insert into taskwho.quarantine
    (stream, salesforce_id, record, reasons, error, first_failed_at, last_failed_at)
select
    stream, '0RTZz' || place || lpad(number::text, 12, '0'), '{}', array[reason], reason,
    now(), now()
from generate_series(1, %(many)s) as number
cross join (values
    (0, 'task_who_relations', 'missing_task'), (1, 'task_who_relations', 'invalid_value'),
    (2, 'task_who_relations', 'null_value'), (3, 'task_who_relations', 'hidden_field'),
    (0, 'contacts', 'invalid_value')
) as kind (place, stream, reason);
insert into taskwho.set_aside
select 'task_who_relations', '0RTZz4' || lpad(number::text, 12, '0'), '{}', 'lead', now(), now(), 1
from generate_series(1, %(many)s) as number
"""
REFER = """
insert into taskwho.missing_references
select stream, salesforce_id, 'TaskId', 'tasks', replace(salesforce_id, '0RT', '00T'), false
from taskwho.quarantine
where reasons = '{missing_task}'
"""
READ = """
select relname, (seq_tup_read + idx_tup_fetch)::int
from pg_stat_user_tables
where schemaname = 'taskwho' and relname in ('quarantine', 'missing_references', 'set_aside')
"""
# what is read of them otherwise: some Ids that landed, what waits for a parent that has come
MOST_READ = 100


def read(url: str) -> dict[str, int]:
    """How many rows have been read, by scans and by indexes."""
    return dict(query(url, READ))


@pytest.fixture
def url(url: str) -> str:
    """A database with many rows that wait and are set aside."""
    query(url, FILL.replace("%(many)s", str(MANY)))
    query(url, REFER)
    query(url, "analyze")
    return url


@pytest.mark.parametrize(("lands", "comes"), [(0, 0), (10, 0), (10, 3)])
def test_a_run_reads_of_the_quarantine_what_landed_and_what_has_come(
    url: str, settings: PostLoadSettings, lands: int, comes: int
) -> None:
    for number in range(1, comes + 1):
        query(
            url,
            "insert into sf_activities select (jsonb_populate_record(stored, jsonb_build_object("
            "'id', gen_random_uuid(), 'salesforce_id', %s::text))).* from sf_activities as stored "
            "where salesforce_id = %s",
            f"00TZz0{number:012}",
            seed.task(1),
        )
    post_load(url, settings)  # remembers how the tables look
    seed.land(url, [relation(number) for number in range(1, lands + 1)])
    before = read(url)
    result = post_load(url, replace(settings, max_records=10))
    assert (result.counts.inserted, result.accounting.closes) == (lands, True)
    for table, rows in read(url).items():
        assert rows - before[table] < MOST_READ, table


def test_a_changed_definition_tries_each_row_that_did_not_fit_once(
    url: str, settings: PostLoadSettings
) -> None:
    settings = replace(settings, max_records=10)
    post_load(url, settings)
    query(url, "alter table sf_taskwhorelations alter column type type varchar(60)")
    before = read(url)["quarantine"]
    result = post_load(url, settings)
    assert (result.counts.failed_again, result.accounting.closes) == (4 * MANY, True)
    tried = read(url)["quarantine"]
    assert tried - before >= 3 * MANY
    post_load(url, settings)
    assert read(url)["quarantine"] - tried < MOST_READ
