"""How a run ended, of its three parts: tap, loader, promotion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.model.entities import DELETES, PARENTS, RELATIONS
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.promotion import FIELD_NEEDED, TAP_FAILED
from taskwho.model.exit_codes import ExitCode, worst
from taskwho.model.reasons import HIDDEN_FIELD
from taskwho.promotion.tables.emptied_parents import emptied

if TYPE_CHECKING:
    from taskwho.model.outcome import RunOutcome
    from taskwho.model.results.result import RunResult
    from taskwho.promotion.context import Context


def conclude(result: RunResult, outcome: RunOutcome | None) -> None:
    """Set status, error and exit code."""
    if outcome is None:
        _by_journal(result)
    else:
        _by_outcome(result, outcome)
    if result.health is not None and result.health < result.totals.fail_below:
        result.exit_code = worst(result.exit_code, ExitCode.LOW_HEALTH)


def check_waiting(context: Context, result: RunResult) -> None:
    """Let the run fail where relations wait for what a person has to set right, and no job does.

    A parent's table was emptied, or a new row needs a field that the run may not read.
    """
    errors = [
        emptied(context.conn, context.settings, parent)
        for parent in PARENTS
        if parent.stream in result.missing
    ]
    for error in filter(None, [*errors, _hidden(result)]):
        fail(result, error.message, error.exit_code)


def _hidden(result: RunResult) -> TaskwhoError | None:
    waiting = result.standing_errors.get(HIDDEN_FIELD)
    if not waiting:
        return None
    # those that the report lists: a look at the whole quarantine would cost too much
    listed = (*result.failed_records, *result.standing_records)
    errors = (str(record.error).partition(f"{HIDDEN_FIELD}: ")[2] for record in listed)
    named = next(filter(None, errors), "a field that their errors name")
    fields = named.partition(" was not read")[0]
    return TaskwhoError(FIELD_NEEDED, fields=fields, waiting=f"{waiting:,}")


def fail(result: RunResult, error: str, exit_code: int) -> None:
    """Let the run fail, whatever else there is to say."""
    result.status = "failed"
    result.error = " ".join(filter(None, [result.error, error]))
    result.exit_code = worst(result.exit_code, exit_code)


def _by_outcome(result: RunResult, outcome: RunOutcome) -> None:
    code = worst(outcome.tap_exit_code, outcome.loader_exit_code)
    if outcome.stopped:
        # a plugin that the signal met while it started ends as if it had failed
        code = ExitCode.STOPPED
    result.exit_code = code
    result.error = " ".join(filter(None, (outcome.tap_error, outcome.loader_error))) or None
    if outcome.stopped or code == ExitCode.STOPPED:
        result.status = "stopped"
    elif code == ExitCode.QUOTA:
        result.status = "quota"
    elif code != ExitCode.DONE:
        result.status = "failed"
    else:
        result.status = "ok" if _did_something(result) else "nothing"


def _by_journal(result: RunResult) -> None:
    """Without word from outside: what the tap wrote last about the relations."""
    streams = (RELATIONS.stream, DELETES)
    last = next((b["outcome"] for b in reversed(result.batches) if b["stream"] in streams), None)
    if last == "quota":
        result.status = "quota"
    elif last == "failed":
        result.status = "failed"
        result.error = TAP_FAILED.message()
    elif not _did_something(result):
        result.status = "nothing"


def _did_something(result: RunResult) -> bool:
    counts = result.counts
    parents = any(counts.retrieved for counts in result.parents.values())
    told = counts.retrieved or counts.healed or counts.listed_as_removed or counts.removed
    return bool(told or result.batches or parents)
