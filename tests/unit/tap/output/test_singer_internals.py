"""The private parts of singer-sdk that the tap uses: as they were when it was written."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from singer_sdk import Stream, Tap
from singer_sdk.configuration._dict_config import parse_environment_config
from singer_sdk.helpers._batch import BaseBatchFileEncoding, BatchConfig
from singer_sdk.helpers._classproperty import classproperty
from singer_sdk.plugin_base import PluginBase
from tap_salesforce_taskwho.output import singer_internals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGE = Path(singer_internals.__file__).parents[1]
# the modules that import singer-sdk
OTHERS = [
    path.relative_to(PACKAGE)
    for pattern in ("*.py", "streams/*.py", "output/*.py")
    for path in sorted(PACKAGE.glob(pattern))
    if path.name != "singer_internals.py"
]
SIGNATURES: list[tuple[Callable[..., object], list[str]]] = [
    (Stream._sync_records, ["self", "context", "write_messages"]),
    (Stream._sync_batches, ["self", "batch_config", "context"]),
    (Stream._write_schema_message, ["self"]),
    (Stream._generate_record_messages, ["self", "record"]),
    (Stream._write_batch_message, ["self", "encoding", "manifest"]),
    (Stream._write_state_message, ["self"]),
    (Tap._validate_config, ["self", "raise_errors"]),
    (Tap._setup_signal_handlers, ["self"]),
    (Tap._handle_termination, ["self", "signum", "frame"]),
    (parse_environment_config, ["config_schema", "prefix", "dotenv_path"]),
    (BaseBatchFileEncoding, ["format", "compression"]),
    (BatchConfig, ["encoding", "storage", "batch_size"]),
]


@pytest.mark.parametrize(
    ("function", "names"), SIGNATURES, ids=[function.__qualname__ for function, _ in SIGNATURES]
)
def test_the_signatures_are_those_that_the_tap_was_written_for(
    function: Callable[..., object], names: list[str]
) -> None:
    assert list(inspect.signature(function).parameters) == names


@pytest.mark.parametrize("name", ["_env_var_config", "_env_var_prefix"])
def test_the_environment_is_read_by_properties_of_the_class(name: str) -> None:
    assert isinstance(inspect.getattr_static(PluginBase, name), classproperty)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Stream, {"_tap", "_stream_version", "_input_schema", "_stream_maps"}),
        (PluginBase, {"_config"}),
    ],
)
def test_the_attributes_are_set_where_the_sdk_is_made(kind: type, names: set[str]) -> None:
    assert names <= attributes_of(kind)


@pytest.mark.parametrize("path", OTHERS, ids=str)
def test_no_other_module_touches_a_private_name(path: Path) -> None:
    private = {
        name
        for kind in (Stream, Tap, PluginBase)
        for name in {*dir(kind), *attributes_of(kind)}
        if name.startswith("_") and not name.startswith("__")
    }
    tree = ast.parse((PACKAGE / path).read_text())
    assert private & set(names_in(tree)) == set()
    assert [name for name in imports_in(tree) if "._" in name and "singer_sdk" in name] == []


def attributes_of(kind: type) -> set[str]:
    """The attributes that a class sets on itself."""
    return {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(kind)))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


def names_in(tree: ast.Module) -> Iterator[str]:
    """The attributes and functions that a module names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.FunctionDef):
            yield node.name


def imports_in(tree: ast.Module) -> Iterator[str]:
    """The modules and names that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
