"""The list of errors: complete, unique, each with a next step, each raised with its values."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import tap_salesforce_taskwho
from tap_salesforce_taskwho import errors
from tap_salesforce_taskwho.errors import PROBLEMS, ExitCode, Problem, TapError, UserError
from tap_salesforce_taskwho.errors.state import STATE_OF_ANOTHER_ORG

if TYPE_CHECKING:
    from collections.abc import Iterator

EXIT_CODES = {
    "UserError": {ExitCode.USER},
    "QuotaReached": {ExitCode.QUOTA},
    "Stopped": {ExitCode.STOPPED},
    "ReadOnlyViolation": {ExitCode.FAILED},
}
BY_NAME = {problem.code.upper().replace("-", "_"): problem for problem in PROBLEMS}


def calls() -> Iterator[ast.Call]:
    """Every call in the package."""
    for found in pkgutil.walk_packages(tap_salesforce_taskwho.__path__, "tap_salesforce_taskwho."):
        source = inspect.getsource(importlib.import_module(found.name))
        yield from (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


# the class that is raised, the problem's name, the names of the values; None where they are **texts
RAISED: list[tuple[str, str, set[str] | None]] = [
    (
        call.func.id if isinstance(call.func, ast.Name) else "TapError",
        call.args[0].id,
        None
        if any(word.arg is None for word in call.keywords)
        else {str(word.arg) for word in call.keywords},
    )
    for call in calls()
    if call.args and isinstance(call.args[0], ast.Name) and call.args[0].id in BY_NAME
]


def test_a_code_is_in_kebab_case_and_the_name_of_its_constant() -> None:
    declared = {
        name: value
        for module in ("command", "login", "output", "requests", "settings", "state")
        for name, value in vars(importlib.import_module(f"{errors.__name__}.{module}")).items()
        if isinstance(value, Problem)
    }
    assert declared == BY_NAME


def test_no_two_problems_have_one_code() -> None:
    assert [code for code, times in Counter(p.code for p in PROBLEMS).items() if times > 1] == []


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)
def test_every_problem_says_what_happened_and_what_to_do_in_sentences(problem: Problem) -> None:
    assert problem.what
    assert problem.fix
    for text in (problem.what, problem.why, problem.fix, problem.kept):
        assert text == text.strip()
        assert not text or text[-1] in ".}", text


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)
def test_every_problem_is_raised_somewhere(problem: Problem) -> None:
    names = {name for _, name, _ in RAISED}
    direct = problem.code.upper().replace("-", "_")
    quota = {"org-quota-reached", "run-quota-reached"}  # by a loop over both
    assert direct in names or problem.code in quota


@pytest.mark.parametrize(("kind", "name", "given"), RAISED)
def test_a_problem_is_raised_with_its_values_and_by_the_class_of_its_exit_code(
    kind: str, name: str, given: set[str] | None
) -> None:
    problem = BY_NAME[name]
    assert given is None or given == problem.names
    assert problem.exit_code in EXIT_CODES.get(kind, set(ExitCode))


def test_a_message_is_one_paragraph_of_what_why_fix_and_kept() -> None:
    problem = Problem(
        code="example",
        what="The {thing} is {state!r}.",
        why="Somebody broke it.",
        fix="Repair it.",
        kept="Nothing is lost.",
        exit_code=ExitCode.FAILED,
    )
    error = TapError(problem, thing="pipe", state="{broken}")
    assert str(error) == "The pipe is '{broken}'. Somebody broke it. Repair it. Nothing is lost."
    assert error.problem is problem
    assert error.exit_code == 1
    assert problem.names == {"thing", "state"}


def test_a_text_that_is_left_out_leaves_no_gap() -> None:
    problem = Problem(code="example", what="It broke.", fix="{fix}", exit_code=ExitCode.FAILED)
    assert str(TapError(problem, fix="")) == "It broke."


def test_a_whole_message_of_the_list() -> None:
    assert str(UserError(STATE_OF_ANOTHER_ORG, stream="users", org="00D1", other="00D2")) == (
        "The state of users belongs to org 00D1, and the login is for org 00D2. Going on would "
        "leave rows out. Log in to the first org, or load this one into another database, with a "
        "state of its own (meltano: --state-id-suffix) or without one (meltano: --full-refresh)."
    )


def test_the_exit_codes_are_those_of_the_design() -> None:
    assert {code.name: int(code) for code in ExitCode} == {
        "DONE": 0,
        "FAILED": 1,
        "USER": 2,
        "QUOTA": 3,
        "STOPPED": 130,
    }
    assert all(code.meaning for code in ExitCode)
