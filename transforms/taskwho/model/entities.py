"""The objects that land: which Salesforce field goes to which column, and what it has to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# reference: an Id that is looked up in a parent table, and only judged where it is not found
Kind = Literal["text", "reference", "boolean", "date", "timestamp"]

KEY = "salesforce_id"
STAMP = "sf_system_modstamp"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of Salesforce and the column that it fills."""

    source: str
    target: str
    kind: Kind = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A stream and its fields; the Id is every stream's key and not among them."""

    stream: str
    fields: tuple[Field, ...]
    # columns of new rows that Salesforce does not send, where the table has them
    constants: tuple[tuple[str, str], ...] = ()


_STAMPS = (
    Field("CreatedDate", "sf_created_date", "timestamp", required=True),
    Field("LastModifiedDate", "sf_last_modified_date", "timestamp", required=True),
    Field("SystemModstamp", STAMP, "timestamp", required=True),
)

RELATIONS = Entity(
    "task_who_relations",
    (
        Field("IsDeleted", "is_deleted", "boolean", required=True),
        Field("Type", "type"),
        Field("RelationId", "relation_id", "reference"),
        Field("TaskId", "task_id", "reference"),
        Field("CreatedById", "created_by_id", "reference", required=True),
        Field("LastModifiedById", "last_modified_by_id", "reference", required=True),
        *_STAMPS,
    ),
)
USERS = Entity(
    "users",
    (
        Field("Username", "username"),
        Field("FirstName", "first_name"),
        Field("LastName", "last_name"),
        Field("Name", "name"),
        Field("Email", "email"),
        Field("IsProfilePhotoActive", "is_profile_photo_active", "boolean"),
        *_STAMPS,
    ),
)
CONTACTS = Entity(
    "contacts",
    (
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
    "tasks",
    (
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
    # activities hold events too, which other jobs load
    constants=(("type", "Task"),),
)

ENTITIES = (USERS, CONTACTS, TASKS, RELATIONS)

# Ids and dates of what was removed, which is no object of its own
DELETES = "task_relation_deletes"
DELETES_FIELDS = ("deletedDate",)

JOURNAL = "sync_batches"
JOURNAL_FIELDS = (
    "run_id", "stream", "batch", "mode", "window_from", "window_to", "after_id", "first_id",
    "last_id", "endpoint", "resumed", "org_id", "records", "attempts", "duration_ms", "api_used",
    "api_max", "fetched_at", "counted", "outcome", "bookmark",
)  # fmt: skip
