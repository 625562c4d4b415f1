"""What a comparison says and does beside finding differences."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import taskwho
from taskwho.database.bookmarks import write_singer_state
from taskwho.database.connection import connect
from taskwho.model.results.result import RunResult
from taskwho.pipeline.pairs import pairs
from taskwho.pipeline.sync_lock import alone

from tests.sandbox import Sandbox
from tests.support import seed
from tests.support.comparing.compared_sides import LIVE, OLD, Sides, remove, remove_in_org
from tests.support.postgresql import query
from tests.support.promoting import land, page

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 300


@pytest.fixture
def sides(database_url: str, tmp_path: Path) -> Iterator[Sides]:
    with Sandbox(rows=ROWS) as org:
        made = Sides(org, database_url, tmp_path)
        made.load()
        yield made


def test_an_equal_table_is_equal_by_ids_where_it_is_small(sides: Sides) -> None:
    before = len(sides.org.queries())
    found = sides.verify()
    live = len(sides.org.relation_ids(deleted=False))
    assert (found.by, found.is_equal, found.exit_code) == ("Ids", True, 0)
    assert (found.in_org, found.in_table + found.waiting + found.set_aside) == (live, live)
    assert found.set_aside > 0
    assert found.waiting > 0
    assert found.api_calls == len(sides.org.queries()) - before
    assert found.report_path is None
    assert (found.notes, found.ghosts) == ((), ())


def test_reports_show_the_sum_that_it_counted(sides: Sides) -> None:
    live = len(sides.org.relation_ids(deleted=False))
    remove(sides, 3)
    report = Path(str(sides.verify(repair=True).report_path))
    count = RunResult.from_dict(json.loads(report.with_suffix(".json").read_text())).org_count
    assert count is not None
    assert (count.counted_by, count.in_org, count.apart) == ("verify", live, 0)


def test_what_changed_after_the_bookmark_was_not_read_yet_and_is_no_difference(
    sides: Sides,
) -> None:
    sides.org.insert(3)
    sides.org.update(2)
    sides.org.soft_delete(2)
    found = sides.verify(repair=True)
    assert (found.not_read_yet, found.differences, found.exit_code) == (7, {}, 0)


def test_what_has_landed_is_promoted_first(sides: Sides) -> None:
    [made] = sides.org.insert(1, SystemModstamp=OLD, CreatedDate=OLD, LastModifiedDate=OLD)
    row = sides.org.table("TaskWhoRelation")[made]
    seed.land(sides.url, [{name: str(row[name]) for name in seed.relation(1)}])
    assert sides.verify().differences == {}
    assert (made,) in query(sides.url, LIVE)


def test_rows_before_the_floor_of_the_first_run_are_left_alone(sides: Sides) -> None:
    floor = "2020-01-01T00:00:00Z"
    sides.execute("update taskwho.batches set window_from = %s", floor)
    ancient = "2019-06-01T00:00:00.000+0000"
    sides.org.insert(2, SystemModstamp=ancient)
    made = sides.store()
    sides.execute(
        "update sf_taskwhorelations set sf_system_modstamp = '2019-06-01' where salesforce_id = %s",
        made,
    )
    found = sides.verify(repair=True)
    assert (found.floor, found.differences) == (floor, {})


def test_a_start_date_of_today_s_settings_says_nothing_of_the_first_run(sides: Sides) -> None:
    state = {"bookmarks": {"task_who_relations": {"replication_key_value": f"{sides.org.now}"}}}
    [pair] = pairs((), parents=False)
    with connect(sides.url) as connection:
        write_singer_state(connection, pair.state_id("dev"), state)
    for journal in ("", "delete from taskwho.batches"):
        if journal:
            sides.execute(journal)
        found = sides.verify(salesforce={"start_date": "2024-05-01"})
        assert (found.floor, found.differences) == (None, {})


def test_more_deletes_than_allowed_are_none(sides: Sides) -> None:
    remove_in_org(sides, 40)
    found = sides.verify(repair=True)
    assert (found.exit_code, found.standing) == (4, {"gone": 40})
    assert "--max-delete-percent 5: none was" in " ".join(found.notes)
    found = sides.verify(repair=True, settings={"max_delete_percent": 50})
    assert (found.exit_code, found.standing) == (0, {})
    sides.assert_equal()


def test_a_row_that_comes_back_as_it_was_is_undeleted(sides: Sides) -> None:
    relations = sides.org.tables["TaskWhoRelation"]
    rows = {found: relations.rows[found] for found in sides.pick(3, LIVE)}
    relations.remove(rows)
    assert sides.verify(repair=True).differences == {"gone": 3}
    relations.put(rows.values())
    found = sides.verify(repair=True)
    assert (found.differences, found.exit_code) == ({"missing": 3}, 0)
    sides.assert_equal()


def test_a_row_that_was_listed_as_removed_and_is_shown_comes_back(sides: Sides) -> None:
    [listed] = sides.pick(1, LIVE)
    sides.execute(
        "insert into taskwho.task_relation_deletes values (%s, %s)", listed, f"{sides.org.now}"
    )
    found = sides.verify(repair=True)
    assert (found.differences, found.exit_code) == ({"missing": 1}, 0)
    sides.assert_equal()


def test_differences_that_the_table_refuses_to_lose_stand(sides: Sides) -> None:
    sides.execute(
        "alter table sf_taskwhorelations add constraint never check (not is_deleted) not valid"
    )
    remove(sides, 2)
    remove_in_org(sides, 2)
    found = sides.verify(repair=True)
    assert found.differences == {"missing": 2, "gone": 2}
    assert (found.standing, found.exit_code) == ({"gone": 2}, 4)


def test_ghosts_are_named_and_are_no_difference(sides: Sides) -> None:
    relations = sides.org.tables["TaskWhoRelation"]
    [converted, mixed] = (
        sides.org.convert_leads(1, moves=False)
        + [i for i, row in relations.items() if row["Type"] == "Lead" and not row["IsDeleted"]][-1:]
    )
    [beside, merged] = sides.pick(2, LIVE)
    task, person = relations[beside]["TaskId"], relations[merged]["RelationId"]
    relations.put([relations.change(mixed, {"TaskId": task})])
    sides.org.tables["Contact"].put(
        [sides.org.tables["Contact"].change(person, {"MasterRecordId": person, "IsDeleted": True})]
    )
    sides.execute("alter table sf_contacts add if not exists is_deleted boolean")
    sides.execute("update sf_contacts set is_deleted = true where salesforce_id = %s", person)
    sides.verify(repair=True)
    found = sides.verify()
    assert (found.exit_code, len(found.ghosts)) == (0, 3)
    assert "does not document whether a conversion or a merge" in found.notes[-1]
    of_lead, of_converted, of_merged = found.ghosts
    assert mixed in of_lead.ids
    assert converted in of_converted.ids
    assert merged in of_merged.ids
    assert not sides.verify(sample=0).ghosts[1:]


def test_without_a_run_to_the_end_there_is_nothing_to_compare(sides: Sides) -> None:
    sides.execute("update taskwho.batches set outcome = 'quota'")
    with pytest.raises(taskwho.RunFailed, match="to the end yet") as raised:
        sides.verify()
    assert raised.value.exit_code == 1


def test_counts_that_take_too_long_are_taken_of_smaller_ranges_or_the_rows_are_read(
    database_url: str, tmp_path: Path
) -> None:
    with Sandbox(rows=4_400, slow_counts=True) as org:
        sides = Sides(org, database_url, tmp_path)
        sides.load()
        remove(sides, 3)
        found = sides.verify()
        assert found.differences == {"missing": 3}


def test_an_org_that_refuses_query_all_is_asked_by_query_and_the_note_says_what_that_hides(
    sides: Sides,
) -> None:
    sides.org.queryall_refused = True
    found = sides.verify()
    assert found.is_equal
    assert "through `query`" in found.notes[-1]


def test_a_hidden_field_is_not_compared_and_a_repair_leaves_it_as_it_is(sides: Sides) -> None:
    sides.org.hidden = frozenset({"TaskWhoRelation.Type"})
    found = sides.verify()
    assert found.is_equal
    assert "may not see Type of TaskWhoRelation" in found.notes[-1]
    [changed] = sides.pick(1, LIVE)
    sides.execute(
        "update sf_taskwhorelations set type = 'mine', task_id = "
        "(select min(salesforce_id) from sf_activities) where salesforce_id = %s",
        changed,
    )
    assert sides.verify(repair=True).differences == {"changed": 1}
    kept = "select type from sf_taskwhorelations where salesforce_id = %s"
    assert query(sides.url, kept, changed) == [("mine",)]
    sides.org.hidden = frozenset({"TaskWhoRelation.TaskId"})
    with pytest.raises(taskwho.Misconfigured, match="TaskId of TaskWhoRelation is hidden"):
        sides.verify()


def test_a_column_that_the_database_writes_is_not_compared(sides: Sides) -> None:
    sides.execute("alter table sf_taskwhorelations drop column type")
    sides.execute(
        "alter table sf_taskwhorelations add column type text generated always as ('x') stored"
    )
    remove(sides, 1)
    found = sides.verify(repair=True)
    assert (found.differences, found.exit_code) == ({"missing": 1}, 0)


def test_a_table_that_is_gone_is_made_again(sides: Sides) -> None:
    sides.execute("drop table sf_taskwhorelations")
    found = sides.verify(repair=True)
    assert (found.in_table, found.exit_code) == (0, 0)
    assert found.differences["missing"] > ROWS // 2
    sides.assert_equal()


def test_a_run_at_work_is_waited_for_by_nobody(sides: Sides) -> None:
    [pair] = pairs((), parents=False)
    with alone(sides.url, [pair.state_id("dev")]), pytest.raises(taskwho.Busy):
        sides.verify()


def test_the_quota_ends_it_and_nothing_is_changed(sides: Sides) -> None:
    remove(sides, 2)
    sides.org.api_used, sides.org.api_max = 79_999, 100_000
    with pytest.raises(taskwho.QuotaReached):
        sides.verify(repair=True)
    with connect(sides.url) as connection:
        assert not connection.execute("select from taskwho.task_who_relations").fetchall()


def test_an_org_that_does_not_answer_ends_it_and_says_what_is_kept_of_a_comparison(
    sides: Sides,
) -> None:
    sides.org.faults.add("html", where=lambda asked: "query" in asked)
    with pytest.raises(taskwho.RunFailed) as raised:
        sides.verify(repair=True, salesforce={"max_attempts": 1})
    assert re.fullmatch(
        r"A page failed 1 times in \d+ seconds, the last time because: .* "
        r"Run it again\. Nothing was read or written\.",
        raised.value.message,
    )
    assert "kept in the state" not in raised.value.message


def test_a_stop_ends_it(sides: Sides) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(taskwho.TaskwhoError, match="was stopped") as raised:
        sides.verify(stop=stop)
    assert raised.value.exit_code == 130


def test_stages_are_told(sides: Sides) -> None:
    remove(sides, 1)
    land(sides.url, "sync_batches", [page(2)])
    seen: list[taskwho.Progress] = []
    sides.verify(repair=True, on_progress=seen.append)
    assert [*dict.fromkeys(at.stage for at in seen)] == ["prepare", "promote", "verify", "repair"]
    last = [at for at in seen if at.stage == "verify"][-1]
    assert (last.rows, last.api_calls > 0) == (len(sides.org.relation_ids(deleted=False)), True)
