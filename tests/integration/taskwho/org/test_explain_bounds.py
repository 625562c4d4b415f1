"""An explanation makes few calls. Where quota or rights stop it, the run still succeeds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from taskwho.model.errors.pipeline import PARENTS_NOT_ASKED
from taskwho.org.explain.answers import MOST_CALLS
from taskwho.pipeline.post_load import post_load
from taskwho.report.markdown import render
from taskwho.report.next_steps import next_steps

from tests.support import seed
from tests.support.postgresql import query
from tests.support.reporting.explaining import GONE, GONE_TOO, groups, promote, soql
from tests.support.seed import relation

if TYPE_CHECKING:
    import pytest
    from taskwho.model.settings import PostLoadSettings

    from tests.sandbox import Sandbox


def test_a_large_table_without_an_index_is_not_read_for_its_end(
    url: str, settings: PostLoadSettings
) -> None:
    query(
        url,
        "insert into sf_contacts (id, salesforce_id, last_name, name, sf_system_modstamp)"
        " select gen_random_uuid(), 'x' || n, 'l', repeat('x', 120), now()"
        " from generate_series(1, 60000) as n",
    )
    orphan = relation(1, RelationId=seed.contact(9))
    assert "contacts" not in promote(url, settings, None, orphan).explanation.table_ends
    query(url, "create index on sf_contacts (sf_system_modstamp)")
    assert "contacts" in promote(url, settings, None).explanation.table_ends


def test_calls_are_bounded(url: str, settings: PostLoadSettings, org: Sandbox) -> None:
    query(url, "update sf_contacts set sf_system_modstamp = null")
    org.pages.cut = replace(org.pages.cut, cap=2)
    rows = [relation(n, RelationId=person) for n, person in enumerate(org.known("Contact")[:55])]
    result = promote(url, settings, org, *rows)
    calls, found = result.explanation.calls, groups(result)
    assert len(soql(org)) == calls == MOST_CALLS - 1  # none may be tried once too often
    assert found["contacts", "there"][0] == 2 * calls
    assert found["contacts", "not_asked"][0] == 55 - 2 * calls


def test_the_worst_are_asked_first(
    url: str, settings: PostLoadSettings, org: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tap_salesforce_taskwho.salesforce.soql.MOST_IDS", 2)
    known = org.known("Contact")
    rows = [relation(n, RelationId=known[n % 10 and 9]) for n in range(1, 30)]
    rows += [relation(n, RelationId=known[n % 9]) for n in range(30, 60)]
    result = promote(url, settings, org, *rows)
    first = soql(org)[0]
    assert all(one.id in first for one in result.explanation.worst[:2])


def test_no_explain_asks_nobody(url: str, settings: PostLoadSettings, org: Sandbox) -> None:
    result = promote(url, replace(settings, explain=False), org, relation(1, TaskId=GONE))
    assert result.explanation.asked == "Salesforce was not asked: --no-explain."
    assert groups(result) == {("tasks", "not_asked"): (1, 1, 1)}
    assert org.requests == []


def test_the_quota_ends_it_without_a_warning(
    url: str, settings: PostLoadSettings, org: Sandbox
) -> None:
    org.api_used, org.api_max = 90, 100
    rows = [relation(1, TaskId=GONE), relation(2, RelationId=seed.contact(9))]
    result = promote(url, settings, org, *rows)
    assert result.explanation.asked == (
        "Salesforce was asked about 1 Id, in 1 API call. The quota of API calls ended it."
    )
    assert (result.status, result.warnings) == ("ok", [])


def test_a_slow_org_is_not_waited_for(
    url: str, settings: PostLoadSettings, org: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taskwho.org.explain.answers._ALL_SECONDS", 0.3)
    org.latency_ms = 400
    rows = [relation(1, TaskId=GONE), relation(2, RelationId=seed.contact(9))]
    result = promote(url, settings, org, *rows)
    assert result.explanation.asked == (
        "Salesforce was asked about 1 Id, in 1 API call. Salesforce took too long for the others."
    )
    assert (result.status, result.warnings) == ("ok", [])


def test_a_login_that_fails_is_a_warning(
    url: str, settings: PostLoadSettings, org: Sandbox
) -> None:
    seed.land(url, [relation(1, TaskId=GONE)])
    wrong = {**org.settings(), "client_secret": "wr0ng"}
    result = post_load(url, settings, salesforce=wrong)
    [warning] = result.warnings
    assert warning.startswith(PARENTS_NOT_ASKED.what)
    assert "Set client_secret" in warning
    assert result.status == "ok"
    assert result.explanation.asked == "Salesforce could not be asked: a warning says why."
    assert groups(result) == {("tasks", "not_asked"): (1, 1, 1)}
    [(kept,)] = query(url, "select report -> 'warnings' from taskwho.runs")
    assert kept == [warning]


def test_fields_that_are_hidden_cost_a_call_and_no_answer(
    url: str, settings: PostLoadSettings, org: Sandbox
) -> None:
    org.hidden = frozenset({"Contact.MasterRecordId"})
    loser, winner, *_ = org.known("Contact")
    org.merge_contacts([loser], winner)
    result = promote(url, settings, org, relation(1, RelationId=loser))
    assert groups(result) == {("contacts", "recycle_bin"): (1, 1, 1)}
    assert (result.explanation.calls, result.warnings) == (2, [])


def test_an_object_that_is_hidden_is_a_warning_and_the_others_are_told(
    url: str, settings: PostLoadSettings, org: Sandbox
) -> None:
    org.hidden = frozenset({"Contact"})
    rows = [relation(1, TaskId=GONE), relation(2, RelationId=seed.contact(9))]
    result = promote(url, settings, org, *rows)
    assert groups(result) == {
        ("tasks", "hidden_or_gone"): (1, 1, 0),
        ("contacts", "newer"): (1, 1, 1),
    }
    [warning] = result.warnings
    assert "Contact" in warning
    assert "read access to the object" in warning


def test_a_large_quarantine_that_hardly_changes_is_not_explained_again(
    url: str, settings: PostLoadSettings, org: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taskwho.pipeline.explain_missing._MANY_ROWS", 0)
    first = promote(url, settings, org, relation(1, TaskId=GONE))
    query(url, "delete from taskwho.missing_answers")
    again = promote(url, settings, org)
    assert again.explanation == replace(first.explanation, calls=0)
    changed = promote(url, settings, org, relation(2, TaskId=GONE_TOO))
    assert groups(changed) == {("tasks", "hidden_or_gone"): (2, 2, 0)}


def test_what_is_no_id_is_not_sent_and_forges_nothing(
    url: str, settings: PostLoadSettings, org: Sandbox
) -> None:
    wide = "00T" + "\uff10" * 12  # digits that are not ASCII
    hostile = ["00T`\n## Forged\x1b[2J", "00T' OR Id != '", wide + "AAA", "00T" + "x" * 300]
    rows = [relation(n, TaskId=text) for n, text in enumerate(hostile)]
    result = promote(url, settings, org, *rows, relation(9, TaskId=GONE))
    [query_sent] = soql(org)
    assert query_sent.endswith(f"FROM Task WHERE Id IN ('{GONE}') ORDER BY Id")
    assert "\n## Forged" not in render(result)
    assert all(step.isprintable() for step in next_steps(result))
