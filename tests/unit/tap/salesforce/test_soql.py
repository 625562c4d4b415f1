"""The queries that are built, and all the others, which are refused."""

# ruff: noqa: S608 - SOQL of the tests' own

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tap_salesforce_taskwho.errors import ReadOnlyViolation
from tap_salesforce_taskwho.salesforce import soql
from tap_salesforce_taskwho.salesforce.soql import Bounds

FROM = datetime(2024, 9, 24, 6, 32, 4, tzinfo=UTC)
TO = datetime(2024, 9, 25, tzinfo=UTC)
ID_A = "0RTUJ00000ZZZZZ2AA"
ID_B = "0RTUJ00000zzzzz2AA"
MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year < 9999)
IDS = st.none() | st.from_regex(r"[A-Za-z0-9]{15}([A-Za-z0-9]{3})?", fullmatch=True)
LISTS = st.lists(IDS.filter(bool), max_size=3).map(tuple)
BOUNDS = st.builds(
    Bounds,
    modstamp_from=MOMENTS,
    modstamp_to=MOMENTS,
    after_id=IDS,
    until_id=IDS,
    live=st.booleans(),
    ids=LISTS,
)


def a_page(limit: int = 2_000, *, descending: bool = False, **bounds: Any) -> str:  # noqa: ANN401 -- bounds of two types
    return soql.select(
        "TaskWhoRelation",
        ["Id", "TaskId"],
        Bounds(**bounds),
        limit=limit,
        descending=descending,
    )


def test_a_window_is_read_by_id() -> None:
    assert a_page(modstamp_from=FROM, modstamp_to=TO, after_id=ID_A, until_id=ID_B) == (
        "SELECT Id, TaskId FROM TaskWhoRelation WHERE SystemModstamp >= 2024-09-24T06:32:04Z "
        "AND SystemModstamp < 2024-09-25T00:00:00Z AND Id > '0RTUJ00000ZZZZZ2AA' "
        "AND Id <= '0RTUJ00000zzzzz2AA' ORDER BY Id LIMIT 2000"
    )


def test_without_bounds_the_whole_object_is_read() -> None:
    assert a_page() == "SELECT Id, TaskId FROM TaskWhoRelation ORDER BY Id LIMIT 2000"


def test_the_last_id_is_found_by_reading_downwards() -> None:
    assert a_page(limit=1, descending=True).endswith("ORDER BY Id DESC LIMIT 1")


def test_the_same_window_is_counted() -> None:
    counted = soql.count("Task", Bounds(modstamp_from=FROM, after_id=ID_A))
    assert counted == (
        "SELECT COUNT() FROM Task WHERE SystemModstamp >= 2024-09-24T06:32:04Z "
        "AND Id > '0RTUJ00000ZZZZZ2AA'"
    )


def test_live_rows_are_counted_in_a_range_of_ids_and_one_of_stamps() -> None:
    of_ids = Bounds(after_id=ID_A, until_id=ID_B, modstamp_to=TO, live=True)
    assert soql.count("Task", of_ids) == (
        "SELECT COUNT() FROM Task WHERE SystemModstamp < 2024-09-25T00:00:00Z "
        f"AND Id > '{ID_A}' AND Id <= '{ID_B}' AND IsDeleted = false"
    )


def test_records_are_looked_up_by_their_ids() -> None:
    assert a_page(ids=(ID_A, ID_B)) == (
        f"SELECT Id, TaskId FROM TaskWhoRelation WHERE Id IN ('{ID_A}','{ID_B}') "
        "ORDER BY Id LIMIT 2000"
    )


def test_records_are_asked_for_by_their_ids() -> None:
    assert soql.ids_in("Contact", ["Id", "IsDeleted"], [ID_A, ID_B]) == (
        "SELECT Id, IsDeleted FROM Contact "
        "WHERE Id IN ('0RTUJ00000ZZZZZ2AA','0RTUJ00000zzzzz2AA') ORDER BY Id"
    )


@pytest.mark.parametrize(
    "listed", [[], [ID_A] * (soql.MOST_IDS + 1), ["x') OR Id != ('"], [ID_A, "short"]]
)
def test_a_list_of_ids_holds_ids_alone_and_not_too_many(listed: list[str]) -> None:
    with pytest.raises(ValueError, match="quer"):
        soql.ids_in("Contact", ["Id"], listed)


def test_the_longest_list_of_ids_fits_an_address() -> None:
    query = soql.ids_in("TaskWhoRelation", ["Id", "SystemModstamp"], [ID_A] * soql.MOST_IDS)
    soql.check(query)
    assert len(quote(query, safe="")) < 15_000


def test_offsets_become_utc() -> None:
    berlin = FROM.astimezone(timezone(timedelta(hours=2)))
    assert a_page(modstamp_from=berlin) == a_page(modstamp_from=FROM)


def test_parts_of_a_second_never_make_a_window_narrower() -> None:
    part = timedelta(milliseconds=1)
    query = a_page(modstamp_from=FROM + part, modstamp_to=TO + part)
    assert ">= 2024-09-24T06:32:04Z" in query
    assert "< 2024-09-25T00:00:01Z" in query


@pytest.mark.parametrize(
    "parts",
    [
        {"modstamp_from": FROM.replace(tzinfo=None)},
        {"after_id": "0RT' OR Id != '"},
        {"after_id": ID_A + "\n"},
        {"until_id": "０RTUJ00000ZZZZZ2AA"},  # noqa: RUF001 - a digit that is not ASCII
        {"limit": 0},
        {"limit": 2001},
    ],
)
def test_a_part_that_is_not_what_it_says_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="quer"):
        a_page(**parts)


@pytest.mark.parametrize(
    ("sobject", "fields"),
    [
        ("TaskWhoRelation FOR VIEW", ["Id"]),
        ("TaskWhoRelation", ["Id", "Id"]),
        ("TaskWhoRelation", []),
        ("TaskWhoRelation", ["FIELDS(ALL)"]),
        ("TaskWhoRelation", ["(SELECT Id FROM Contacts)"]),
        ("TaskWhoRelation", ["Relation.Name"]),
        ("Task--", ["Id"]),
    ],
)
def test_only_plain_names_become_part_of_a_query(sobject: str, fields: list[str]) -> None:
    with pytest.raises(ValueError, match="query"):
        soql.select(sobject, fields, Bounds(), limit=1)


@given(bounds=BOUNDS, limit=st.integers(1, 2000), descending=st.booleans())
def test_whatever_is_built_is_allowed(bounds: Bounds, limit: int, *, descending: bool) -> None:
    soql.check(soql.select("Task", ["Id"], bounds, limit=limit, descending=descending))
    soql.check(soql.count("Task", bounds))


LISTED = soql.ids_in("Task", ["Id"], [ID_A, ID_B])
BUILT = a_page(modstamp_from=FROM, modstamp_to=TO, after_id=ID_A)


@pytest.mark.parametrize(
    "query",
    [
        "",
        BUILT + " FOR VIEW",
        BUILT + " for reference",
        BUILT + " FOR VIEW, REFERENCE",
        BUILT + " FOR UPDATE",
        BUILT + " UPDATE TRACKING",
        BUILT + " UPDATE VIEWSTAT",
        BUILT + " SET OPTIONS (x = 1)",
        BUILT + " ALL ROWS",
        BUILT + " OFFSET 10",
        BUILT + " ",
        BUILT + "\n",
        " " + BUILT,
        BUILT.replace(" FROM ", "\tFROM "),
        BUILT.replace(" FROM ", "  FROM "),
        BUILT.replace(" FROM ", "\u00a0FROM "),
        BUILT.replace("SELECT", "select"),
        BUILT.replace("LIMIT 2000", "LIMIT 20000"),
        BUILT.replace("LIMIT 2000", "LIMIT 0"),
        BUILT.replace(" WHERE ", " USING SCOPE mine WHERE "),
        BUILT.replace(" WHERE ", " t WHERE "),
        BUILT.replace(ID_A, "x' OR Id != '"),
        BUILT.replace(ID_A, ID_A + "\\' FOR VIEW"),
        BUILT.replace("Id, TaskId", "Id, (SELECT Id FROM Contacts)"),
        BUILT.replace("Id, TaskId", "FIELDS(ALL)"),
        BUILT.replace("Id, TaskId", "Id, toLabel(Type)"),
        BUILT.replace("Id, TaskId", "Id /* x */"),
        BUILT + "; DELETE Task",
        "SELECT COUNT() FROM Task ORDER BY Id",
        "SELECT COUNT(), Id FROM Task",
        "SELECT COUNT() FROM Task LIMIT 1 FOR VIEW",
        "FIND {x} IN ALL FIELDS",
        "SELECT Id FROM Task WHERE Id IN (SELECT TaskId FROM TaskRelation)",
        LISTED.replace("','", "', '"),
        LISTED.replace(" IN ", " NOT IN "),
        "SELECT Id FROM Task WHERE Id IN ()",
        "SELECT Id FROM Task WHERE Subject = 'FOR VIEW'",
    ],
)
def test_anything_but_the_template_is_refused(query: str) -> None:
    with pytest.raises(ReadOnlyViolation, match="refused before it was sent"):
        soql.check(query)
