"""The objects of the org, with each field's type, and what describe says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sandbox.org.ids import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection

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
        **AUTHORS,
        **STAMPS,
    },
    "Contact": {
        "Id": "id",
        "IsDeleted": "boolean",
        "MasterRecordId": "reference",
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
        "MasterRecordId": "reference",
        "IsConverted": "boolean",
        "ConvertedContactId": "reference",
        "FirstName": "string",
        "LastName": "string",
        "Name": "string",
        "Email": "email",
        "Phone": "phone",
        "Title": "string",
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
REFERENCES = {
    "RelationId": ["Contact", "Lead"],
    "TaskId": ["Task"],
    "AccountId": ["Account"],
    "OwnerId": ["User"],
    "ConvertedContactId": ["Contact"],
    "CreatedById": ["User"],
    "LastModifiedById": ["User"],
}
# documented as nillable on the object's page
NILLABLE = {
    *("Type", "RelationId", "TaskId", "AccountId", "MasterRecordId"),
    "ConvertedContactId",
    *("FirstName", "Phone", "Title", "Email"),
}
LENGTHS = {"id": 18, "reference": 18, "string": 255, "combobox": 255, "picklist": 255, "email": 80}


def describe(sobject: str, hidden: Collection[str], version: str) -> dict[str, object]:
    """Answer GET …/sobjects/X/describe, as far as taps read it."""
    path = f"/services/data/v{version}/sobjects/{sobject}"
    return {
        "name": sobject,
        "label": sobject,
        "keyPrefix": PREFIXES[sobject],
        "queryable": True,
        "retrieveable": True,
        "createable": False,
        "deletable": False,
        "updateable": False,
        "replicateable": sobject != "TaskWhoRelation",
        "customSetting": False,
        "fields": [
            _field(sobject, name, kind)
            for name, kind in OBJECTS[sobject].items()
            if f"{sobject}.{name}" not in hidden
        ],
        "urls": {"sobject": path, "describe": f"{path}/describe", "rowTemplate": f"{path}/{{ID}}"},
    }


def _field(sobject: str, name: str, kind: str) -> dict[str, object]:
    references = [sobject] if name == "MasterRecordId" else REFERENCES.get(name, [])
    return {
        "name": name,
        "label": name,
        "type": kind,
        "nillable": name in NILLABLE,
        "filterable": True,
        "sortable": True,
        "groupable": kind != "datetime",
        "createable": False,
        "updateable": False,
        "length": LENGTHS.get(kind, 0),
        "precision": 0,
        "scale": 0,
        "calculated": False,
        "relationshipName": name.removesuffix("Id") if references else None,
        "referenceTo": references,
    }
