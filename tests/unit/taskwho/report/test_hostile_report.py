"""A report in which everything that comes from elsewhere is hostile is still only words."""

from __future__ import annotations

from datetime import UTC, datetime

from markdown_it import MarkdownIt
from taskwho.model.results.result import Missing, Record, RecordFiles, RunResult, Totals, Window
from taskwho.report.markdown import render

NOON = datetime(2025, 1, 31, 12, tzinfo=UTC)
EVIL = (
    "![p](https://evil.example/p) [l](https://evil.example) <img src=x> www.evil.example ` \n"
    "```mermaid\ngraph\n```\n# Forged\n| a | b |\x1b[2J\u202e"
)
RECORD = Record(
    success=False, salesforce_id=EVIL, task_id=EVIL, relation_id=EVIL, error=EVIL, action=EVIL
)
RESULT = RunResult(
    run_id=1,
    started_at=NOON,
    finished_at=NOON,
    status="failed",
    error=EVIL,
    mode=EVIL,
    run_ids=[EVIL],
    totals=Totals(in_table=1, waiting=1),
    windows=[Window(EVIL, EVIL, EVIL, EVIL, EVIL, False, EVIL)],  # noqa: FBT003
    batches=[
        dict.fromkeys(("stream", "batch", "records", "first_id", "last_id"), EVIL)
        | dict.fromkeys(("attempts", "duration_ms", "outcome"), EVIL)
    ],
    failed_records=[RECORD],
    successful_records=[RECORD],
    record_files=RecordFiles(failed="all.jsonl.gz"),
    errors={EVIL: 1},
    standing_errors={EVIL: 1},
    missing={"tasks": Missing([EVIL], 1)},
    sweep=EVIL,
    warnings=[EVIL],
)


def test_nothing_in_it_is_live() -> None:
    text = render(RESULT)
    marked = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks = marked.parse(text)
    tokens = [token for block in blocks for token in [block, *(block.children or [])]]
    links = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert links == ["all.jsonl.gz"]
    assert not {token.type for token in tokens} & {"image", "html_inline", "html_block", "hr"}
    assert {token.info for token in tokens if token.type == "fence"} == {"json"}
    assert "Forged" not in "".join(line for line in text.splitlines() if line.startswith("#"))
    assert not any("evil.example" in token.content for token in tokens if token.type == "text")


def test_no_character_of_it_is_unseen_or_works_on_a_terminal() -> None:
    assert render(RESULT).replace("\n", "").isprintable()
    assert "{U+202E}" in render(RESULT)
