"""`import taskwho` is light, and its exports are what the design names."""

from __future__ import annotations

import subprocess
import sys

import pytest
import taskwho

HEAVY = ("psycopg", "click", "jinja2", "rich", "singer_sdk", "dotenv")


def test_the_import_loads_nothing_heavy() -> None:
    code = f"import sys, taskwho; print([n for n in {HEAVY} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_export_is_there() -> None:
    for name in taskwho.__all__:
        assert getattr(taskwho, name).__name__ == name


def test_another_name_is_none() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'sink'"):
        taskwho.sink  # noqa: B018 - the access is the test


def test_a_program_that_sets_up_no_logging_prints_nothing() -> None:
    code = "import taskwho.api, logging; logging.getLogger('taskwho').warning('Told nobody.')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
