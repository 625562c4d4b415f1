"""A report in which all text from elsewhere is hostile is still only words, and small."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from taskwho.model.results.counts import Counts, Totals
from taskwho.model.results.missing import Explanation, MissingGroup, MissingId
from taskwho.model.results.result import Missing, Record, RecordFiles, RunResult, Window
from taskwho.model.results.standing import LastRun, OrgCount
from taskwho.report.history import past_run
from taskwho.report.inert_text import json_document
from taskwho.report.markdown import LARGEST, render
from taskwho.report.page import LARGEST as LARGEST_PAGE
from taskwho.report.page import render_index, render_page

from tests.unit.taskwho.report.test_inert_text import HOSTILE

NOON = datetime(2025, 1, 31, 12, tzinfo=UTC)
EVIL = (
    "![p](https://evil.example/p) [l](https://evil.example) <img src=x> www.evil.example ` \n"
    "```mermaid\ngraph\n```\n# Forged\n| a | b |\x1b[2J\u202e"
)
NAMES = ("Id", "Type", "TaskId", "RelationId", "CreatedById", "CreatedDate", "SystemModstamp")


def result(evil: str, many: int = 1) -> RunResult:
    """A run in which every text from elsewhere is this one, and every list so long."""
    record = Record(
        success=False,
        salesforce_id=evil,
        task_id=evil,
        relation_id=evil,
        error=evil,
        action=evil,
        record=dict.fromkeys(NAMES, evil),
        context={"reasons": [evil], "waiting_since": evil, "attempts": 1},
    )
    page = dict.fromkeys(("stream", "batch", "records", "first_id", "last_id"), evil)
    return RunResult(
        run_id=1,
        started_at=NOON,
        finished_at=NOON,
        status="failed",
        error=evil,
        mode=evil,
        run_ids=[evil] * many,
        counts=Counts(failed=many, retried=many, failed_again=many, quarantined_now=many),
        totals=Totals(in_table=1, waiting=1, waiting_since=evil, state_since=evil),
        last_run=LastRun(evil, evil, health=1.0, fresh_until=evil),
        failing_since=evil,
        org_count=OrgCount(evil, evil, 2, 1, 1, 0),
        windows=[Window(evil, evil, evil, evil, evil, complete=False, outcome=evil)] * many,
        batches=[{**page, "attempts": evil, "outcome": evil, "failed": 1}] * many,
        failed_records=[record] * many,
        standing_records=[record] * many,
        successful_records=[record] * many,
        record_files=RecordFiles(failed="all.jsonl.gz"),
        errors={f"{evil}{number}": 1 for number in range(many)},
        standing_errors={f"{evil}{number}": 1 for number in range(many)},
        missing={"tasks": Missing([evil] * many, many), "users": Missing([evil] * many, many)},
        explanation=Explanation(
            asked=evil,
            tables={"users": evil},
            table_ends={"users": evil},
            groups=[MissingGroup("users", "newer", evil, evil, 1, 1, 1)] * many,
            worst=[MissingId("users", evil, 1, "newer", evil)] * many,
        ),
        replaced={evil: 1},
        sweep=evil,
        warnings=[evil] * many,
    )


class Tags(HTMLParser):
    """The tags of a page with the names of their attributes; code is what backticks make."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        if tag != "code":
            self.found.append((tag, tuple(name for name, _ in attrs)))


@pytest.mark.parametrize("evil", [EVIL, *HOSTILE])
def test_nothing_in_the_markdown_is_live(evil: str) -> None:
    text = render(result(evil))
    marked = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks = marked.parse(text)
    tokens = [token for block in blocks for token in [block, *(block.children or [])]]
    links = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert links == ["all.jsonl.gz"]
    assert not {token.type for token in tokens} & {"image", "html_inline", "html_block", "hr"}
    assert {token.info for token in tokens if token.type == "fence"} == {"json"}
    assert "Forged" not in "".join(line for line in text.splitlines() if line.startswith("#"))
    assert not any("evil.example" in token.content for token in tokens if token.type == "text")


@pytest.mark.parametrize("evil", [EVIL, *HOSTILE])
def test_nothing_in_a_page_is_a_tag_or_an_attribute(evil: str) -> None:
    runs = [past_run(result(evil), "run"), past_run(result("x"), "run")]
    assert Tags(render_page(result(evil), runs)).found == Tags(render_page(result("x"), runs)).found
    assert Tags(render_index(runs[:1])).found == Tags(render_index(runs[1:])).found


@pytest.mark.parametrize("evil", [EVIL, *HOSTILE])
def test_no_character_of_it_is_unseen_or_works_on_a_terminal(evil: str) -> None:
    hostile = result(evil)
    document = json_document(hostile.to_dict())
    for text in (render(hostile), render_page(hostile, []), document):
        assert text.replace("\n", "").isprintable()
    assert RunResult.from_dict(json.loads(document)) == hostile


@pytest.mark.parametrize("text", ["a", "\u202e", "\x00", "😀", "`", "|*_", "<&", "\"'\\", "a\n# "])
@pytest.mark.parametrize(("times", "many"), [(1, 0), (60, 25), (500, 2)])
def test_a_report_is_small_whatever_happened(text: str, times: int, many: int) -> None:
    assert len(render(result(text * times, many)).encode()) < LARGEST


def test_a_page_is_small_whatever_happened() -> None:
    for text in ("😀<&'\"" * 3_000, "\u202e" * 9_000):
        assert len(render_page(result(text, 100), []).encode()) < LARGEST_PAGE


def test_many_records_are_listed_as_far_as_there_is_room() -> None:
    text = render(result("x", 60))
    assert LARGEST / 2 < len(text.encode()) < LARGEST
    assert "of 60" in text
