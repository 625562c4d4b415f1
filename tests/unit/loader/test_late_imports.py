"""What the loader imports only when it is used."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from singer_sdk.mapper import PluginMapper
from target_postgres_taskwho.stock import StreamMap

if TYPE_CHECKING:
    from pathlib import Path

NO_KEY = "Could not determine the key type"
SELDOM_USED = ["paramiko.client", "faker.proxy"]
SCHEMA: dict[str, Any] = {"properties": {"Id": {"type": "string"}}}


def output_of(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_start_of_the_loader_loads_nothing_that_it_seldom_uses() -> None:
    program = f"""
import sys, target_postgres_taskwho.cli
print([name for name in {SELDOM_USED} if name in sys.modules])
"""
    assert output_of(program) == "[]"


def test_a_tunnel_finds_all_of_paramiko() -> None:
    program = """
import sys
from target_postgres_taskwho.stock import StockConnector
try:
    StockConnector.guess_key_type(None, "no key")
except ValueError as error:
    print(str(error).split(".")[0])
import paramiko
from target_postgres import connector
print(connector.paramiko.SSHClient is paramiko.SSHClient is sys.modules["paramiko"].SSHClient)
"""
    assert output_of(program).splitlines() == [NO_KEY, "True"]


def test_what_is_imported_late_comes_once_and_whole(tmp_path: Path) -> None:
    (tmp_path / "seldom.py").write_text("print('imported')\nhere = [1]\n", "utf-8")
    program = f"""
import sys
from target_postgres_taskwho.late_imports import import_on_first_use
sys.path.append({str(tmp_path)!r})
import_on_first_use("seldom")
import seldom as early
print("bound")
print(early.here is early.here)
import seldom as late
print(late.here is early.here, hasattr(early, "nowhere"))
"""
    assert output_of(program).splitlines() == ["bound", "imported", "True", "True False"]


@pytest.mark.parametrize(
    ("computes", "made"),
    [
        ({"__key_properties__": []}, False),
        ({}, False),
        ({"Name": "fake.name()"}, True),
        ({"Name": "fake.name()", "__key_properties__": []}, True),
        ({"__filter__": "fake.boolean()"}, True),
    ],
)
def test_a_stream_map_has_a_faker_where_it_computes_something(
    computes: dict[str, Any], *, made: bool
) -> None:
    made_by_sdk = PluginMapper({"stream_maps": {"*": computes}}, logging.getLogger(__name__))
    made_by_sdk.register_raw_stream_schema("things", SCHEMA, ["Id"])
    [found] = made_by_sdk.stream_maps["things"]
    assert isinstance(found, StreamMap)
    assert (found.fake is not None) is made
    changed = found.transform({"Id": "1"})
    if "Name" in computes:
        assert changed
        assert changed["Name"].strip()
