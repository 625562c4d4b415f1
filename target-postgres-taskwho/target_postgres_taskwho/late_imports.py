"""Imports a module when the program first uses it, not when it is named in an `import`."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Placeholder(ModuleType):
    """Stands in for a module, and imports it when somebody reads an attribute.

    `importlib.util.LazyLoader` is of no use here: in Python 3.11 an `import` statement reads the
    attribute `__spec__`, and so imports the module at once.
    """

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever the module has
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def import_on_first_use(name: str) -> None:
    """Put off the import of a module; does nothing where it is imported already."""
    sys.modules.setdefault(name, _Placeholder(name))
