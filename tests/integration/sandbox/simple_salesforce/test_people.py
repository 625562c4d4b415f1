"""Merged, converted, removed and inactive people, with simple-salesforce."""

# ruff: noqa: S608 - SOQL of the tests' own

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.comparing.simple_client import with_token

if TYPE_CHECKING:
    import requests
    from simple_salesforce.api import Salesforce

    from tests.sandbox import Sandbox


def records_by_id(client: Salesforce, sobject: str, ids: list[str], *fields: str) -> Any:  # noqa: ANN401 - fields of any type
    listed = ",".join(f"'{record_id}'" for record_id in ids)
    soql = f"SELECT Id, {', '.join(fields)} FROM {sobject} WHERE Id IN ({listed}) ORDER BY Id"
    found = client.query(soql, include_deleted=True)["records"]
    return {record["Id"]: tuple(record[name] for name in fields) for record in found}


def test_a_merged_contact_is_in_the_recycle_bin_and_names_the_one_it_became(
    changing: Sandbox, session: requests.Session
) -> None:
    org, client = changing, with_token(changing, session)
    before = {row["Id"]: row for row in org.truth()}
    loser = next(row["RelationId"] for row in before.values() if row["Type"] == "Contact")
    winner = next(i for i in org.known("Contact") if i != loser)
    moved = org.merge_contacts([loser], winner)
    after = {row["Id"]: row for row in org.truth()}
    found = records_by_id(client, "Contact", [winner, loser], "IsDeleted", "MasterRecordId")
    assert found == {winner: (False, None), loser: (True, winner)}
    assert moved
    assert {after[i]["RelationId"] for i in moved if i in after} <= {winner}
    assert all(
        after[i]["SystemModstamp"] == before[i]["SystemModstamp"] for i in moved if i in after
    )


def test_a_converted_lead_names_its_contact_and_is_not_deleted(
    changing: Sandbox, session: requests.Session
) -> None:
    org, client = changing, with_token(changing, session)
    relation = org.convert_leads(1, moves=False)[0]
    lead = org.table("TaskWhoRelation")[relation]["RelationId"]
    fields = ("IsConverted", "ConvertedContactId", "IsDeleted")
    is_converted, contact, is_deleted = records_by_id(client, "Lead", [lead], *fields)[lead]
    assert (is_converted, is_deleted) == (True, False)
    assert contact in org.known("Contact")


def test_a_contact_in_the_recycle_bin_was_merged_into_none(
    changing: Sandbox, session: requests.Session
) -> None:
    org, client = changing, with_token(changing, session)
    gone = org.known("Contact")[2]
    org.delete_contacts(gone)
    found = records_by_id(client, "Contact", [gone], "IsDeleted", "MasterRecordId")
    assert found == {gone: (True, None)}


def test_an_inactive_user_is_shown_as_such(changing: Sandbox, session: requests.Session) -> None:
    org, client = changing, with_token(changing, session)
    leaver, stays, *_ = org.known("User")
    org.deactivate_users([leaver])
    assert records_by_id(client, "User", [leaver, stays], "IsActive") == {
        leaver: (False,),
        stays: (True,),
    }
