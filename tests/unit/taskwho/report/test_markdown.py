"""The report's words and numbers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from taskwho.model.reasons import REASONS
from taskwho.model.results.counts import Accounting, Counts, ParentCounts
from taskwho.model.results.result import ApiUsage, Missing, Record, RecordFiles, RunResult, Window
from taskwho.report.markdown import render
from taskwho.report.next_steps import next_steps

from tests.support.reporting.headings import HEADINGS

TITLE = "# TaskWhoRelation Sync Results - 2025-07-06 18:22:14"


def result(**changes: object) -> RunResult:
    """The seed's example: 2,392 relations, 111 of them without their task."""
    failed = Record(
        success=False,
        salesforce_id="0RT000000000001AAA",
        task_id="00T000000000001AAA",
        relation_id="003000000000001AAA",
        error="missing_task: 00T000000000001AAA",
        action="quarantined",
    )
    whole = RunResult(
        run_id=7,
        started_at=datetime(2025, 7, 6, 18, 19, 12, tzinfo=UTC),
        finished_at=datetime(2025, 7, 6, 18, 22, 14, tzinfo=UTC),
        mode="incremental",
        run_ids=["a-run"],
        windows=[
            Window(
                run_id="a-run",
                stream="task_who_relations",
                mode="incremental",
                from_="2025-07-05T18:00:00Z",
                to="2025-07-06T18:18:14Z",
                complete=True,
                outcome="complete",
            )
        ],
        counts=Counts(
            retrieved=2392,
            successful=2281,
            failed=111,
            inserted=2000,
            updated=200,
            unchanged=81,
            quarantined_now=111,
        ),
        accounting=Accounting(left=2392, right=2392),
        batches=[
            {
                "stream": "task_who_relations",
                "batch": "1",
                "records": "2000",
                "first_id": "0RT000000000001AAA",
                "last_id": "0RT000000000002AAA",
                "attempts": "1",
                "duration_ms": "312",
                "outcome": None,
            }
        ],
        api=ApiUsage(calls=4, used=1500, max=100_000),
        successful_records=[replace(failed, success=True, error=None, action="inserted")],
        failed_records=[failed],
        errors={"missing_task": 111},
        missing={"tasks": Missing(ids=["00T000000000001AAA"], total=1)},
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # the test names what it changes


def test_headings_stand_in_the_promised_order() -> None:
    lines = render(result()).splitlines()
    assert [line for line in lines if line.startswith("#")] == [TITLE, *HEADINGS]


def test_headings_stand_in_an_empty_run_s_report_too() -> None:
    empty = RunResult(
        run_id=1,
        started_at=datetime(2025, 7, 6, 18, 22, 14, tzinfo=UTC),
        finished_at=datetime(2025, 7, 6, 18, 22, 14, tzinfo=UTC),
        status="nothing",
    )
    lines = render(empty).splitlines()
    assert [line for line in lines if line.startswith("#")] == [TITLE, *HEADINGS]
    assert "- **Total Records Retrieved**: 0" in lines
    assert "| 1 | Nothing to do. |  |  |" in lines
    assert "- **Calls of the Org, Last 24 Hours**: unknown" in lines


def test_the_summary_has_the_seed_s_numbers() -> None:
    summary = render(result()).split("## Summary")[1].split("## Error")[0].strip().splitlines()
    assert summary[:12] == [
        "- **Total Records Retrieved**: 2,392",
        "- **Total Successful**: 2,281 (95.36%)",
        "- **Total Failed**: 111 (4.64%)",
        "- **Inserted**: 2,000",
        "- **Updated**: 200",
        "- **Unchanged**: 81",
        "- **Set Aside (Leads)**: 0",
        "- **Deleted**: 0",
        "- **Healed**: 0",
        "- **Processing Duration**: 3 minutes 2 seconds",
        "- **Mode**: incremental",
        "- **Window**: 2025-07-05 18:00:00 to 2025-07-06 18:18:14",
    ]


def test_records_are_json_one_a_line_with_fields_and_context() -> None:
    fields = {"TaskId": "t" * 300, "Id": "0RT000000000001AAA"}
    context = {"reasons": ["missing_task"], "attempts": 2}
    [failed] = result().failed_records
    text = render(result(failed_records=[replace(failed, record=fields, context=context)]))
    blocks = re.findall(r"```json\n(.*?)\n```", text, re.DOTALL)
    records = [json.loads(line) for block in blocks for line in block.splitlines()]
    story = ["success", "salesforce_id", "task_id", "relation_id", "error", "action"]
    assert [list(record) for record in records] == [[*story, "record", "context"], story]
    assert [record["success"] for record in records] == [False, True]
    assert list(records[0]["record"]) == ["Id", "TaskId"]
    assert records[0]["record"]["TaskId"] == "t" * 200 + "…"
    assert records[0]["context"] == context


def test_lists_that_are_cut_name_the_files_with_all_of_them() -> None:
    files = RecordFiles(failed="failed.jsonl.gz", failed_csv="failed.csv")
    text = render(result(record_files=files))
    assert (
        "The first 1 of 111; all of them: [failed.jsonl.gz](failed.jsonl.gz) and "
        "[failed.csv](failed.csv)."
    ) in text


def test_the_error_summary_counts_missing_ids_and_what_they_block_by_parent() -> None:
    missing = {
        "tasks": Missing(ids=["00T000000000001AAA", "00T000000000002AAA"], total=5),
        "users": Missing(ids=["005000000000001AAA"], total=1),
    }
    blocked = {"missing_task": 9, "missing_user": 1}
    lines = render(
        result(missing=missing, errors={"missing_task": 111}, standing_errors=blocked)
    ).splitlines()
    assert "- Foreign Key Violations: 111 records" in lines
    at = lines.index("- Missing Task IDs: 5, which block 9 relations")
    assert lines[at + 1] == "  - The first: `00T000000000001AAA`, `00T000000000002AAA`"
    assert "- Missing Contact IDs: none" in lines
    assert "- Missing User IDs: 1, which blocks 1 relation" in lines


def test_every_other_reason_is_counted_by_name() -> None:
    lines = render(result(errors={"null_value": 1, "constraint": 1200})).splitlines()
    assert "- Foreign Key Violations: 0 records" in lines
    assert "- Null Values: 1 record" in lines
    assert "- Constraint Violations: 1,200 records" in lines


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_next_step_of_its_own(reason: str) -> None:
    steps = next_steps(result(errors={reason: 1}))
    others = next_steps(result(errors={}))
    assert len(set(steps) - set(others)) == 1


def test_a_reason_of_a_later_version_has_a_next_step_too() -> None:
    assert "`cosmic_ray`" in next_steps(result(errors={"cosmic_ray": 1}))[0]


def test_the_sum_of_missing_parents_is_no_reason_of_its_own() -> None:
    counted = {"foreign_key": 3, "missing_task": 2, "missing_user": 1}
    apart = {"missing_task": 2, "missing_user": 1}
    assert next_steps(result(errors=counted)) == next_steps(result(errors=apart))
    assert next_steps(result(errors={}, standing_errors=counted)) == next_steps(
        result(errors={}, standing_errors=apart)
    )


def test_a_reason_that_only_waits_in_quarantine_has_its_next_step() -> None:
    steps = next_steps(result(errors={}, standing_errors={"missing_user": 3}))
    assert "users" in steps[0]


@pytest.mark.parametrize("status", ["failed", "quota", "stopped"])
def test_a_run_that_did_not_end_well_says_so_first_and_how_to_go_on(status: str) -> None:
    cut = result(status=status, error="The org is down. Try again later.")
    text = render(cut)
    assert text.index("\n>\n> The org is down. Try again later.\n") < text.index("## Summary")
    assert "it goes on where it stopped" in next_steps(cut)[0]


def test_numbers_that_do_not_add_up_are_never_passed_over() -> None:
    broken = result(accounting=Accounting(left=3, right=2, closes=False))
    assert "they do not add up" in render(broken)
    assert "bug" in next_steps(broken)[0]


def test_warnings_stand_among_the_next_steps() -> None:
    gap = "A gap. Run `taskwho sync --mode full`."
    assert f"| 1 | {gap} |  |  |" in render(result(warnings=[gap], errors={}))


def test_steps_come_in_the_order_of_what_they_bring_in_with_reason_and_effect() -> None:
    counted = {"null_value": 3, "constraint": 7, "suppressed": 2}
    text = render(result(errors={}, standing_errors=counted, alone={"null_value": 3}))
    rows = text.split("## Next Steps")[1].split("## Summary")[0].strip().splitlines()[2:]
    assert [row.split(" | ")[2:] for row in rows] == [
        ["Null Values: 3 relations wait", "up to 3 relations |"],
        ["Constraint Violations: 7 relations wait", "nothing by itself |"],
        ["Suppressed by a Trigger: 2 relations wait", "nothing by itself |"],
    ]


def test_parents_and_a_sweep_are_told_where_there_were_any() -> None:
    text = render(result(parents={"users": ParentCounts(retrieved=1200)}, sweep="Swept."))
    assert "Users: 1,200 retrieved" in text
    assert "Sweep: Swept." in text


def test_an_open_window_says_that_it_is_not_complete() -> None:
    [window] = result().windows
    cut = replace(window, from_=None, complete=False, outcome="quota")
    text = render(result(windows=[cut]))
    assert "**Window**: the beginning to 2025-07-06 18:18:14 (not complete: quota)" in text
    counted = replace(cut, records=1_200, counted=3_000)
    assert "(not complete: quota after 1,200 of 3,000 rows)" in render(result(windows=[counted]))


def test_foreign_text_cannot_forge_a_heading_or_markup() -> None:
    text = render(
        result(
            status="failed",
            error="bad\n## Forged\n<script>",
            missing={"tasks": Missing(ids=["x`\n# Forged"], total=1)},
        )
    )
    assert [line for line in text.splitlines() if line.startswith("#")] == [TITLE, *HEADINGS]
    assert "<script>" not in text


def test_the_first_batches_and_those_with_failures_are_listed_and_rows_tried_again() -> None:
    [batch] = result().batches
    many = [{**batch, "batch": n, "records": 20, "failed": n % 3 == 0} for n in range(1, 101)]
    many[0] |= {"failed": 2, "set_aside": 1}
    counts = replace(result().counts, retried=9, failed_again=2, set_aside_again=1)
    text = render(result(batches=many, counts=counts)).split("## Batches")[1]
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    assert [row[1] for row in rows] == [
        *map(str, range(1, 11)),
        *map(str, range(12, 42, 3)),
        "",
    ]
    assert rows[0][2:6] == ["20", "17", "2", "1"]
    assert (rows[-1][0], rows[-1][2:6]) == ("| tried again from quarantine", ["9", "6", "2", "1"])
    assert "The first 10 of 100, then 10 at most with failures" in text


def test_the_document_survives_a_round_through_json() -> None:
    document = json.loads(json.dumps(result().to_dict()))
    assert render(RunResult.from_dict(document)) == render(result())


def test_values_that_hold_what_stands_for_other_characters_are_counted() -> None:
    lines = render(result(replaced={"contacts": 1200, "tasks": 1})).splitlines()
    [line] = [line for line in lines if "U+FFFD" in line]
    assert line == (
        "- **Values with U+FFFD**: contacts 1,200, tasks 1 (it stands for a character that "
        "PostgreSQL cannot store)"
    )
    assert "U+FFFD" not in render(result())
