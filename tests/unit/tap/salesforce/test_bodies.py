"""Bodies are taken for what they hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tap_salesforce_taskwho.salesforce.bodies import (
    CountBody,
    PageBody,
    read_as,
    read_deletes,
    read_page,
    server_error,
)
from tap_salesforce_taskwho.salesforce.transport import Answer

PAGE = b'{"totalSize": 1, "done": true, "records": [{"Id": "0RT", "Type": %s}]}'


def page(body: bytes, status: int = 200) -> PageBody[Any] | None:
    return read_page(Answer(status, {}, body), None)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b'"Contact"', "Contact"),
        (b'"\\ud83d"', "\ud83d"),  # half of an emoji, cut by a field's length
        (b'"\\udc00 \\ud83d\\ude00"', "\udc00 \U0001f600"),
        (b'"\\u0000"', "\x00"),
        (b'"\xc3\xa9"', "é"),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b'{"a": [1]}', {"a": [1]}),
        (b"null", None),
    ],
)
def test_strange_values_do_not_cost_the_page(written: bytes, value: object) -> None:
    body = page(PAGE % written)
    assert body is not None
    assert body.records == [{"Id": "0RT", "Type": value}]


@pytest.mark.parametrize("record", [b"null", b"5", b'"text"', b"[]"])
def test_a_record_that_is_no_object_stays_what_it_is(record: bytes) -> None:
    body = page(b'{"totalSize": 1, "done": true, "records": [%s]}' % record)
    assert body is not None
    assert len(body.records) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        PAGE % b"NaN",
        PAGE % b"-Infinity",
        PAGE % b'"\xff"',
        (PAGE % b'"\\ud83d"')[:-1],
        b'{"totalSize": 0, "done": true}',
        b'{"totalSize": 0, "done": true, "records": null}',
        b'{"totalSize": "0", "done": true, "records": []}',
        b'{"totalSize": 0, "done": "yes", "records": []}',
        b'{"done": true, "records": []}',
        b"[" * 100_000,
        b'[{"errorCode": "X", "message": "y"}]',
    ],
)
def test_what_is_not_a_page_is_not_taken_for_one(body: bytes) -> None:
    assert page(body) is None


def test_a_page_with_an_error_status_is_none() -> None:
    assert page(PAGE % b"1", status=500) is None


@pytest.mark.parametrize("records", [b"", b', "records": []', b', "records": null'])
def test_a_count_has_no_records(records: bytes) -> None:
    body = read_as(Answer(200, {}, b'{"totalSize": 12, "done": true%s}' % records), CountBody)
    assert body is not None
    assert body.total_size == 12


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (b'[{"errorCode": "A", "message": "b"}]', "A", "b"),
        (b'{"errorCode": "A", "message": "b"}', "A", "b"),
        (b'{"error": "invalid_grant", "error_description": "b"}', "invalid_grant", "b"),
        (b'[{"errorCode": "A"}]', "A", ""),
        (b'[{"errorCode": "A", "message": "\\ud800"}]', "A", "\ud800"),
    ],
)
def test_errors_are_found_in_both_shapes(body: bytes, code: str, message: str) -> None:
    found = server_error(Answer(400, {}, body))
    assert found is not None
    assert (found.code, found.message) == (code, message)


def test_a_page_with_fewer_rows_than_salesforce_counts_is_not_the_last_one() -> None:
    body = page(b'{"totalSize": 2, "done": true, "records": [{"Id": "0RT"}]}')
    assert body is not None
    assert not body.done


def test_attributes_are_no_field() -> None:
    body = page(PAGE.replace(b'"Id"', b'"attributes": {"type": "X"}, "Id"') % b"1")
    assert body is not None
    assert body.records == [{"Id": "0RT", "Type": 1}]


DELETES = (
    b'{"deletedRecords": [{"id": "0RT", "deletedDate": "x"}], '
    b'"earliestDateAvailable": "%s", "latestDateCovered": "2024-09-24T07:00:00.000+0000"}'
)


def test_a_list_of_deletes_has_its_bounds_in_utc() -> None:
    body = read_deletes(Answer(200, {}, DELETES % b"2024-09-01T00:00:00.000Z"))
    assert body is not None
    assert body.records == [{"id": "0RT", "deletedDate": "x"}]
    assert body.earliest_date_available == datetime(2024, 9, 1, tzinfo=UTC)
    assert body.latest_date_covered == datetime(2024, 9, 24, 7, tzinfo=UTC)


@pytest.mark.parametrize("written", [b"", b"yesterday", b"2024-13-01T00:00:00.000Z"])
def test_a_list_of_deletes_with_bounds_that_are_no_dates_is_not_taken_for_one(
    written: bytes,
) -> None:
    assert read_deletes(Answer(200, {}, DELETES % written)) is None
