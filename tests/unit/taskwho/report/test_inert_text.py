"""Foreign text does no harm, and JSON is readable."""

from __future__ import annotations

import json

from taskwho.report.inert_text import code, json_document, json_line, prose


def test_what_moves_a_cursor_or_turns_a_line_around_is_shown_by_its_number() -> None:
    hostile = {"x": "\x1b[2J\x9b31m\u202e\u2028\ud800"}
    text = json_line(hostile)
    assert text.isascii()
    assert json_document(hostile).isascii()
    assert json.loads(text) == hostile
    assert prose(hostile["x"]).isascii()
    assert code(hostile["x"]).isascii()
    assert json_line({"x": "Zoë 東京"}) == '{"x": "Zoë 東京"}'


def test_a_document_has_a_line_for_each_value_and_for_each_that_a_list_holds() -> None:
    document = {"counts": {"failed": 2}, "none": [], "records": [{"x": "a"}, {"x": "b"}]}
    text = json_document(document)
    assert json.loads(text) == document
    assert text.splitlines() == [
        "{",
        '  "counts": {"failed": 2},',
        '  "none": [],',
        '  "records": [',
        '    {"x": "a"},',
        '    {"x": "b"}',
        "  ]",
        "}",
    ]
    assert json.loads(json_document({})) == {}
