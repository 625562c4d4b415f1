"""Foreign text does no harm, and JSON is readable."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from taskwho.report.inert_text import code, json_document, json_line, prose, visible

# what a hostile record, a server or a setting can hold
HOSTILE = [
    "[here](https://evil.example/x)",
    "![pixel](https://evil.example/x.png)",
    "![pixel][1] [1]: https://evil.example",
    "<img src=x onerror=alert(1)> <!-- --> <https://evil.example>",
    "&lt;b&gt; &#91;x&#93;(https://evil.example)",
    "https://evil.example www.evil.example someone@evil.example",
    "said: ` [x](https://evil.example) and ``![y](z)``",
    "\\`[x](y)\\`",
    "[x\\](y)",
    "```mermaid\ngraph TD\n```",
    "~~~\nx\n~~~",
    "line\n# Forged\n\n> quote\n===\n---",
    "a | b | `c | d`",
    "$x^2$ **bold** _it_ *it* ~~gone~~",
    "evil\u202egnp.exe\u2066\u200f\x1b]8;;https://evil.example\x07click",
]
# these become links without markup (github.github.com/gfm, autolinks)
AUTOLINK = re.compile(r"[a-z]://\w|www\.\w|evil\.example", re.IGNORECASE)
# harmless: words, breaks between them, code
ALLOWED = {"inline", "paragraph_open", "paragraph_close", "text", "code_inline", "softbreak"}
TOKENS = st.sampled_from([*"[]()!<>`*_#|\\&;:/@$~ \n", "http", "www.", "x", "\u202e", "``"])


def test_what_moves_a_cursor_or_turns_a_line_around_is_shown_by_its_number() -> None:
    hostile = {"x": "\x1b[2J\x9b31m\u202e\u2028\ud800"}
    text = json_line(hostile)
    assert text.isascii()
    assert json_document(hostile).isascii()
    assert json.loads(text) == hostile
    assert prose(hostile["x"]).isascii()
    assert code(hostile["x"]).isascii()
    assert json_line({"x": "Zoë 東京"}) == '{"x": "Zoë 東京"}'


def check_is_words(text: str) -> None:
    """Raise AssertionError where a renderer would make more of it than words and code."""
    marked = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # as it stands in a report: inside of a paragraph, with code of our own around it
    tokens = marked.parse(f"Error: {prose(f'Run `taskwho sync`: {text} and `taskwho why`.')}")
    words = [token for block in tokens for token in [block, *(block.children or [])]]
    assert {token.type for token in words} <= ALLOWED
    for token in words:
        if token.type == "text":
            assert not AUTOLINK.search(token.content)


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_words_in_markdown(text: str) -> None:
    check_is_words(text)
    assert prose(text).isascii()


@given(st.lists(TOKENS, max_size=20).map("".join))
@example("://")  # no address
def test_no_combination_of_signs_is_markup(text: str) -> None:
    check_is_words(text)


def test_our_own_words_and_commands_stay_as_they_are() -> None:
    text = "Run `taskwho sync --mode full`, then set TASKWHO_HOME (2 > 1): done!"
    assert prose(text) == text


def test_what_is_not_seen_is_shown_by_its_number_and_lines_stay_on_a_terminal() -> None:
    assert visible("a\n  b\x1b[2J\u202e\u200b\U000e0041") == (
        "a\n  b{U+001B}[2J{U+202E}{U+200B}{U+E0041}"
    )
    assert visible("Zoë 東京 \U0001f469\u200d\U0001f4bb") == "Zoë 東京 \U0001f469\u200d\U0001f4bb"


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
