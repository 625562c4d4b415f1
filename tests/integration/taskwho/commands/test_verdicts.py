"""Doctor fails on what fails a run, and on nothing else: each shape and each state, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from psycopg import conninfo
from taskwho.commands.checks.database import check_database
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.post_load import post_load

from tests.support import promoting, seed
from tests.support.postgresql import guest_url, query
from tests.support.promoting import LATER, make_ready
from tests.support.schemas.listing import schema_of
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

RELATIONS, CONTACTS = "alter table sf_taskwhorelations ", "alter table sf_contacts "
UNIQUE = "drop constraint sf_contacts_salesforce_id_key cascade"
DOUBLED = (
    "insert into sf_contacts select gen_random_uuid(), salesforce_id, first_name, last_name "
    "from sf_contacts"
)
PUBLISHED = "create publication everything for all tables"
# what an administrator does to the database of the seed -> whether a run works
SHAPES = {
    "as it is": ("select", True),
    "no result yet": ("drop table sf_taskwhorelations", True),
    "no column type": (RELATIONS + "drop column type", True),
    "no column task_id": (RELATIONS + "drop column task_id", False),
    "no stamp": (RELATIONS + "drop column sf_system_modstamp", False),
    "no key in the result": (RELATIONS + "drop column salesforce_id", False),
    "no key in a parent": (CONTACTS + "drop column salesforce_id cascade", False),
    "no column but the key": (
        CONTACTS + "drop column id, drop column first_name, drop column last_name, drop column name"
        ", drop column email, drop column phone, drop column title, drop column sf_system_modstamp",
        True,
    ),
    "a flag that is a number": (
        RELATIONS + "alter is_deleted type integer using is_deleted::integer",
        False,
    ),
    "a generated type": (
        RELATIONS + "drop column type, add column type text generated always as ('x') stored",
        True,
    ),
    "a generated task_id": (
        RELATIONS + "drop column task_id, add column task_id text generated always as ('x') stored",
        False,
    ),
    "an identity": (
        RELATIONS + "drop column id, add column id bigint generated always as identity primary key",
        True,
    ),
    "a key of numbers": (
        CONTACTS + f"{UNIQUE}, alter salesforce_id type bigint using 1, add unique (salesforce_id)",
        False,
    ),
    "a key of char": (RELATIONS + "alter salesforce_id type char(18)", True),
    "a type of arrays": (RELATIONS + "alter type type text[] using null", True),
    "a column that nobody fills": (
        f"{RELATIONS}add tenant text not null default 'a'; {RELATIONS}alter tenant drop default",
        True,
    ),
    "Ids twice": (f"{CONTACTS}{UNIQUE}; {DOUBLED}", True),
    "Ids twice and no result": (
        f"drop table sf_taskwhorelations; {CONTACTS}{UNIQUE}; {DOUBLED}",
        True,
    ),
    "a key that is not unique": (f"{CONTACTS}{UNIQUE}", True),
    "such a key and no result": (f"drop table sf_taskwhorelations; {CONTACTS}{UNIQUE}", False),
    "no parent": ("drop table sf_contacts cascade", False),
    "short Ids": (
        "insert into sf_contacts values (gen_random_uuid(), '00300000000000A', null, 'l')",
        True,
    ),
    "published": (PUBLISHED, True),
    "published without a key": (f"{RELATIONS}drop column id; {PUBLISHED}", False),
    "published with an identity": (
        f"{RELATIONS}drop column id, replica identity full; {PUBLISHED}",
        True,
    ),
}
GUEST = {
    "no rights": ("select", False),
    "all rights": ("{all}", True),
    "no right to write": ("{all}; revoke insert on sf_taskwhorelations from {role}", False),
    "no right to read": ("{all}; revoke select on sf_contacts from {role}", False),
    "no right on a sequence": (
        "{all}; revoke all on sequence sf_taskwhorelations_id_seq from {role}",
        False,
    ),
    "no right on a needed column": (
        "{all}; revoke update on sf_taskwhorelations from {role}",
        False,
    ),
    "no right on the schema": ("{all}; revoke usage on schema taskwho from {role}", False),
    "no right to our tables": ("{all}; revoke all on taskwho.quarantine from {role}", False),
    "a policy": ("{all}; alter table sf_contacts enable row level security", False),
    "read only": ("{all}; alter role {role} set default_transaction_read_only = on", False),
}


def exit_code(url: str, settings: PostLoadSettings) -> int:
    """Prepare, and promote what has landed: an update, an insert, and a doubled Id."""
    try:
        make_ready(url)
        return post_load(url, settings).exit_code
    except TaskwhoError as error:
        return error.exit_code


def doctor_fails(url: str, settings: PostLoadSettings) -> list[str]:
    return [finding.text for finding in check_database(url, settings) if finding.fails]


@pytest.fixture
def landed(url: str, settings: PostLoadSettings) -> str:
    """The seed's tables after a run, with a newer version and a new row in front of them."""
    seed.land(url, [relation(1)])
    post_load(url, settings)
    seed.land(url, [relation(1, SystemModstamp=LATER, Type="New"), relation(2), relation(2)])
    return url


@pytest.mark.parametrize(("statements", "works"), SHAPES.values(), ids=SHAPES)
def test_doctor_says_of_each_shape_what_a_run_does(
    landed: str, settings: PostLoadSettings, statements: str, *, works: bool
) -> None:
    query(landed, statements)
    before = schema_of(landed)
    failing = doctor_fails(landed, settings)
    assert schema_of(landed) == before
    expected = 0 if works else 2
    assert (2 if failing else 0, exit_code(landed, settings)) == (expected, expected), failing


@pytest.mark.parametrize(("statements", "works"), GUEST.values(), ids=GUEST)
def test_doctor_says_of_each_right_what_a_run_does(
    landed: str, settings: PostLoadSettings, statements: str, *, works: bool
) -> None:
    with guest_url(landed) as guest:
        role = f'"{conninfo.conninfo_to_dict(guest)["user"]}"'
        with pytest.raises(TaskwhoError) as refused:
            post_load(guest, settings)
        granted = promoting.statements_in(refused.value.message).rstrip().rstrip(";")
        query(landed, statements.format(all=granted, role=role))
        failing = doctor_fails(guest, settings)
        expected = 0 if works else 2
        assert (2 if failing else 0, exit_code(guest, settings)) == (expected, expected), failing


def test_streams_that_are_not_selected_fail_nothing(
    landed: str, settings: PostLoadSettings
) -> None:
    query(landed, CONTACTS + "drop column last_name, drop column id, add column id integer")
    query(landed, "drop table sf_users cascade")
    everything = ("users", "contacts", "tasks", "task_who_relations")
    assert not [f for f in check_database(landed, settings, everything) if f.fails]
    [failing] = doctor_fails(landed, settings)
    assert "sf_users" in failing
    assert not [f for f in check_database(landed, settings, ["contacts"]) if f.fails]
