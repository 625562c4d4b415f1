"""The answers of the sandbox org to queries: pages, windows and hidden records."""

# ruff: noqa: S608 - SOQL of the tests' own

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.sandbox.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

FROM = "SELECT Id FROM TaskWhoRelation"
ROWS = 3_000


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as sandbox:
        yield sandbox


@pytest.fixture
def reader(org: Sandbox) -> Iterator[Reader]:
    with Reader(org) as made:
        yield made


def keyset(reader: Reader, limit: int, where: str = "") -> tuple[list[str], int]:
    """Page by Id as the tap does: a page ends it only if it is done and short."""
    ids: list[str] = []
    pages = 0
    while True:
        after = [f"Id > '{ids[-1]}'"] if ids else []
        conditions = " AND ".join([*after, *([where] if where else [])])
        clause = f" WHERE {conditions}" if conditions else ""
        page = reader.page(f"{FROM}{clause} ORDER BY Id LIMIT {limit}", "queryAll")
        ids += [record["Id"] for record in page["records"]]
        pages += 1
        if page["done"] and len(page["records"]) < limit:
            return ids, pages


@pytest.mark.parametrize("limit", [200, 999, 2_000])
def test_pages_by_id_give_every_row_once_in_order(org: Sandbox, reader: Reader, limit: int) -> None:
    ids, pages = keyset(reader, limit)
    assert ids == sorted(row["Id"] for row in org.truth())
    assert pages == ROWS // limit + 1


@pytest.mark.parametrize(
    ("low", "high"), [("<", "<="), ("<=", "<")], ids=["after and until", "from and before"]
)
def test_a_window_holds_the_records_with_stamps_inside(
    org: Sandbox, reader: Reader, low: str, high: str
) -> None:
    stamps = sorted({row["SystemModstamp"] for row in org.truth()})
    first, last = stamps[len(stamps) // 3], stamps[len(stamps) // 2]
    literals = [stamp.replace(".000+0000", "Z") for stamp in (first, last)]
    flipped = {"<": ">", "<=": ">="}[low]
    where = f"SystemModstamp {flipped} {literals[0]} AND SystemModstamp {high} {literals[1]}"
    expected = [
        row["Id"]
        for row in org.truth()
        if (first < row["SystemModstamp"] or (low == "<=" and first == row["SystemModstamp"]))
        and (row["SystemModstamp"] < last or (high == "<=" and last == row["SystemModstamp"]))
    ]
    assert len(expected) > 100
    assert keyset(reader, 200, where)[0] == sorted(expected)


def test_a_range_of_ids_keeps_its_bounds(org: Sandbox, reader: Reader) -> None:
    ids = sorted(row["Id"] for row in org.truth())
    low, high = ids[500], ids[700]
    soql = f"{FROM} WHERE Id > '{low[:15]}' AND Id <= '{high}' ORDER BY Id"
    found = [record["Id"] for record in reader.page(soql, "queryAll")["records"]]
    assert found == ids[501:701]
    count = reader.page(f"SELECT COUNT() FROM TaskWhoRelation WHERE Id >= '{low}'", "queryAll")
    assert count == {"totalSize": ROWS - 500, "done": True, "records": []}


def test_a_descending_order_begins_with_the_largest_id(org: Sandbox, reader: Reader) -> None:
    page = reader.page(f"{FROM} ORDER BY Id DESC LIMIT 2", "queryAll")
    expected = sorted((row["Id"] for row in org.truth()), reverse=True)[:2]
    assert [record["Id"] for record in page["records"]] == expected


def test_a_record_has_its_type_and_url(reader: Reader) -> None:
    record = reader.page(f"{FROM} LIMIT 1")["records"][0]
    assert record["attributes"] == {
        "type": "TaskWhoRelation",
        "url": f"/services/data/v64.0/sobjects/TaskWhoRelation/{record['Id']}",
    }
    assert set(record) == {"attributes", "Id"}


@pytest.mark.parametrize(("asked", "given"), [(1, 200), (200, 200), (500, 500), (9_999, 2_000)])
def test_a_page_has_200_to_2000_rows(reader: Reader, asked: int, given: int) -> None:
    page = reader.page(FROM, "queryAll", batch=asked)
    assert len(page["records"]) == given
    assert page["totalSize"] == ROWS
    assert not page["done"]


def test_the_url_of_further_pages_says_query(org: Sandbox, reader: Reader) -> None:
    page = reader.page(FROM, "queryAll", batch=1_000)
    assert page["nextRecordsUrl"].startswith("/services/data/v64.0/query/01g")
    assert page["nextRecordsUrl"].endswith("-1000")
    records = reader.rest(page)
    assert {record["Id"] for record in records} == {row["Id"] for row in org.truth()}


def test_pages_are_encoded_once_until_something_changes() -> None:
    soql = "SELECT Id, SystemModstamp FROM TaskWhoRelation"
    with Sandbox(rows=900) as org, Reader(org) as reader:
        for encoded in (2, 2):
            page = reader.page(soql, "queryAll", batch=400)
            assert len(reader.rest(page)) == 900
            assert org.pages.encoded == encoded
        [changed] = org.update(1)
        page = reader.page(soql, "queryAll", batch=400)
        shown = {record["Id"]: record["SystemModstamp"] for record in reader.rest(page)}
        assert shown[changed] == org.table("TaskWhoRelation")[changed]["SystemModstamp"]
        assert org.pages.encoded == 4


@pytest.mark.parametrize("start", [0, 1, 249, 250, 251])
@pytest.mark.parametrize("end", [252, 500, 900])
def test_pages_of_other_ranges_show_the_same_records(start: int, end: int) -> None:
    with Sandbox(rows=900) as org, Reader(org) as reader:
        order = org.tables["TaskWhoRelation"].order
        whole = reader.page(FROM, "queryAll")["records"]
        encoded = org.pages.encoded
        above = f"Id > '{order[start - 1]}' AND " if start else ""
        soql = f"{FROM} WHERE {above}Id <= '{order[end - 1]}'"
        zipped = reader.ask(soql, "queryAll", headers={"Accept-Encoding": "gzip"}).json()
        plain = reader.ask(soql, "queryAll", headers={"Accept-Encoding": "identity"}).json()
        assert zipped == plain
        assert plain == {"totalSize": end - start, "done": True, "records": whole[start:end]}
        assert org.pages.encoded == encoded


def test_limit_bounds_the_total_too(reader: Reader) -> None:
    page = reader.page(f"{FROM} LIMIT 7")
    assert (page["totalSize"], len(page["records"]), page["done"]) == (7, 7, True)
    assert reader.page("SELECT COUNT() FROM TaskWhoRelation LIMIT 7")["totalSize"] == 7


def test_query_never_shows_the_recycle_bin(reader: Reader) -> None:
    soql = "SELECT COUNT() FROM TaskWhoRelation WHERE IsDeleted = true"
    assert reader.page(soql)["totalSize"] == 0
    assert reader.page(soql, "queryAll")["totalSize"] > 0


def test_relations_of_archived_tasks_stay_visible(org: Sandbox, reader: Reader) -> None:
    archived = {i for i, task in org.table("Task").items() if task["IsArchived"]}
    expected = {row["Id"] for row in org.truth() if row["TaskId"] in archived}
    page = reader.page("SELECT Id, TaskId FROM TaskWhoRelation")
    found = {record["Id"] for record in reader.rest(page) if record["TaskId"] in archived}
    assert expected == found != set()


def test_a_page_that_the_server_shortened_is_not_done() -> None:
    with Sandbox(rows=900, page_cap=250) as org, Reader(org) as reader:
        page = reader.page(f"{FROM} ORDER BY Id LIMIT 400", "queryAll")
        assert (len(page["records"]), page["done"], page["totalSize"]) == (250, False, 400)
        rest = reader.get(page["nextRecordsUrl"]).json()
        assert (len(rest["records"]), rest["done"]) == (150, True)
        assert keyset(reader, 400)[0] == sorted(row["Id"] for row in org.truth())


def test_the_server_can_shorten_random_pages() -> None:
    with Sandbox(rows=900, short_pages=1) as org, Reader(org) as reader:
        ids, pages = keyset(reader, 200)
        assert ids == sorted(row["Id"] for row in org.truth())
        assert pages > 5


def test_a_change_shows_in_the_next_answer_to_the_same_query() -> None:
    with Sandbox(rows=50) as org, Reader(org) as reader:
        soql = "SELECT Id, LastModifiedDate FROM TaskWhoRelation ORDER BY Id LIMIT 200"
        before = reader.page(soql)
        assert reader.page(soql) == before
        changed = org.update(1)[0]
        after = {r["Id"]: r["LastModifiedDate"] for r in reader.page(soql)["records"]}
        assert after[changed] == org.table("TaskWhoRelation")[changed]["LastModifiedDate"]
        org.hard_delete(changed)
        assert changed not in {record["Id"] for record in reader.page(soql)["records"]}


def test_any_text_arrives_unchanged() -> None:
    text = "\ud800 \x00 \u2028 ü 名 \U0001f600"
    with Sandbox(rows=50) as org, Reader(org) as reader:
        changed = org.update(1, Type=text)[0]
        records = reader.page("SELECT Id, Type FROM TaskWhoRelation")["records"]
        assert {r["Id"]: r["Type"] for r in records}[changed] == text


def test_values_that_are_no_scalars_arrive_unchanged() -> None:
    with Sandbox(rows=50) as org, Reader(org) as reader:
        changed = org.update(1, Type={"a": [1, None]}, CreatedDate=5)[0]
        page = reader.page("SELECT Id, Type, CreatedDate FROM TaskWhoRelation ORDER BY Id")
        record = next(r for r in page["records"] if r["Id"] == changed)
        assert (record["Type"], record["CreatedDate"]) == ({"a": [1, None]}, 5)


def test_records_can_be_ordered_by_any_field(org: Sandbox, reader: Reader) -> None:
    page = reader.page(
        "SELECT Id, SystemModstamp FROM TaskWhoRelation ORDER BY SystemModstamp ASC", "queryAll"
    )
    stamps = [record["SystemModstamp"] for record in reader.rest(page)]
    assert stamps == sorted(row["SystemModstamp"] for row in org.truth())
