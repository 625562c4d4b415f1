"""The private parts of singer-sdk and target-postgres are as stock.py takes them to be."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from singer_sdk.helpers._batch import BaseBatchFileEncoding
from singer_sdk.helpers._classproperty import classproperty
from singer_sdk.plugin_base import PluginBase, _ConfigInput
from singer_sdk.target_base import Target
from target_postgres.connector import PostgresConnector
from target_postgres.target import TargetPostgres
from target_postgres_taskwho import stock
from target_postgres_taskwho.cli import Command
from target_postgres_taskwho.connector import TaskWhoConnector
from target_postgres_taskwho.message_reader import MessageReader
from target_postgres_taskwho.sink import TaskWhoSink

PACKAGE = Path(stock.__file__).parent
PRIVATE = {"_batch", "_classproperty", "_dict_config"}
SIGNATURES: dict[tuple[type[Any], str], str] = {
    # stock.py puts its own class in the place of the SDK's
    (stock.StreamMap.__mro__[1], "_init_faker_instance"): "(self) -> 'Faker | None'",
    (PostgresConnector, "_connect"): "(self) -> 't.Iterator[sqlalchemy.engine.Connection]'",
    (PostgresConnector, "get_sqlalchemy_url"): "(self, config: 'Mapping[str, t.Any]') -> 'str'",
    (TargetPostgres, "_validate_config"): "(self, *, raise_errors: 'bool' = True) -> 'list[str]'",
    (TargetPostgres, "_process_batch_message"): "(self, message_dict: 'dict') -> 'None'",
    (TargetPostgres, "_process_state_message"): "(self, message_dict: 'dict') -> 'None'",
    (TargetPostgres, "_write_state_message"): "(self, state: 'dict') -> 'None'",
    (TargetPostgres, "_handle_termination"): (
        "(self, signum: 'int', frame: 'FrameType | None') -> 'None'"
    ),
}


@pytest.mark.parametrize(("owner", "name"), SIGNATURES)
def test_a_private_method_has_the_signature_that_is_relied_on(owner: type, name: str) -> None:
    assert str(inspect.signature(getattr(owner, name))) == SIGNATURES[owner, name]


def test_private_attributes_are_what_is_relied_on() -> None:
    made = inspect.getsource(Target.__init__)
    assert "self._sinks_active: dict[str, Sink] = {}" in made
    assert "self._sinks_to_clear: list[Sink] = []" in made
    assert "self._config = config_dict" in inspect.getsource(PluginBase.__init__)
    assert isinstance(inspect.getattr_static(PluginBase, "_env_var_config"), classproperty)
    assert {"config", "parse_env"} == {field.name for field in fields(_ConfigInput)}
    assert {"format", "compression"} <= {field.name for field in fields(BaseBatchFileEncoding)}


@pytest.mark.parametrize("module", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.stem)
def test_only_stock_uses_private_modules(module: Path) -> None:
    imported = {
        part
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for name in [node.module or "", *(alias.name for alias in node.names)]
        for part in name.split(".")
    } - {"__future__"}
    private = {part for part in imported if part.startswith("_")}
    assert private == (PRIVATE if module.stem == "stock" else set())


@pytest.mark.parametrize("ours", [Command, TaskWhoSink, TaskWhoConnector, MessageReader])
def test_only_stock_overrides_private_methods(ours: type) -> None:
    theirs: set[str] = set()
    mine: set[str] = set()
    for kind in ours.__mro__:
        is_ours = kind.__module__.startswith(f"{PACKAGE.name}.")
        if kind.__module__ != stock.__name__:
            (mine if is_ours else theirs).update(vars(kind))
    assert not {name for name in mine & theirs if re.match("_[^_]", name)} - {"_abc_impl"}
