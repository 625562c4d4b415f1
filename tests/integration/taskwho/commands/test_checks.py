"""What doctor finds in a database, word for word."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from taskwho.commands.checks.database import check_database, check_files
from taskwho.database import embedded
from taskwho.model.settings import ParentTable, PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import land, page
from tests.support.schemas.dumps import restore
from tests.support.schemas.listing import schema_of
from tests.support.seed import relation

if TYPE_CHECKING:
    from pathlib import Path

SAME_DAY = datetime.now(UTC).replace(microsecond=0)
DELETES = "task_relation_deletes"
OUTDATED = (
    "warn The schema taskwho does not exist yet.\n"
    "     Fix: Run `taskwho prepare`, which creates it."
)


def findings(url: str, settings: PostLoadSettings) -> list[str]:
    """Every finding but that of the server, whose version differs."""
    server, *others = map(str, check_database(url, settings))
    assert server.startswith("ok   PostgreSQL ")
    return others


def test_an_empty_database_lacks_schema_and_parents(
    database_url: str, settings: PostLoadSettings
) -> None:
    fixes = {
        f"sf_{kind}": (
            "     Fix: Run `taskwho sync --all`, which creates and fills it, or name your table in "
            f"TASKWHO_{kind.upper()}_TABLE."
        )
        for kind in ("users", "contacts", "activities")
    }
    assert findings(database_url, settings) == [
        OUTDATED,
        *(
            f'FAIL The table "public"."{table}" does not exist.\n{fix}'
            for table, fix in fixes.items()
        ),
        (
            'ok   The table "public"."sf_taskwhorelations" does not exist yet. The first sync '
            "creates it."
        ),
    ]


def test_an_earlier_database_is_a_warning_and_stays_as_it_is(
    database_url: str, settings: PostLoadSettings
) -> None:
    restore(database_url)
    before = schema_of(database_url)
    first, *others = findings(database_url, settings)
    assert first == OUTDATED
    assert all(text.startswith("ok   The table") for text in others)
    assert schema_of(database_url) == before


def test_a_newer_database_fails(database_url: str, settings: PostLoadSettings) -> None:
    seed.land(database_url, [])
    query(database_url, "insert into taskwho.schema_version values (9999, 'later', '7.2.0')")
    found = findings(database_url, settings)[0]
    assert found.startswith("FAIL The schema taskwho of the database has version 9999")
    assert "pip install 'taskwho==7.2.0'" in found


def test_a_database_after_a_run_is_healthy(database_url: str, settings: PostLoadSettings) -> None:
    seed.create(database_url)
    seed.land(database_url, [relation(1)])
    post_load(database_url, settings)
    *others, last = findings(database_url, settings)
    assert others == [
        'ok   The table "public"."sf_users" exists, with a unique salesforce_id.',
        'ok   The table "public"."sf_contacts" exists, with a unique salesforce_id.',
        'ok   The table "public"."sf_activities" exists, with a unique salesforce_id.',
        'ok   The table "public"."sf_taskwhorelations" exists, with 4 foreign keys.',
        "ok   No relation waits in quarantine.",
    ]
    assert last.startswith(f"ok   The last run, 1, ended at {SAME_DAY:%Y-}")
    assert last.endswith(": ok.")


def test_what_no_run_fails_for_is_a_warning(database_url: str, settings: PostLoadSettings) -> None:
    seed.create(database_url)
    land(database_url, DELETES, [{"Id": relation(1)["Id"], "deletedDate": seed.STAMP}])
    land(database_url, "sync_batches", [page(1, stream=DELETES, outcome="complete")])
    seed.land(database_url, [relation(2, TaskId=seed.task(9))])
    post_load(database_url, settings)
    query(database_url, "update taskwho.deleted_relations set is_applied = false")
    query(database_url, "update taskwho.runs set finished_at = '2024-06-02T00:00:00Z'")
    query(database_url, "truncate sf_contacts cascade")
    found = findings(database_url, settings)
    assert [text for text in found if not text.startswith("ok")] == [
        (
            'warn The table "public"."sf_contacts" is empty.\n'
            "     Fix: Run the job that fills it, or `taskwho sync --all`."
        ),
        (
            "warn 1 relation waits in quarantine for 1 missing task: not looked up in Salesforce.\n"
            "     Fix: Run the job that fills `sf_activities`, or `taskwho sync --streams tasks "
            f"--mode full`. `taskwho why {seed.task(9)} --live` asks Salesforce about one of them."
        ),
        (
            "warn 1 relations that were removed in Salesforce are not marked as deleted yet.\n"
            "     Fix: Run `taskwho post-load`. If they stay, a constraint or a trigger of the "
            "relations' table refuses the change."
        ),
        (
            "warn Removed relations are known up to 2024-06-01 00:00:00. Salesforce lists them for "
            "15 to 30 days only.\n"
            "     Fix: Select the stream task_relation_deletes again, and run `taskwho sync --mode "
            "full --sweep` once."
        ),
        (
            "warn The last run, 1, ended at 2024-06-02 00:00:00: ok. That is more than a day ago.\n"
            "     Fix: Run `taskwho sync`, or repair its schedule."
        ),
    ]


def test_a_failed_run_is_told_with_its_error(database_url: str, settings: PostLoadSettings) -> None:
    seed.create(database_url)
    land(database_url, "sync_batches", [page(1, outcome="failed")])
    result = post_load(database_url, settings)
    query(database_url, "update taskwho.runs set finished_at = '2024-06-02T00:00:00Z'")
    assert findings(database_url, settings)[-1] == (
        f"warn The last run, 1, ended at 2024-06-02 00:00:00: failed.\n     Fix: {result.error}"
    )


def test_a_key_that_is_not_unique_fails(database_url: str) -> None:
    seed.create(database_url)
    query(database_url, "drop table sf_taskwhorelations")
    settings = PostLoadSettings(parents={"users": ParentTable("sf_users", "email")})
    assert findings(database_url, settings)[1] == (
        'FAIL The table "public"."sf_users" has no unique constraint on email. Foreign keys need '
        "one.\n"
        '     Fix: Run `alter table "public"."sf_users" add unique (email)`, or name another '
        "column in TASKWHO_USERS_KEY. Or set TASKWHO_FOREIGN_KEYS to keep, which adds no foreign "
        "key."
    )


def test_before_the_first_run_there_is_nothing_to_be_fresh(
    database_url: str, settings: PostLoadSettings
) -> None:
    seed.create(database_url)
    seed.land(database_url, [])
    assert findings(database_url, settings)[-1] == (
        "warn There was no run yet.\n     Fix: Run `taskwho sync`, with `--all` where it shall "
        "read users, contacts and tasks too."
    )


def test_an_env_file_that_others_can_read_is_a_warning(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert list(check_files(tmp_path)) == []
    file.touch(mode=0o600)
    assert list(check_files(tmp_path)) == []
    file.chmod(0o640)
    [found] = check_files(tmp_path)
    assert str(found) == (
        f"warn The file {file} can be read by other users of this machine. It holds secrets.\n"
        f"     Fix: Run `chmod 600 {file}`."
    )


def test_an_embedded_database_that_is_down_is_not_started(
    tmp_path: Path, settings: PostLoadSettings
) -> None:
    url = embedded.start(tmp_path)
    assert embedded.stop(tmp_path)
    [finding] = check_database(url, settings, at=tmp_path)
    assert finding.mark == "warn"
    assert finding.text.startswith("The embedded PostgreSQL is not running")
    assert not embedded.answers(tmp_path)
    assert not embedded.stop(tmp_path)


def test_ids_that_no_relation_refers_to_are_named(url: str, settings: PostLoadSettings) -> None:
    query(url, "update sf_activities set salesforce_id = '00T000000000001'")
    [found] = [text for text in findings(url, settings) if "15 characters" in text]
    assert found == (
        "warn The table public.sf_activities holds Ids of 15 characters, such as 00T000000000001. "
        "Salesforce's API sends 18: what refers to these rows waits.\n"
        "     Fix: Let the job that fills it write the Ids as the API sends them."
    )


def test_a_database_that_cannot_be_reached_fails(settings: PostLoadSettings) -> None:
    [finding] = check_database("mysql://host/db", settings)
    assert finding.fails
    assert finding.text == "The database cannot be used."
    assert "DATABASE_URL" in finding.fix
