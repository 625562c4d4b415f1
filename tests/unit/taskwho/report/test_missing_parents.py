"""What a report says of missing parents, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from taskwho.model.results.missing import CAUSES, Explanation, MissingGroup, MissingId
from taskwho.model.results.result import Missing, RunResult
from taskwho.report.markdown import render
from taskwho.report.missing_parents import steps
from taskwho.report.next_steps import effect, next_steps, sentence

USER, TASK = "0055f0000000001AAA", "00T5f0000000001AAA"
INACTIVE = MissingGroup(
    parent="users",
    cause="inactive",
    label="in Salesforce, inactive",
    do="Let the job that fills `sf_users` read inactive users too.",
    ids=1,
    relations=244,
    brings_in=221,
)
GONE = MissingGroup(
    parent="tasks",
    cause="hidden_or_gone",
    label="hidden from the integration user, or gone for good",
    do="Open one in Salesforce as an administrator.",
    ids=71,
    relations=79,
    brings_in=0,
)
EXPLANATION = Explanation(
    asked="Salesforce was asked about 72 Ids, in 2 API calls.",
    calls=2,
    explained_at="2025-11-25T19:31:46Z",
    waiting=323,
    tables={"users": "sf_users", "tasks": "sf_activities"},
    table_ends={"users": "2025-11-25T19:00:00Z", "tasks": "2025-11-25T19:12:00Z"},
    groups=[INACTIVE, GONE],
    worst=[
        MissingId("users", USER, 244, "inactive", None, "2025-11-25T19:31:44Z"),
        MissingId("tasks", TASK, 2, "hidden_or_gone"),
    ],
)
AT = datetime(2025, 11, 25, 19, 31, 46, tzinfo=UTC)
RESULT = RunResult(
    run_id=12,
    started_at=AT,
    finished_at=AT,
    errors={"missing_user": 244, "missing_task": 79, "null_value": 3, "foreign_key": 300},
    missing={"users": Missing([USER], 1), "tasks": Missing([TASK], 71)},
    explanation=EXPLANATION,
)


def section(text: str, heading: str) -> list[str]:
    return text.split(f"## {heading}")[1].split("## ", maxsplit=1)[0].strip().splitlines()


def test_the_error_summary_says_for_each_parent_why_and_which_ids_block_most() -> None:
    assert section(render(RESULT), "Error Summary") == [
        "- Foreign Key Violations: 300 records",
        "- Missing Task IDs: 71, which block 79 relations",
        "  - Your table `sf_activities` ends at 2025-11-25 19:12:00 UTC",
        "  - 71 hidden from the integration user, or gone for good: 79 relations wait for them",
        f"  - The worst: `{TASK}` blocks 2",
        "- Missing Contact IDs: none",
        "- Missing User IDs: 1, which blocks 244 relations",
        "  - Your table `sf_users` ends at 2025-11-25 19:00:00 UTC",
        "  - 1 in Salesforce, inactive: 244 relations wait for it",
        f"  - The worst: `{USER}` blocks 244",
        "- Salesforce was asked about 72 Ids, in 2 API calls.",
        "- Null Values: 3 records",
    ]


def test_the_steps_are_ranked_by_what_they_bring_in_and_take_the_place_of_general_ones() -> None:
    first, second, third = next_steps(RESULT)
    assert first == (
        "Let the job that fills `sf_users` read inactive users too. It brings in 221 relations "
        "(1 missing user: in Salesforce, inactive; 23 of the 244 relations that need it wait for "
        "another record too)."
    )
    assert second == (
        "Open one in Salesforce as an administrator. (71 missing tasks: hidden from the "
        "integration user, or gone for good; 79 relations wait for them.)"
    )
    assert third.startswith("Relations that lack a required value")


def test_reasons_of_an_earlier_run_say_when_they_were_found() -> None:
    earlier = replace(EXPLANATION, explained_at="2025-11-25T07:00:00Z")
    assert (
        "- Salesforce was asked about 72 Ids, in 2 API calls. This was at 2025-11-25 07:00:00 UTC: "
        "little has changed since."
    ) in render(replace(RESULT, explanation=earlier))


def test_a_step_that_brings_in_all_that_it_blocks_has_nothing_to_explain() -> None:
    [step] = steps(Explanation(groups=[replace(INACTIVE, brings_in=244)]))
    assert step.because == "1 missing user: in Salesforce, inactive"


def test_what_was_not_asked_may_bring_in_relations() -> None:
    [step] = steps(Explanation(groups=[replace(INACTIVE, cause="not_asked")]))
    assert "It may bring in 221 relations" in sentence(step)
    assert effect(step) == "up to 221 relations"


def test_a_merged_contact_names_the_one_it_became() -> None:
    merged = MissingId("users", USER, 1, "merged", merged_into=TASK)
    text = render(replace(RESULT, explanation=replace(EXPLANATION, worst=[merged])))
    assert f"  - The worst: `{USER}` blocks 1, merged into `{TASK}`" in text


def test_an_explanation_reads_as_it_was_written() -> None:
    assert RunResult.from_dict(RESULT.to_dict()) == RESULT
    assert Explanation.from_dict(EXPLANATION.to_dict() | {"moon": 1}) == EXPLANATION


@pytest.mark.parametrize("cause", CAUSES.values(), ids=lambda cause: cause.code)
def test_every_cause_has_one_thing_to_do_in_sentences(cause: object) -> None:
    do = str(getattr(cause, "do", "")).format(
        stream="users", noun="user", table="`sf_users`", example=USER
    )
    assert do[0].isupper()
    assert do.endswith(".")
