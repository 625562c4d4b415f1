"""The children get what meltano.yml gives its plugins."""

from __future__ import annotations

from pathlib import Path

import yaml
from tap_salesforce_taskwho.errors import PROBLEMS
from tap_salesforce_taskwho.tap import CONFIG_SCHEMA
from target_postgres_taskwho.errors import PROBLEMS as LOADER_PROBLEMS
from taskwho.model.errors.running import DATABASE_PROBLEMS, LOGIN_PROBLEMS
from taskwho.model.salesforce_settings import NAMES
from taskwho.pipeline.pairs import pairs
from taskwho.pipeline.plugins import files
from taskwho.pipeline.plugins.cause import LOADER_GONE

from tests.support.checkout import ROOT
from tests.support.tap_run import selecting

MELTANO_YML = yaml.safe_load((ROOT / "meltano.yml").read_text())
TAP, PARENTS = MELTANO_YML["plugins"]["extractors"]
(LOADER,) = MELTANO_YML["plugins"]["loaders"]


def test_the_loader_s_settings_are_those_of_meltano_yml() -> None:
    assert files.loader_settings("$DATABASE_URL") == LOADER["config"]


def test_the_tap_s_settings_are_those_of_meltano_yml_and_the_caller_s() -> None:
    found = files.tap_settings({"mode": "full"}, Path(".taskwho/batches"))
    assert found == {"mode": "full", **TAP["config"]}


def test_every_setting_of_the_tap_can_be_given() -> None:
    assert list(NAMES) == list(CONFIG_SCHEMA["properties"])


def test_the_streams_selected_are_those_of_meltano_yml() -> None:
    parents, relations = pairs([], parents=True)
    assert [f"{name}.*" for name in relations.selected] == TAP["select"]
    assert [f"{name}.*" for name in parents.selected] == PARENTS["select"]


def test_the_catalog_is_the_tap_s_own_with_the_lenient_schema_of_meltano_yml() -> None:
    (relations,) = pairs([], parents=False)
    of_tap = {s["tap_stream_id"]: s for s in selecting(*relations.selected)["streams"]}
    ours = {s["tap_stream_id"]: s for s in files.catalog(relations.selected)["streams"]}
    lenient = TAP["schema"]["*"]["*"]
    assert ours.keys() == of_tap.keys()
    for name, stream in ours.items():
        expected = of_tap[name]
        assert stream["key_properties"] == expected["key_properties"]
        assert stream.get("replication_key") == expected.get("replication_key")
        assert stream["schema"]["properties"] == dict.fromkeys(
            expected["schema"]["properties"], lenient
        )
        assert selected(stream) == selected(expected) == (name in relations.selected)
        assert automatic(stream) == automatic(expected)


def test_the_problems_that_tell_children_apart_are_the_tap_s_and_the_loader_s() -> None:
    of_tap = {problem.code for problem in PROBLEMS}
    of_loader = {problem.code for problem in LOADER_PROBLEMS}
    assert of_tap >= {*LOGIN_PROBLEMS, LOADER_GONE}
    assert of_loader >= DATABASE_PROBLEMS
    assert not of_tap & DATABASE_PROBLEMS


def selected(stream: dict[str, object]) -> bool:
    (whole,) = (m["metadata"] for m in stream["metadata"] if not m["breadcrumb"])  # type: ignore[attr-defined]
    return bool(whole["selected"])


def automatic(stream: dict[str, object]) -> set[str]:
    return {
        part["breadcrumb"][-1]
        for part in stream["metadata"]  # type: ignore[attr-defined]
        if part["breadcrumb"] and part["metadata"]["inclusion"] == "automatic"
    }
