"""The objects that are read, each declared by its fields and nothing else."""

from __future__ import annotations

from typing import ClassVar

from tap_salesforce_taskwho.streams.object_stream import (
    BOOLEAN,
    DATE,
    DATETIME,
    TEXT,
    SalesforceStream,
)


class TaskWhoRelations(SalesforceStream):
    """Who took part in which task: up to 50 contacts, or one lead."""

    name = "task_who_relations"
    sobject = "TaskWhoRelation"
    selected_by_default = True
    obeys_limit = True
    fields: ClassVar = {
        "Id": TEXT,
        "IsDeleted": BOOLEAN,
        "Type": TEXT,
        "RelationId": TEXT,
        "TaskId": TEXT,
        "CreatedById": TEXT,
        "LastModifiedById": TEXT,
        "CreatedDate": DATETIME,
        "LastModifiedDate": DATETIME,
        "SystemModstamp": DATETIME,
    }


class Users(SalesforceStream):
    """Who made or changed something."""

    name = "users"
    sobject = "User"
    fields: ClassVar = {
        "Id": TEXT,
        "Username": TEXT,
        "FirstName": TEXT,
        "LastName": TEXT,
        "Name": TEXT,
        "Email": TEXT,
        "IsProfilePhotoActive": BOOLEAN,
        "CreatedDate": DATETIME,
        "LastModifiedDate": DATETIME,
        "SystemModstamp": DATETIME,
    }


class Contacts(SalesforceStream):
    """The people that a task is with."""

    name = "contacts"
    sobject = "Contact"
    fields: ClassVar = {
        "Id": TEXT,
        "IsDeleted": BOOLEAN,
        "FirstName": TEXT,
        "LastName": TEXT,
        "Name": TEXT,
        "Email": TEXT,
        "Phone": TEXT,
        "Title": TEXT,
        "CreatedDate": DATETIME,
        "LastModifiedDate": DATETIME,
        "SystemModstamp": DATETIME,
    }


class Tasks(SalesforceStream):
    """The tasks, with those that were archived after a year: relations point to them too."""

    name = "tasks"
    sobject = "Task"
    always_query_all = True
    fields: ClassVar = {
        "Id": TEXT,
        "IsDeleted": BOOLEAN,
        "Subject": TEXT,
        "ActivityDate": DATE,
        "Status": TEXT,
        "Priority": TEXT,
        "IsHighPriority": BOOLEAN,
        "IsClosed": BOOLEAN,
        "IsArchived": BOOLEAN,
        "OwnerId": TEXT,
        "CreatedById": TEXT,
        "LastModifiedById": TEXT,
        "CreatedDate": DATETIME,
        "LastModifiedDate": DATETIME,
        "SystemModstamp": DATETIME,
    }


OBJECT_STREAMS: tuple[type[SalesforceStream], ...] = (TaskWhoRelations, Users, Contacts, Tasks)
