"""The objects that land. Everything that differs between them is declared here, once.

Landing table, table of the user, settings, casts, reason codes, checks and next steps follow.
CONTRIBUTING.md has the recipes: add a field, add a parent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# reference: an Id of a parent, compared with the parent's table and not cast
Kind = Literal["text", "reference", "boolean", "date", "timestamp"]

KEY = "salesforce_id"
STAMP = "sf_system_modstamp"
PREFIX_LENGTH = 3  # the first characters of an Id name its object


@dataclass(frozen=True, slots=True)
class Field:
    """A field of Salesforce and the column that it fills."""

    source: str
    target: str
    kind: Kind = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that holds the Id of a parent.

    A field may have several parents. The prefix of an Id then chooses one of them, and the first
    one stands for every other Id.
    """

    field: str
    parent: Entity


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rows that belong in no table.

    For `reason`: their field holds an Id with this prefix, or none at all and `type_field` is equal
    to `type`. An Id of a parent of the field wins over both.
    For `other`: their field holds an Id of another object, and no parent has it.
    """

    reason: str
    other: str
    field: str
    prefix: str
    type_field: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A stream that is promoted into one table. Its key is the Id, which is not among `fields`.

    The table and the settings are named after `name`: sf_<name>, TASKWHO_<NAME>_TABLE.
    """

    stream: str
    sobject: str
    name: str
    noun: str
    prefix: str
    fields: tuple[Field, ...]
    references: tuple[Reference, ...] = ()
    set_aside: SetAside | None = None
    # columns of new rows that Salesforce does not send, where the table has them
    constants: tuple[tuple[str, str], ...] = ()
    # columns without which a table is refused
    needed_columns: tuple[str, ...] = ()
    # what the job that fills the table must not leave out
    also: str = ""

    @property
    def missing(self) -> str:
        """The code of the reason that a row waits for a record of this object."""
        return f"missing_{self.noun}"

    def field(self, source: str) -> Field:
        """A field by the name that Salesforce gives it."""
        return next(field for field in self.fields if field.source == source)

    def parents_of(self, source: str) -> tuple[Entity, ...]:
        """The objects that a field may refer to."""
        return tuple(found.parent for found in self.references if found.field == source)


_STAMPS = (
    Field("CreatedDate", "sf_created_date", "timestamp", required=True),
    Field("LastModifiedDate", "sf_last_modified_date", "timestamp", required=True),
    Field("SystemModstamp", STAMP, "timestamp", required=True),
)

USERS = Entity(
    stream="users",
    sobject="User",
    name="users",
    noun="user",
    prefix="005",
    fields=(
        Field("Username", "username"),
        Field("FirstName", "first_name"),
        Field("LastName", "last_name"),
        Field("Name", "name"),
        Field("Email", "email"),
        Field("IsProfilePhotoActive", "is_profile_photo_active", "boolean"),
        *_STAMPS,
    ),
    also="inactive users too",
)
CONTACTS = Entity(
    stream="contacts",
    sobject="Contact",
    name="contacts",
    noun="contact",
    prefix="003",
    fields=(
        Field("IsDeleted", "is_deleted", "boolean"),
        Field("FirstName", "first_name"),
        Field("LastName", "last_name"),
        Field("Name", "name"),
        Field("Email", "email"),
        Field("Phone", "phone"),
        Field("Title", "title"),
        *_STAMPS,
    ),
)
TASKS = Entity(
    stream="tasks",
    sobject="Task",
    name="activities",
    noun="task",
    prefix="00T",
    fields=(
        Field("IsDeleted", "is_deleted", "boolean"),
        Field("Subject", "subject"),
        Field("ActivityDate", "activity_date", "date"),
        Field("Status", "status"),
        Field("Priority", "priority"),
        Field("IsHighPriority", "is_high_priority", "boolean"),
        Field("IsClosed", "is_closed", "boolean"),
        Field("IsArchived", "is_archived", "boolean"),
        Field("OwnerId", "owner_id"),
        Field("CreatedById", "created_by_id"),
        Field("LastModifiedById", "last_modified_by_id"),
        *_STAMPS,
    ),
    # the table of activities holds events too, which other jobs load
    constants=(("type", "Task"),),
    also="archived tasks too",
)
RELATIONS = Entity(
    stream="task_who_relations",
    sobject="TaskWhoRelation",
    name="relations",
    noun="relation",
    prefix="0RT",
    fields=(
        Field("IsDeleted", "is_deleted", "boolean", required=True),
        Field("Type", "type"),
        Field("RelationId", "relation_id", "reference"),
        Field("TaskId", "task_id", "reference"),
        Field("CreatedById", "created_by_id", "reference", required=True),
        Field("LastModifiedById", "last_modified_by_id", "reference", required=True),
        *_STAMPS,
    ),
    references=(
        Reference("TaskId", TASKS),
        Reference("RelationId", CONTACTS),
        Reference("CreatedById", USERS),
        Reference("LastModifiedById", USERS),
    ),
    # a converted lead keeps its relation, which then refers to the contact
    set_aside=SetAside("lead", "other_object", "RelationId", "00Q", "Type", "Lead"),
    needed_columns=("is_deleted", "relation_id", "task_id", STAMP),
)

# in the order in which they are promoted: an object comes after those that it refers to
ENTITIES = (USERS, CONTACTS, TASKS, RELATIONS)
# the objects that others refer to
_REFERRED_TO = {found.parent for entity in ENTITIES for found in entity.references}
PARENTS = tuple(entity for entity in ENTITIES if entity in _REFERRED_TO)

# Ids and dates of what was removed, which is no object of its own
DELETES = "task_relation_deletes"
DELETES_FIELDS = ("deletedDate",)

JOURNAL = "sync_batches"
JOURNAL_FIELDS = (
    "run_id", "stream", "batch", "mode", "window_from", "window_to", "after_id", "first_id",
    "last_id", "endpoint", "resumed", "org_id", "records", "attempts", "duration_ms", "api_used",
    "api_max", "fetched_at", "counted", "outcome", "bookmark",
    "org_time",
)  # fmt: skip
