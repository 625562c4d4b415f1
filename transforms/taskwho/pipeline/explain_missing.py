"""After the promotion: why parents are missing. What fails here is a warning, and fails no run."""

from __future__ import annotations

import importlib.util
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg

from taskwho.database import runs
from taskwho.model.errors.pipeline import PARENTS_NOT_ASKED
from taskwho.model.salesforce_settings import has_login
from taskwho.org.explain.explain import explain, last_explanation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tap_salesforce_taskwho.salesforce.api_usage import ApiUsage

    from taskwho.model.results.missing import Explanation
    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings
    from taskwho.org.explain.answers import Answer

logger = logging.getLogger("taskwho")
_TAP = "tap_salesforce_taskwho"
_MANY_ROWS, _SMALL_SHARE, _GOOD_FOR = 5_000, 0.01, timedelta(days=1)
_VARIABLES = "`TAP_SALESFORCE_TASKWHO_*`"


def explain_missing(
    conn: psycopg.Connection[Any],
    settings: PostLoadSettings,
    result: RunResult,
    salesforce: Mapping[str, Any],
) -> None:
    """Fill the result's explanation, and keep the result again; never raises.

    `salesforce` are settings of the tap, none where there is no login.
    """
    if not result.missing:
        return
    try:
        last = last_explanation(conn, result.run_id)
        if _still_holds(last, result):
            result.explanation = replace(last, calls=0)
        else:
            _explain(conn, settings, result, salesforce)
        runs.end(conn, result)
    except psycopg.Error as error:
        said = error.diag.message_primary or "The connection was lost."
        logger.warning("%s", PARENTS_NOT_ASKED.message(error=said))


def _explain(
    conn: psycopg.Connection[Any],
    settings: PostLoadSettings,
    result: RunResult,
    salesforce: Mapping[str, Any],
) -> None:
    asking = _Asking(salesforce, result)
    why_not = _why_not(settings, result, salesforce)
    ask = None if why_not else asking.ask
    found = explain(conn, settings, ask=ask, read_whole=_read_whole(result))
    found.asked, found.calls = why_not or asking.said(), asking.calls
    found.waiting = result.counts.quarantined_now
    result.explanation = found
    result.warnings += asking.warnings


def _still_holds(last: Explanation, result: RunResult) -> bool:
    """Whether a large quarantine is nearly what it was: a look at all of it is not worth it."""
    waiting = result.counts.quarantined_now
    if waiting <= _MANY_ROWS or last.explained_at is None:
        return False
    changed = abs(waiting - last.waiting) + result.counts.failed + result.counts.healed
    age = result.finished_at - datetime.fromisoformat(last.explained_at)
    return changed <= _SMALL_SHARE * waiting and age < _GOOD_FOR


def _why_not(settings: PostLoadSettings, result: RunResult, salesforce: Mapping[str, Any]) -> str:
    """Why Salesforce is not asked; empty where it is."""
    if not settings.explain:
        return "Salesforce was not asked: --no-explain."
    if not has_login(salesforce):
        return f"Salesforce was not asked: no login is set ({_VARIABLES})."
    if result.status not in {"ok", "nothing"}:
        return "Salesforce was not asked: the run did not end well."
    if importlib.util.find_spec(_TAP) is None:
        return "Salesforce was not asked: the tap is missing (`pip install 'taskwho[sync]'`)."
    return ""


def _read_whole(result: RunResult) -> set[str]:
    """The streams that this run has read from the beginning to the end."""
    return {found.stream for found in result.windows if found.complete and found.from_ is None}


class _Asking:
    """Asks for one run, and remembers how that went."""

    def __init__(self, salesforce: Mapping[str, Any], result: RunResult) -> None:
        self._salesforce, self._result = salesforce, result
        self.calls = self.ids = 0
        self.warnings: list[str] = []
        self._ended = ""

    def ask(self, wanted: Sequence[tuple[str, str]]) -> Iterator[list[Answer]]:
        """Answers as long as they come; what ends them is a warning, or the quota."""
        from tap_salesforce_taskwho.errors import QuotaReached, Stopped, TapError  # noqa: PLC0415

        from taskwho.org.explain.answers import Asking  # noqa: PLC0415

        if not wanted:
            return
        try:
            with Asking(self._salesforce, self._result.api.calls) as asking:
                try:
                    for answers in asking.about(wanted):
                        self.ids += len(answers)
                        yield answers
                finally:
                    self._count(asking.usage)
        except QuotaReached:
            self._ended = " The quota of API calls ended it."
        except Stopped:
            self._ended = " Salesforce took too long for the others."
        except KeyboardInterrupt:
            self._ended = " It was stopped by hand."  # the promotion is done, the report follows
        except TapError as error:
            self.warnings.append(PARENTS_NOT_ASKED.message(error=error))

    def _count(self, usage: ApiUsage) -> None:
        self.calls, api = usage.run_calls, self._result.api
        api.calls += usage.run_calls
        if usage.used is not None:
            api.used, api.max = usage.used, usage.maximum

    def said(self) -> str:
        """How it went, in a sentence."""
        if self.warnings:
            return "Salesforce could not be asked: a warning says why."
        if not self.calls and not self._ended:
            return "Salesforce had answered before, in the last 7 days."
        ids = f"{self.ids:,} Id{'' if self.ids == 1 else 's'}"
        calls = f"{self.calls:,} API call{'' if self.calls == 1 else 's'}"
        return f"Salesforce was asked about {ids}, in {calls}.{self._ended}"
