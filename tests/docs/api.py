"""The section of the page of reference about Python: what the package `taskwho` exports."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import taskwho

from tests.docs.markdown import code, shown_as_text, table

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = """
## Python

What `import taskwho` gives. Every argument is given by its name, but for the number of `shards`.
The attributes of a result are the keys of [its JSON](#json-of-a-result), but `from_` for `from`.
Exceptions and results can be pickled. Which exception is worth a retry says
[production.md](production.md#examples-for-engines), and it names a script with shards;
[from-the-old-service.md](from-the-old-service.md#code) shows a run.
"""


def section() -> str:
    """The functions with their signatures, then the classes."""
    exported = {name: getattr(taskwho, name) for name in taskwho.__all__}
    functions = (
        _function(name, found) for name, found in exported.items() if inspect.isfunction(found)
    )
    rows = (
        (code(f"taskwho.{name}"), inspect.cleandoc(found.__doc__ or "").partition("\n\n")[0])
        for name, found in exported.items()
        if inspect.isclass(found)
    )
    return "".join([HEAD, *functions, "\n### Classes\n\n", table(("name", "what it is"), rows)])


def _function(name: str, function: Callable[..., object]) -> str:
    signature = inspect.signature(function)
    parameters = "".join(f"    {_parameter(each)},\n" for each in signature.parameters.values())
    shown = f"taskwho.{name}(\n{parameters}) -> {signature.return_annotation}"
    text = shown_as_text(inspect.cleandoc(function.__doc__ or ""))
    return f"\n### taskwho.{name}\n\n```python\n{shown}\n```\n\n{text}\n"


def _parameter(parameter: inspect.Parameter) -> str:
    given = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
    return f"{parameter.name}: {parameter.annotation}{given}"
