"""Bodies are taken for what they hold."""

from __future__ import annotations

from typing import Any

import pytest
from tap_salesforce_taskwho.salesforce.bodies import CountBody, PageBody, expected, server_error
from tap_salesforce_taskwho.salesforce.transport import Answer

PAGE = b'{"totalSize": 1, "done": true, "records": [{"Id": "0RT", "Type": %s}]}'


def page(body: bytes, status: int = 200) -> PageBody[Any] | None:
    return expected(Answer(status, {}, body), PageBody)


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
    body = expected(Answer(200, {}, b'{"totalSize": 12, "done": true%s}' % records), CountBody)
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
