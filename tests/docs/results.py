"""The section of the page of reference about the JSON of a result, from its dataclasses."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from functools import cache
from typing import TYPE_CHECKING, get_args

from taskwho.model import results
from taskwho.model.results import result

from tests.docs.markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

INTRODUCTIONS = {
    "result": f"""
`taskwho sync --json` prints it as one line. The `.json` file beside each report holds it, and so
does the column `report` of `taskwho.runs`. Times are in UTC, such as `2025-01-31T12:00:00Z`. The
key `schema_version` is {result.SCHEMA_VERSION}: it grows when a key changes its meaning. New
keys may come without it.
""",
    "missing": """
The key `missing` of a result says of each parent what relations wait for, and why it is missing.
""",
    "verification": """
`taskwho verify --json` prints a `Verification`, with three more keys: `equal`, `exit_code`,
`health`.
""",
    "estimate": """
`taskwho sync --dry-run --json` prints an `Estimates`.
""",
}
# properties that the JSON of a result holds too
DERIVED: frozenset[str] = frozenset(getattr(result, "DERIVED", ()))
NAMES = {"datetime": "time", "str": "text", "int": "number", "float": "number", "bool": "boolean"}


def section() -> str:
    """Every document that a program can read."""
    modules = {_name(found): found for found in _modules()}
    known = [name for name in INTRODUCTIONS if name in modules]
    order = [*known, *sorted(modules.keys() - INTRODUCTIONS)]
    parts = ["\n## JSON of a result\n"]
    for name in order:
        parts += [INTRODUCTIONS.get(name, ""), *map(_document, _kinds(modules[name]))]
    return "".join(parts)


@cache
def _modules() -> list[ModuleType]:
    """The modules whose dataclasses can be written as JSON."""
    names = [found.name for found in pkgutil.iter_modules(results.__path__)]
    modules = [importlib.import_module(f"{results.__name__}.{name}") for name in names]
    return [found for found in modules if any(hasattr(kind, "to_dict") for kind in _kinds(found))]


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _kinds(module: ModuleType) -> list[type]:
    """The dataclasses of a module; the one that is the whole document comes first."""
    found = [
        kind
        for name, kind in vars(module).items()
        if inspect.isclass(kind)
        and kind.__module__ == module.__name__
        and hasattr(kind, "__dataclass_fields__")
        and not name.startswith("_")
    ]
    written = [kind for kind in found if hasattr(kind, "to_dict")]
    inside = {name for kind in written for name in _names_in(kind)}
    kept = [kind for kind in found if kind in written or kind.__name__ in inside]
    return sorted(kept, key=lambda kind: kind is not result.RunResult)


def _names_in(kind: type) -> Iterator[str]:
    """The names in the types of a dataclass's fields."""
    for field in _fields(kind):
        for node in ast.walk(field.annotation):
            if isinstance(node, ast.Name):
                yield node.id


def _document(kind: type) -> str:
    text = inspect.cleandoc(kind.__doc__ or "")
    rows = list(_rows(kind))
    columns = 3 if any(row[2] for row in rows) else 2
    listed = table(("key", "type", "meaning")[:columns], (row[:columns] for row in rows))
    return f"\n### {kind.__name__}\n\n{in_json(text)}\n\n{listed}"


def in_json(text: str) -> str:
    """A text about Python as one about JSON."""
    return re.sub(r"\bNone\b", "null", text).replace("`from_`", "`from`")


def _rows(kind: type) -> Iterator[tuple[str, str, str]]:
    """Key, type, and the comment above the field."""
    lines = _source(kind).splitlines()
    for field in _fields(kind):
        name = ast.unparse(field.target).removesuffix("_")
        about = in_json(" ".join(_comment(lines, field.lineno - 1)))
        yield code(name), _type(field.annotation), about
    for node in _body(kind):
        if isinstance(node, ast.FunctionDef) and node.name in DERIVED and node.returns:
            yield code(node.name), _type(node.returns), in_json(ast.get_docstring(node) or "")


def _fields(kind: type) -> list[ast.AnnAssign]:
    return [node for node in _body(kind) if isinstance(node, ast.AnnAssign)]


def _body(kind: type) -> list[ast.stmt]:
    [declared] = ast.parse(_source(kind)).body
    assert isinstance(declared, ast.ClassDef)
    return declared.body


def _source(kind: type) -> str:
    return textwrap.dedent(inspect.getsource(kind))


def _comment(lines: list[str], at: int) -> list[str]:
    above: list[str] = []
    while at > 0 and lines[at - 1].strip().startswith("#"):
        at -= 1
        above.insert(0, lines[at].strip().lstrip("# "))
    return above


def _type(annotation: ast.expr) -> str:
    """A type in words, such as `list of Window` or `text or null`."""
    if isinstance(annotation, ast.BinOp):
        return f"{_type(annotation.left)} or {_type(annotation.right)}"
    if isinstance(annotation, ast.Constant):
        return "null"
    if isinstance(annotation, ast.Subscript):
        return _of_many(annotation)
    name = ast.unparse(annotation)
    for module in _modules():
        if choices := get_args(getattr(module, name, None)):
            return " or ".join(map(code, choices))
    if name[0].isupper() and name != "Any":
        return f"[{name}](#{name.lower()})"
    return NAMES.get(name, "any")


def _of_many(annotation: ast.Subscript) -> str:
    inner = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
    outer = ast.unparse(annotation.value)
    if outer in {"dict", "Mapping"}:
        return f"object of {_type(inner[-1])}"
    if outer == "Literal":
        return " or ".join(code(ast.literal_eval(value)) for value in inner)
    return f"list of {_type(inner[0])}"
