"""Fields that become hidden between two runs: tap, loader and promotion leave their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.histories.replay import Replay
from tests.histories.steps import History
from tests.histories.tally import Tally
from tests.sandbox import Sandbox
from tests.support import seed
from tests.support.postgresql import query

if TYPE_CHECKING:
    from pathlib import Path

PHONES = "select salesforce_id, phone from sf_contacts"
STAMPS = "select salesforce_id, sf_system_modstamp from sf_contacts"


def test_what_was_stored_stays_when_its_field_is_hidden(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=450) as org:
        replay = Replay(History(1, 450, None, 0, 60, ()), org, database_url, tmp_path, Tally())
        replay.run_without_faults("incremental", parents=True)
        phones, stamps = (dict(query(database_url, asked)) for asked in (PHONES, STAMPS))
        relations = seed.stored(database_url)
        org.hidden = frozenset({"Contact.Phone", "TaskWhoRelation.Type"})
        updated = org.update(20)
        org.delete_contacts(5)
        org.advance_clock(120)
        replay.run_without_faults("incremental", parents=True)
    assert any(phones.values())
    assert dict(query(database_url, PHONES)) == phones
    contacts = dict(query(database_url, STAMPS))
    assert sum(contacts[key] > stamp for key, stamp in stamps.items()) == 5
    after = seed.stored(database_url)
    assert {key: row["type"] for key, row in after.items()} == {
        key: row["type"] for key, row in relations.items()
    }
    known = [key for key in updated if key in relations]
    stamp = "sf_system_modstamp"
    assert known
    assert all(after[key][stamp] > relations[key][stamp] for key in known)
