"""`make size` counts code, and nothing that explains it."""

from __future__ import annotations

from pathlib import PurePath

from tests.size import python_lines, size, sql_lines

PYTHON = '''"""A docstring
of two lines."""

import os  # a comment beside code

# a comment
QUERY = """
select 1

"""


def first(
    one: int,
) -> int:
    """Say so."""
    return one
'''
SQL = """-- What: one row
/* a comment
of two lines */
select
    1, -- a comment beside code

    '--'
"""


def test_python_counts_without_blanks_comments_and_docstrings() -> None:
    assert python_lines(PYTHON) == 8


def test_sql_counts_without_blanks_and_comments() -> None:
    assert sql_lines(SQL) == 3


def test_migrations_and_lists_of_errors_do_not_count() -> None:
    files = {
        "transforms/taskwho/cli.py": 1,
        "transforms/taskwho/model/errors.py": 1,
        "transforms/taskwho/database/migrations/0001_first.sql": 1,
        "transforms/taskwho/database/sql/catalog.sql": 1,
        "tap-salesforce-taskwho/tap_salesforce_taskwho/errors/login.py": 1,
        "tests/conftest.py": 1,
    }
    counted = size((PurePath(path), "x = 1\n") for path in files)
    assert counted == {("taskwho", ".py"): 1, ("taskwho", ".sql"): 1}
