"""The objects of the org, with each field's type."""

from __future__ import annotations

STAMPS = {"CreatedDate": "datetime", "LastModifiedDate": "datetime", "SystemModstamp": "datetime"}
AUTHORS = {"CreatedById": "reference", "LastModifiedById": "reference"}

OBJECTS: dict[str, dict[str, str]] = {
    "TaskWhoRelation": {
        "Id": "id",
        "IsDeleted": "boolean",
        "Type": "string",
        "RelationId": "reference",
        "TaskId": "reference",
        "AccountId": "reference",
        **AUTHORS,
        **STAMPS,
    },
    "User": {
        "Id": "id",
        "Username": "string",
        "FirstName": "string",
        "LastName": "string",
        "Name": "string",
        "Email": "email",
        "IsActive": "boolean",
        "IsProfilePhotoActive": "boolean",
        **STAMPS,
    },
    "Contact": {
        "Id": "id",
        "IsDeleted": "boolean",
        "FirstName": "string",
        "LastName": "string",
        "Name": "string",
        "Email": "email",
        "Phone": "phone",
        "Title": "string",
        **AUTHORS,
        **STAMPS,
    },
    "Lead": {
        "Id": "id",
        "IsDeleted": "boolean",
        "LastName": "string",
        "Name": "string",
        **AUTHORS,
        **STAMPS,
    },
    "Task": {
        "Id": "id",
        "IsDeleted": "boolean",
        "Subject": "combobox",
        "ActivityDate": "date",
        "Status": "picklist",
        "Priority": "picklist",
        "IsHighPriority": "boolean",
        "IsClosed": "boolean",
        "IsArchived": "boolean",
        "OwnerId": "reference",
        "TaskSubtype": "picklist",
        **AUTHORS,
        **STAMPS,
    },
}


def describe(sobject: str) -> dict[str, object]:
    """What GET …/sobjects/X/describe answers, as far as taps read it."""
    return {
        "name": sobject,
        "queryable": True,
        "replicateable": sobject != "TaskWhoRelation",
        "customSetting": False,
        "fields": [
            {
                "name": name,
                "type": kind,
                "nillable": name != "Id",
                "length": 18 if kind in {"id", "reference"} else 255,
                "precision": 0,
                "scale": 0,
                "calculated": False,
                "relationshipName": None,
                "referenceTo": [],
            }
            for name, kind in OBJECTS[sobject].items()
        ],
    }
