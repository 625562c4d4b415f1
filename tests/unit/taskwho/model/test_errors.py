"""The list of errors: complete, unique, used, and the messages that come of it."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
from taskwho.model import errors
from taskwho.model.errors import PROBLEMS, Problem, TaskwhoError
from taskwho.model.exit_codes import ExitCode

PACKAGE = Path(errors.__file__).parents[2]
LIST = Path(errors.__file__).parent
# of a run that is done all the same
WARNINGS = {"parents-not-asked", "alert-not-sent", "metrics-not-written", "history-not-removed"}
NAMES = {
    id(declared): name
    for module in vars(errors).values()
    if isinstance(module, ModuleType)
    for name, declared in vars(module).items()
    if isinstance(declared, Problem)
}


every_problem = pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)


@every_problem
def test_a_problem_says_what_happened_and_what_to_do(problem: Problem) -> None:
    assert problem.what
    assert problem.fix
    # a warning fails nothing
    is_warning = problem.code.startswith("doctor-") or problem.code in WARNINGS
    assert problem.exit_code is not ExitCode.DONE or is_warning


@every_problem
def test_a_problem_is_written_in_sentences(problem: Problem) -> None:
    for part in filter(None, (problem.what, problem.why, problem.fix, problem.kept)):
        assert part[0] in "{`" or part[0].isupper(), part
        assert part[-1] in ".}", part


@every_problem
def test_a_problem_is_named_in_the_program(problem: Problem) -> None:
    name = NAMES[id(problem)]
    modules = (file for file in PACKAGE.rglob("*.py") if LIST not in file.parents)
    assert any(re.search(rf"\b{name}\b", file.read_text("utf-8")) for file in modules)


def test_no_two_problems_have_one_code() -> None:
    codes = [problem.code for problem in PROBLEMS]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


DISK_FULL = Problem(
    code="disk-full",
    what="{folder} is full.",
    why="The log grew.",
    fix="Remove {file}.",
    kept="Nothing is lost.",
    exit_code=ExitCode.FAILED,
)


def test_a_message_is_one_paragraph_with_the_values_in_it() -> None:
    error = TaskwhoError(DISK_FULL, folder="/var", file="{sync}.log")
    assert error.message == "/var is full. The log grew. Remove {sync}.log. Nothing is lost."
    assert str(error) == error.message
    assert error.exit_code == 1
    assert error.problem is DISK_FULL


def test_statements_to_run_come_last() -> None:
    problem = Problem(
        code="right", what="No right.", fix="Run:\n{sql}", kept="Kept.", exit_code=ExitCode.FAILED
    )
    assert problem.message(sql="grant …;") == "No right. Kept. Run:\ngrant …;"
