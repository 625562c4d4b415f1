"""The page of errors: every message, from the lists of errors of the three packages."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Protocol

import tap_salesforce_taskwho.errors
import target_postgres_taskwho.errors
import taskwho.model.errors
from tap_salesforce_taskwho.errors.login_answers import LOGIN_ANSWERS
from tap_salesforce_taskwho.errors.rest_answers import REST_ANSWERS
from tap_salesforce_taskwho.errors.rules import ResponseAction
from taskwho.database.connection import _FIXES as SAID_BY_LIBPQ
from taskwho.model.reasons import REASONS, Retry
from taskwho.model.results.missing import CAUSES

from tests.docs.markdown import code, table, values_shown
from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from tap_salesforce_taskwho.errors.rules import ErrorRule, ErrorTable

PAGE = ROOT / "docs" / "errors.md"
HEAD = """\
<!-- Written by `make docs` from the lists of errors. Do not edit it. -->

# When something is wrong

1. Read the end of the command's output. It says what happened, why, what to do, and what is kept;
   where a report is named, that has the whole of it.
2. Read the report: its next steps are in the order of the rows that they bring in.
3. Run `taskwho doctor`. It checks database, tables, keys and Salesforce, with a fix for each
   finding.

Nothing is lost by a run that fails. What landed waits in the landing tables, and the next run goes
on from the bookmark. So it is always safe to run again.

This page lists every message. Words in *italics* stand for values. The exit codes stand in
[reference.md](reference.md#exit-codes).

- [Rows that wait](#rows-that-wait)
- [Answers of Salesforce to the login](#answers-of-salesforce-to-the-login)
- [Answers of Salesforce to a query](#answers-of-salesforce-to-a-query)
- [Answers of PostgreSQL to the connection](#answers-of-postgresql-to-the-connection)
- [Errors of taskwho](#errors-of-taskwho), [of the tap](#errors-of-the-tap),
  [of the loader](#errors-of-the-loader)
"""
REASONS_HEAD = """
## Rows that wait

The promotion keeps a row that cannot go in, with its reason, and tries it again. The report counts
the rows of each reason; `taskwho why ID` tells of one of them. The exit code is 0, or 4 where the
health is under `--fail-below`.

"""
CAUSES_HEAD = """
### Why a parent is missing

The report says of each missing parent which of these causes it has, first without a call, then by
asking Salesforce about those that most rows wait for.

"""
RETRIES = {
    Retry.PARENT: "when the parent has come",
    Retry.DEFINITION: "when its table's definition has changed",
    Retry.ALWAYS: "on every run",
    Retry.NEVER: "never: it does not wait",
}
LOGIN_HEAD = """
## Answers of Salesforce to the login

The tap compares the answer with these rows, from the top. The first one that fits counts. A login
that is refused is not tried again, because repeated refusals can lock a user out.

"""
REST_HEAD = """
## Answers of Salesforce to a query

The tap compares the answer with these rows, from the top. The first one that fits counts. *Stop,
exit code 2* is the error [request-refused](#request-refused).

"""
LIBPQ_HEAD = """
## Answers of PostgreSQL to the connection

PostgreSQL has no codes for them. The first words that stand in its message count; the error is
[database-unreachable](#database-unreachable).

"""
PACKAGES: tuple[tuple[str, ModuleType], ...] = (
    ("taskwho", taskwho.model.errors),
    ("the tap", tap_salesforce_taskwho.errors),
    ("the loader", target_postgres_taskwho.errors),
)


class Problem(Protocol):
    """What the declared errors of the three packages have in common."""

    code: str
    what: str
    why: str
    fix: str
    kept: str
    exit_code: int


def write() -> str:
    """The page."""
    tables = ((LOGIN_HEAD, LOGIN_ANSWERS), (REST_HEAD, REST_ANSWERS))
    answers = (head + _answers(found) for head, found in tables)
    libpq = LIBPQ_HEAD + table(("words", "what to do"), map(_said, SAID_BY_LIBPQ))
    packages = (_package(name, package) for name, package in PACKAGES)
    return "".join([HEAD, REASONS_HEAD, _reasons(), _causes(), *answers, libpq, *packages])


def _reasons() -> str:
    rows = (
        (code(reason.code), reason.label, RETRIES[reason.retry], reason.next_step)
        for reason in REASONS.values()
    )
    return table(("reason", "in the report", "tried again", "what to do"), rows)


def _causes() -> str:
    rows = (
        (code(cause.code), _text(cause.label), _text(cause.do), "yes" if cause.comes else "no")
        for cause in CAUSES.values()
    )
    return CAUSES_HEAD + table(("cause", "they are", "what to do", "then they go in"), rows)


def _answers(found: ErrorTable) -> str:
    headings = ("answer", "cause", "what the tap does", "what to do")
    return table(headings, (_answer(*each) for each in _rules(found)))


def _rules(found: ErrorTable) -> Iterator[tuple[str, ErrorRule]]:
    for status, rule in found.always.items():
        yield f"HTTP {status}", rule
    for rule in found.rules:
        says = f", with the words “{rule.says}”" if rule.says else ""
        yield f"{code(rule.code)}{says}", rule
    for status, rule in found.by_status.items():
        yield f"HTTP {status}, with another code", rule
    yield "no error in the body", found.unreadable
    yield "another code, with HTTP 406, 420, 429 or 5xx", found.transient
    yield "any other", found.refused


def _answer(answer: str, rule: ErrorRule) -> tuple[str, str, str, str]:
    action = rule.action.value.replace("as RETRY", ResponseAction.RETRY.value)
    return answer, rule.cause, action, rule.fix


def _said(row: tuple[str, str]) -> tuple[str, str]:
    words, fix = row
    return f"“{words}”" if words else "any other", fix


def _package(name: str, package: ModuleType) -> str:
    groups = list(_groups(package))
    missing = set(package.PROBLEMS).difference(*(found for _, found in groups))
    if missing:
        raise ValueError(missing)
    single = len(groups) == 1
    parts = [f"\n## Errors of {name}\n"]
    for heading, found in groups:
        parts += [] if single else [f"\n### {heading}\n"]
        parts += [_problem(each) for each in found]
    return "".join(parts)


def _groups(package: ModuleType) -> Iterator[tuple[str, list[Any]]]:
    """The modules of a list of errors: the first sentence of each, and its problems."""
    for module in _modules(package):
        found = [each for each in vars(module).values() if each in package.PROBLEMS]
        if found:
            first = (module.__doc__ or "").partition(". ")[0].partition(".\n")[0].rstrip(".")
            yield first, found


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    names = [found.name for found in pkgutil.iter_modules(getattr(package, "__path__", []))]
    if not names:
        yield package
    for name in names:
        yield importlib.import_module(f"{package.__name__}.{name}")


def _problem(problem: Problem) -> str:
    said = (("Why", problem.why), ("What to do", problem.fix), ("What is kept", problem.kept))
    lines = [f"- {label}: {_text(text)}\n" for label, text in said if text]
    code_of_exit = int(problem.exit_code)
    end = (
        f"- Exit code: {code_of_exit}\n" if code_of_exit else "- A warning: no run fails for it.\n"
    )
    return f"\n#### {problem.code}\n\n{_text(problem.what)}\n\n{''.join(lines)}{end}"


def _text(text: str) -> str:
    return " ".join(values_shown(text).split())
