"""Imports a module when a program uses it, and not before."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Placeholder(ModuleType):
    """Stands for a module: imports it for the first thing that somebody asks of it.

    `importlib.util.LazyLoader` does not help here: in Python 3.11 the `import` statement asks for
    the module's `__spec__`, and so loads it at once.
    """

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever the module has
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def import_on_first_use(name: str) -> None:
    """Let an `import` statement bind a placeholder, unless the module is imported already."""
    sys.modules.setdefault(name, _Placeholder(name))
