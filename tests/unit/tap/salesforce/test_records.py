"""Records that no loader refuses, whatever came."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tap_salesforce_taskwho.salesforce.bodies import read_page
from tap_salesforce_taskwho.salesforce.records import Shape, as_dict
from tap_salesforce_taskwho.salesforce.transport import Answer

FIELDS = ["Id", "IsDeleted", "Type", "SystemModstamp"]
GOOD = {
    "Id": "0RT000000000001AAA",
    "IsDeleted": False,
    "Type": "Contact",
    "SystemModstamp": "2024-09-24T06:32:04.000Z",
}


SHAPE = Shape(
    {"Id": str, "IsDeleted": bool, "Type": str, "SystemModstamp": str}, ["SystemModstamp"]
)


def page(*records: object) -> list[dict[str, Any]]:
    """Make a page loadable, as it comes from an org: each record with its attributes."""
    shown = [{"attributes": {}, **r} if isinstance(r, dict) else r for r in records]
    body = json.dumps({"totalSize": len(shown), "done": True, "records": shown}).encode()
    read = read_page(Answer(200, {}, body), SHAPE.decoder)
    assert read is not None
    return [as_dict(record) for record in SHAPE.loadable(read.records)]


def made(record: object) -> dict[str, Any]:
    return page(record)[0]


def test_a_good_record_keeps_its_values_and_gets_a_utc_that_loaders_read() -> None:
    assert made({**GOOD, "SystemModstamp": "2024-09-24T06:32:04.000+0000"}) == GOOD


def test_only_datetimes_are_touched() -> None:
    assert made({**GOOD, "Type": "x+0000"})["Type"] == "x+0000"


def test_a_record_has_exactly_the_declared_fields_in_their_order() -> None:
    record = made({"More": 1, "attributes": {"type": "X"}, "Type": "Contact"})
    assert list(record) == FIELDS
    assert record == {"Id": None, "IsDeleted": None, "Type": "Contact", "SystemModstamp": None}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"a": [1, "é"]}, '{"a": [1, "é"]}'),  # what is no scalar becomes JSON
        (["\x00"], '["\ufffd"]'),
        ({"\x00": "\\\x00"}, '{"\ufffd": "\\\\\ufffd"}'),
        (["\\u0000", "\ud800"], '["\\\\u0000", "\ufffd"]'),
        ("a\x00b", "a\ufffdb"),  # PostgreSQL takes no NUL
        ("a\ud800b", "a\ufffdb"),  # UTF-8 has no lone surrogate
        ("\udc00\ud800\x00", "\ufffd" * 3),
        ("a\\u0000b", "a\\u0000b"),  # these six characters are a text of their own
        ("😀é\n", "😀é\n"),
        (17, 17),  # scalars of another type pass: the promotion checks them
        (1.5, 1.5),
        (True, True),
        (None, None),
    ],
)
def test_a_strange_value_is_made_loadable(value: object, written: object) -> None:
    record = made({**GOOD, "Type": value})
    assert record["Type"] == written
    str(record).encode("utf-8")


@pytest.mark.parametrize("record", [None, "text", 5, [GOOD]])
def test_what_is_no_record_becomes_one_without_an_id(record: object) -> None:
    assert made(record) == dict.fromkeys(FIELDS)


def test_one_strange_record_does_not_touch_its_neighbours() -> None:
    late = {**GOOD, "SystemModstamp": "2024-09-24T06:32:04.000+0000"}
    assert page(late, {**late, "Type": ["x"]}, None, late) == [
        GOOD,
        {**GOOD, "Type": '["x"]'},
        dict.fromkeys(FIELDS),
        GOOD,
    ]


def test_braces_in_a_text_are_only_text() -> None:
    assert made({**GOOD, "Type": "{[x]}"})["Type"] == "{[x]}"


def test_fields_in_another_order_come_out_in_the_declared_one() -> None:
    turned = dict(reversed(GOOD.items()))
    assert list(page(GOOD, turned)[1]) == FIELDS


@pytest.mark.parametrize("depth", [10, 300, *range(880, 1_000, 7), 5_000, 100_000])
def test_a_value_of_any_depth_is_json_text_or_no_page(depth: int) -> None:
    nested = '{"totalSize": 1, "done": true, "records": [{"Id": "0RT", "Type": %s}]}' % (
        "[" * depth + "]" * depth
    )
    read = read_page(Answer(200, {}, nested.encode()), SHAPE.decoder)
    for record in SHAPE.loadable(read.records) if read is not None else ():
        assert as_dict(record)["Type"] in {"[" * depth + "]" * depth, "\ufffd"}
    # in between, it is up to Python's version: 3.11 reads about 1,000 levels, 3.13 reads 5,000
    assert read is not None or depth > 300
    assert read is None or depth < 100_000
