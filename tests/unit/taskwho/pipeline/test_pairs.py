"""Which streams run together, and the ids that their states share with Meltano's."""

from __future__ import annotations

import pytest
import yaml
from taskwho.model.errors import Misconfigured
from taskwho.pipeline.pairs import PARENTS, STREAMS, pairs

from tests.support.checkout import ROOT

MELTANO_YML = yaml.safe_load((ROOT / "meltano.yml").read_text())
RELATIONS = "task_who_relations"


def streams_of(*streams: str, parents: bool = False) -> list[tuple[str, ...]]:
    return [pair.streams for pair in pairs(streams, parents=parents)]


def test_relations_alone_are_read_unless_more_is_asked_for() -> None:
    assert streams_of() == [(RELATIONS,)]
    assert streams_of(parents=True) == [PARENTS, (RELATIONS,)]


def test_the_streams_asked_for_are_read_and_no_other() -> None:
    assert streams_of("tasks", "users") == [("users", "tasks")]
    assert streams_of("task_relation_deletes", RELATIONS) == [(RELATIONS, "task_relation_deletes")]
    assert streams_of(RELATIONS, "users") == [("users",), (RELATIONS,)]
    assert streams_of(RELATIONS, parents=True) == [PARENTS, (RELATIONS,)]


def test_a_stream_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(Misconfigured) as raised:
        pairs(["relations"], parents=False)
    assert raised.value.message == (
        f"There is no stream 'relations'. Choose among {', '.join(STREAMS)}. Nothing was started."
    )


def test_the_state_ids_are_those_of_the_jobs_in_meltano_yml() -> None:
    task = MELTANO_YML["jobs"][1]["tasks"][0].split()
    blocks = [name for name in task if not name.startswith("taskwho:")]
    names = [f"{tap}-to-{loader}" for tap, loader in zip(blocks[::2], blocks[1::2], strict=True)]
    found = pairs([], parents=True)
    assert [pair.state_id("prod") for pair in found] == [f"prod:{name}" for name in names]


def test_every_pair_writes_the_journal() -> None:
    assert all(pair.selected[-1] == "sync_batches" for pair in pairs([], parents=True))
