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
        "1d6b6c2e71d52364b170692b4f518254c7981d51b03bfaa81a4f0527c12a96cf"
    ),
    "0003_bookmarks": "3c0b368201c8c8c44dcf7a9ac1b4977a6dece10f501f7297ff53c25e355ec0b9",
    "0004_set_aside": "4cdc37c48ff791f130d1dd86780c6dabd49ed17f2dbb40a8f636f979252561af",
    "0005_fields_not_read": "ff36db353c785124d341bb8ff992d53eb0511ef24042a9d5767a62cb7bc8845d",
    "0006_health": "fa405700e5d6b7d72133c0db926537ea43382d2e071dc9122ea39aef6e7f79d5",
    "0007_missing_answers": "96e4e3bbb06a3dd88828d6312d9521219c46693b4cfa37db70461b972bdee972",
    "0008_org_counts": "319a6b74b7be824bae9c2d094f569a2b39c23952fb8703039b5cb788eceb6826",
    "0009_last_alert": "a5d5c5df67e07f5eec25702878944fd91df58908d881a936b054c5272278af14",
    "0010_shards": "2126569eb84df38dc6942ddf8d27959279b80e8fd4ba114961c81f29b83b6344",
    "0011_org_time": "9a16f2d2024fb0f4034422bc45de92f88b49c80f37865c293bba60d26140d0ee",
    "0012_landing_without_autovacuum": (
        "4f8a6ddb0245385be449e1e39eff22138f604430e25299b8b58454c8dd013d2b"
    ),
    "0013_void_windows": "d9ee664d14908f3a924da8ce831f035577d668f548a9218a4ab1f6c7585f014a",
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
