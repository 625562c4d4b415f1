"""The SOQL that the sandbox org understands, and how it refuses the rest."""

# ruff: noqa: S608 - SOQL of the tests' own

from __future__ import annotations

import pytest

from tests.sandbox.errors import OrgError
from tests.sandbox.org import ids
from tests.sandbox.queries.conditions import Condition
from tests.sandbox.queries.soql import Query, parse, side_effect

RELATION = ids.make("TaskWhoRelation", 62**3)
FROM = "SELECT Id FROM TaskWhoRelation"
STAMP = "SystemModstamp"


def test_the_query_of_a_page_is_parsed() -> None:
    soql = (
        f"SELECT Id, TaskId FROM TaskWhoRelation WHERE {STAMP} >= 2024-01-01T00:00:00Z "
        f"AND {STAMP} < 2024-02-01T00:00:00Z AND Id > '{RELATION}' ORDER BY Id LIMIT 2000"
    )
    assert parse(soql) == Query(
        "TaskWhoRelation",
        ("Id", "TaskId"),
        (
            Condition(STAMP, ">=", "2024-01-01T00:00:00.000+0000"),
            Condition(STAMP, "<", "2024-02-01T00:00:00.000+0000"),
            Condition("Id", ">", RELATION),
        ),
        order="Id",
        limit=2000,
    )


def test_a_count_has_no_fields() -> None:
    query = parse("select count() from task where isarchived = TRUE limit 5")
    assert query.counts
    assert query.conditions == (Condition("IsArchived", "=", value=True),)
    assert query.limit == 5


def test_a_list_of_ids_is_one_condition() -> None:
    other = ids.make("TaskWhoRelation", 62**3 + 1)
    query = parse(f"{FROM} WHERE Id IN ('{RELATION}', '{other[:15]}') AND IsDeleted = false")
    assert set(query.conditions) == {
        Condition("Id", "IN", frozenset({RELATION, other})),
        Condition("IsDeleted", "=", value=False),
    }


def test_names_and_keywords_have_no_case() -> None:
    query = parse("select id, TASKID\n\tfrom taskwhorelation order by ID desc")
    assert (query.fields, query.sobject, query.descending) == (
        ("Id", "TaskId"),
        "TaskWhoRelation",
        True,
    )


def test_ids_are_listed() -> None:
    other = ids.make("TaskWhoRelation", 1)
    query = parse(f"{FROM} WHERE IsDeleted = false AND Id in ('{RELATION[:15]}' , '{other}')")
    assert query.conditions == (
        Condition("IsDeleted", "=", value=False),
        Condition("Id", "IN", frozenset({RELATION, other})),
    )


@pytest.mark.parametrize("given", [RELATION, RELATION[:15]])
def test_an_id_has_15_or_18_characters(given: str) -> None:
    assert parse(f"{FROM} WHERE Id = '{given}'").conditions[0].value == RELATION


@pytest.mark.parametrize(
    ("literal", "read"),
    [
        ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000+0000"),
        ("2024-01-01T00:00:00.999Z", "2024-01-01T00:00:00.000+0000"),
        ("2024-01-01T01:30:00+01:30", "2024-01-01T00:00:00.000+0000"),
        ("2023-12-31T16:00:00-08:00", "2024-01-01T00:00:00.000+0000"),
    ],
)
def test_a_datetime_is_read_to_the_second_in_utc(literal: str, read: str) -> None:
    assert parse(f"{FROM} WHERE {STAMP} >= {literal}").conditions[0].value == read


@pytest.mark.parametrize(
    ("soql", "code"),
    [
        ("", "MALFORMED_QUERY"),
        ("SELECT * FROM Task", "MALFORMED_QUERY"),
        ("DELETE FROM Task", "MALFORMED_QUERY"),
        ("SELECT FIELDS(ALL) FROM Task", "MALFORMED_QUERY"),
        ("SELECT COUNT(Id) FROM Task", "MALFORMED_QUERY"),
        ("SELECT COUNT(), Id FROM Task", "MALFORMED_QUERY"),
        ("SELECT COUNT() FROM Task ORDER BY Id", "MALFORMED_QUERY"),
        (f"{FROM} LIMIT many", "MALFORMED_QUERY"),
        (f"{FROM} ALL ROWS", "MALFORMED_QUERY"),  # Apex only
        (f"{FROM} SET OPTIONS (a)", "MALFORMED_QUERY"),
        (f"{FROM} WHERE Id != null OR Id = null", "MALFORMED_QUERY"),
        (f"{FROM} WHERE {STAMP} >= 2024-01-01T00:00:00", "MALFORMED_QUERY"),  # no zone
        (f"{FROM} WHERE {STAMP} >= 2024-01-01T00:00:00+0000", "MALFORMED_QUERY"),
        # a plus sign that was not encoded arrives as a space
        (f"{FROM} WHERE {STAMP} >= 2024-01-01T00:00:00 01:00", "MALFORMED_QUERY"),
        (f"{FROM} WHERE {STAMP} >= 2024-13-45T00:00:00Z", "MALFORMED_QUERY"),
        (f"{FROM} LIMIT 5 OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE"),
        (f"{FROM} WHERE {STAMP} >= '2024-01-01T00:00:00Z'", "INVALID_FIELD"),
        (f"{FROM} WHERE {STAMP} >= 2024-01-01", "INVALID_FIELD"),
        (f"{FROM} WHERE IsDeleted = 'true'", "INVALID_FIELD"),
        (f"{FROM} WHERE IsDeleted > true", "INVALID_QUERY_FILTER_OPERATOR"),
        (f"{FROM} WHERE Id > 'short'", "INVALID_QUERY_FILTER_OPERATOR"),
        (f"{FROM} WHERE Id > '{RELATION[:15]}ZZZ'", "INVALID_QUERY_FILTER_OPERATOR"),
        (f"{FROM} WHERE IsArchived = true", "INVALID_FIELD"),  # a field of Task
        ("SELECT Id, id FROM Task", "INVALID_FIELD"),
        ("SELECT Colour FROM Task", "INVALID_FIELD"),
        ("SELECT Id FROM Weather", "INVALID_TYPE"),
        (f"{FROM} WHERE Type = '{'x' * 4_001}'", "MALFORMED_QUERY"),
        (f"{FROM} {' ' * 100_000}", "QUERY_TOO_COMPLICATED"),
    ],
)
def test_everything_else_is_refused(soql: str, code: str) -> None:
    with pytest.raises(OrgError) as refused:
        parse(soql)
    assert (refused.value.status, refused.value.code) == (400, code)


def test_a_refusal_shows_the_position() -> None:
    with pytest.raises(OrgError) as refused:
        parse("SELECT Id, Colour FROM Task")
    _, query, caret, place, text = refused.value.message.split("\n")
    assert query[caret.index("^") :].startswith("Colour")
    assert place == "ERROR at Row:1:Column:12"
    assert text.startswith("No such column 'Colour' on entity 'Task'.")


def test_a_field_that_the_user_may_not_see_does_not_exist() -> None:
    hidden = frozenset({"TaskWhoRelation.Type"})
    with pytest.raises(OrgError, match="No such column 'Type'"):
        parse("SELECT Type FROM TaskWhoRelation", hidden)


@pytest.mark.parametrize(
    ("soql", "clause"),
    [
        (f"{FROM} FOR VIEW", "FOR VIEW"),
        (f"{FROM} for\n reference", "FOR REFERENCE"),
        (f"{FROM} FOR UPDATE", "FOR UPDATE"),
        (f"{FROM} UPDATE TRACKING", "UPDATE TRACKING"),
        (f"{FROM} update viewstat", "UPDATE VIEWSTAT"),
        (f"{FROM} SET OPTIONS (a)", "SET OPTIONS"),
        (f"{FROM} ALL ROWS", "ALL ROWS"),
        (f"{FROM} LIMIT 1 OFFSET 5", "OFFSET"),
        (f"{FROM} WHERE Type = 'for view'", None),
        (f"{FROM} WHERE Type = 'it\\'s' FOR VIEW", "FOR VIEW"),
        (FROM, None),
    ],
)
def test_a_clause_that_does_more_than_read_is_found(soql: str, clause: str | None) -> None:
    assert side_effect(soql) == clause


def test_clauses_that_change_something_are_parsed() -> None:
    for tail in ("FOR VIEW", "FOR VIEW, REFERENCE", "UPDATE TRACKING, VIEWSTAT", "FOR UPDATE"):
        assert parse(f"{FROM} LIMIT 1 {tail}").limit == 1
