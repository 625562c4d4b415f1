"""The files of the migrations: numbered without a gap, and never changed after they landed."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

from taskwho.database.migrate import migrations

FILES = sorted(entry.name for entry in (files("taskwho.database") / "migrations").iterdir())
# a new migration is a line more; a line that is here never changes
LANDED = {
    "0001_first_schema": "b7bba3b5b0dcf68bffb7c4ab011d745fb6d4df183a928aee51568617bd03ac64",
    "0002_quarantine_of_all_streams": (
        "9def3ce5d958f583b793824cffd62b1c2fc70b3a42b2e760680787c7191f3b1d"
    ),
    "0003_bookmarks": "de7f30e5bd61a318a7768506f2364ea756ae6022b3aa8f8ad6daa79b9bbf4965",
}


def test_files_are_named_by_number_and_words() -> None:
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", name) for name in FILES)


def test_numbers_begin_at_one_without_gaps_and_doubles() -> None:
    assert [migration.number for migration in migrations()] == list(range(1, len(FILES) + 1))


def test_no_migration_has_changed_since_it_landed() -> None:
    found = {
        str(migration): hashlib.sha256(migration.statements).hexdigest()
        for migration in migrations()
    }
    assert found == LANDED


def test_a_migration_says_what_it_does() -> None:
    assert all(migration.statements.startswith(b"-- What: ") for migration in migrations())
