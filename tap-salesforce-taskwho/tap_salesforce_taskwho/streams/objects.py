"""The Salesforce objects that are read: each is declared here once.

CONTRIBUTING.md has the recipes: add a field, add a parent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

FieldKind = Literal["text", "boolean", "date", "datetime"]
# Without these no row can be told from another, be kept current, or be told from a deleted one. The
# first three are never hidden by field-level security (Object Reference, FieldPermissions).
ESSENTIAL = frozenset({"Id", "SystemModstamp", "IsDeleted", "TaskId", "RelationId"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesforceObject:
    """An object and its stream. `fields` are in the order in which records hold them.

    `always_query_all` reads archived and deleted rows whatever the settings say.
    """

    stream: str
    sobject: str
    fields: Mapping[str, FieldKind]
    is_selected: bool = False
    always_query_all: bool = False
    may_be_cut: bool = False


# who took part in which task: up to 50 contacts, or one lead
TASK_WHO_RELATION = SalesforceObject(
    stream="task_who_relations",
    sobject="TaskWhoRelation",
    is_selected=True,
    may_be_cut=True,
    fields={
        "Id": "text",
        "IsDeleted": "boolean",
        "Type": "text",
        "RelationId": "text",
        "TaskId": "text",
        "CreatedById": "text",
        "LastModifiedById": "text",
        "CreatedDate": "datetime",
        "LastModifiedDate": "datetime",
        "SystemModstamp": "datetime",
    },
)
USER = SalesforceObject(
    stream="users",
    sobject="User",
    fields={
        "Id": "text",
        "Username": "text",
        "FirstName": "text",
        "LastName": "text",
        "Name": "text",
        "Email": "text",
        "IsProfilePhotoActive": "boolean",
        "CreatedDate": "datetime",
        "LastModifiedDate": "datetime",
        "SystemModstamp": "datetime",
    },
)
CONTACT = SalesforceObject(
    stream="contacts",
    sobject="Contact",
    fields={
        "Id": "text",
        "IsDeleted": "boolean",
        "FirstName": "text",
        "LastName": "text",
        "Name": "text",
        "Email": "text",
        "Phone": "text",
        "Title": "text",
        "CreatedDate": "datetime",
        "LastModifiedDate": "datetime",
        "SystemModstamp": "datetime",
    },
)
TASK = SalesforceObject(
    stream="tasks",
    sobject="Task",
    # Salesforce archives a task after a year, and relations point to it all the same
    always_query_all=True,
    fields={
        "Id": "text",
        "IsDeleted": "boolean",
        "Subject": "text",
        "ActivityDate": "date",
        "Status": "text",
        "Priority": "text",
        "IsHighPriority": "boolean",
        "IsClosed": "boolean",
        "IsArchived": "boolean",
        "OwnerId": "text",
        "CreatedById": "text",
        "LastModifiedById": "text",
        "CreatedDate": "datetime",
        "LastModifiedDate": "datetime",
        "SystemModstamp": "datetime",
    },
)

OBJECTS = (TASK_WHO_RELATION, USER, CONTACT, TASK)
