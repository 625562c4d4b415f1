"""The list of errors: complete, unique, used; and which of them an exception is."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
from psycopg import errors as sqlstates
from singer_sdk.exceptions import ConfigValidationError
from singer_sdk.singerlib.exceptions import InvalidInputLine
from sqlalchemy.exc import ArgumentError, IntegrityError
from target_postgres_taskwho import errors
from target_postgres_taskwho.errors import BATCH_FILE_GONE, PROBLEMS, LoadError, Problem
from target_postgres_taskwho.explain import LONGEST_REASON, explain, unreachable

PACKAGE = Path(errors.__file__).parent
NAMES = {id(declared): name for name, declared in vars(errors).items()}

every_problem = pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)


@every_problem
def test_a_problem_says_what_happened_and_what_to_do(problem: Problem) -> None:
    assert problem.what
    assert problem.fix
    assert problem.exit_code in {errors.FAILED, errors.MISCONFIGURED}


@every_problem
def test_a_problem_is_written_in_sentences(problem: Problem) -> None:
    for part in filter(None, (problem.what, problem.why, problem.fix, problem.kept)):
        assert part[0].isupper() or part.startswith("sqlalchemy_url")
        assert part.endswith(".")


@every_problem
def test_a_problem_is_named_in_the_program(problem: Problem) -> None:
    modules = (file for file in PACKAGE.glob("*.py") if file.name != "errors.py")
    name = NAMES[id(problem)]
    assert any(re.search(rf"\b{name}\b", file.read_text("utf-8")) for file in modules)


def test_no_two_problems_have_one_code() -> None:
    codes = [problem.code for problem in PROBLEMS]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_a_message_is_one_paragraph_with_the_values_in_it() -> None:
    error = LoadError(BATCH_FILE_GONE, path="/tmp/{a}.csv")  # noqa: S108 - no file is made
    assert str(error) == (
        "Batch file /tmp/{a}.csv is gone, so its rows cannot be loaded. Something else deleted it. "
        "Run it again: the tap fetches the rows anew. No STATE beyond the file was passed on."
    )


EXPLAINED: dict[str, tuple[Exception, str]] = {
    "declared": (LoadError(errors.DATABASE_NOT_SET), "There is no database to load into."),
    "settings": (
        ConfigValidationError("invalid", errors=["'x' is no number", "y is missing"]),
        "The config cannot be used: 'x' is no number; y is missing.",
    ),
    "asserted setting": (
        AssertionError("Need either the sqlalchemy_url or a host"),
        "The config cannot be used: Need either the sqlalchemy_url or a host.",
    ),
    "URL with a secret in it": (ArgumentError("u:secret@h"), "sqlalchemy_url is no database URL."),
    "input": (
        InvalidInputLine("no  JSON\n"),
        "The input cannot be loaded: InvalidInputLine: no JSON.",
    ),
    "right": (
        sqlstates.InsufficientPrivilege("permission denied"),
        "The database user lacks a right: permission denied.",
    ),
    "connection": (
        psycopg.OperationalError("server closed the connection"),
        "The connection to the database was lost: server closed the connection.",
    ),
    "rows": (
        IntegrityError("copy …", {}, sqlstates.UniqueViolation("duplicate key")),
        "The database refused the rows: duplicate key (SQLSTATE 23505).",
    ),
    "anything else": (OSError(28, "No space left"), "The load failed: OSError: [Errno 28] No"),
    "nothing said": (RuntimeError(), "The load failed: RuntimeError. Remove the cause, then"),
    "no connection": (
        unreachable(psycopg.OperationalError("connection refused")),
        "The database cannot be reached: connection refused.",
    ),
}


@pytest.mark.parametrize(("error", "text"), EXPLAINED.values(), ids=EXPLAINED.keys())
def test_an_exception_is_explained_by_a_declared_problem(error: Exception, text: str) -> None:
    assert str(explain(error)).startswith(text)


def test_a_long_reason_is_cut() -> None:
    assert len(str(explain(RuntimeError("x" * 10_000)))) < LONGEST_REASON + 200
