"""What a person does about each thing that a report can say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from taskwho.model.reasons import FOREIGN_KEY, FOREIGN_KEYS, REASONS
from taskwho.model.results.step import Step
from taskwho.report import missing_parents
from taskwho.report.number_formats import relations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.results.result import RunResult

_BY_STATUS = {
    "quota": Step(
        "Run it again: it goes on where it stopped. If the org's calls were short (the tap's "
        "setting `api_quota_percent_total`), wait until its 24-hour window has moved on (Setup, "
        "Company Information, API Requests). A run's own share (`api_quota_percent_run`) is new "
        "each time.",
        "The run stopped before it used up the API calls that it may use.",
    ),
    "stopped": Step(
        "Run it again: it goes on where it stopped, nothing is lost.", "The run was stopped."
    ),
    "loaded": Step(
        "Run `taskwho post-load` when all workers have loaded: it promotes what they have read. A "
        "shared load ends with `taskwho shards --done`.",
        "A worker promotes nothing.",
    ),
    "failed": Step(
        "Do what the error at the top says, then run again: it goes on where it stopped, nothing "
        "is lost.",
        "The run failed.",
    ),
}
_BUG = Step(
    "This is a bug of taskwho: report it, with the report and its JSON twin.",
    "The numbers of this report do not add up.",
)


def step_for(reason: str) -> str:
    """The next step for a reason code, also for a code of a later version."""
    if known := REASONS.get(reason):
        return known.next_step
    return (
        f"Relations failed with `{reason}`: look them up in `taskwho.failed_relations` and fix the "
        "cause. The next run tries them again."
    )


def label_for(reason: str) -> str:
    """How the error summary names a reason code."""
    known = REASONS.get(reason)
    return known.label if known else reason.replace("_", " ").title()


def add_next_steps(result: RunResult) -> None:
    """Give a result its next steps, if it has none yet."""
    if not result.steps:
        result.steps = steps(result)
        result.next_steps = [sentence(step) for step in result.steps]


def with_next_steps(result: RunResult) -> RunResult:
    """The result with its next steps; the one that is given stays as it is."""
    whole = replace(result)
    add_next_steps(whole)
    return whole


def next_steps(result: RunResult) -> list[str]:
    """What to do now in sentences, the most pressing first. Never empty."""
    return [sentence(step) for step in steps(result)]


def steps(result: RunResult) -> list[Step]:
    """What to do now: how to go on, then what brings in most, then the rest. Never empty."""
    waiting = [*missing_parents.steps(result.explanation), *_by_reason(result)]
    waiting.sort(key=lambda step: -(step.brings_in or 0))
    bringing = [step for step in waiting if step.brings_in]
    warnings = [Step(said) for said in result.warnings]
    others = [step for step in waiting if not step.brings_in]
    found = [*_going_on(result), *bringing, *warnings, *others, *_set_aside(result)]
    return found or [Step("Nothing to do.")]


def effect(step: Step) -> str:
    """What a step brings in, in words; empty where it is not about waiting relations."""
    if step.brings_in is None:
        return ""
    if not step.brings_in:
        return "nothing by itself"
    return f"{'' if step.certain else 'up to '}{relations(step.brings_in)}"


def sentence(step: Step) -> str:
    """A step with its reason and its effect."""
    if step.brings_in is None:
        return " ".join(filter(None, (step.because, step.do)))
    if not step.brings_in:
        return f"{step.do} ({step.because}.)"
    brings = "brings" if step.certain else "may bring"
    return f"{step.do} It {brings} in {relations(step.brings_in)} ({step.because})."


def _going_on(result: RunResult) -> Iterator[Step]:
    if step := _BY_STATUS.get(result.status):
        yield replace(step)
    if not result.accounting.closes:
        yield replace(_BUG)


def _by_reason(result: RunResult) -> Iterator[Step]:
    """A step for each reason; where missing parents are explained, for the others."""
    counted = {**result.standing_errors, **result.errors}
    known = {FOREIGN_KEY, *(FOREIGN_KEYS if result.explanation.groups else ())}
    for reason in dict.fromkeys((*result.errors, *result.standing_errors)):
        if reason in known or not counted[reason]:
            continue
        waiting = result.standing_errors.get(reason)
        if waiting and result.alone:
            because = f"{label_for(reason)}: {relations(waiting)} wait"
            because += "s" if waiting == 1 else ""
            brings = result.alone.get(reason, 0)
            yield Step(step_for(reason), because, brings, certain=False)
        else:
            yield Step(step_for(reason))


def _set_aside(result: RunResult) -> Iterator[Step]:
    if result.counts.set_aside and "lead" not in {**result.errors, **result.standing_errors}:
        yield Step(step_for("lead"))
