"""A `.env` file. For --config=ENV it fills the environment, which wins over it."""

from __future__ import annotations

import os

from dotenv import dotenv_values, find_dotenv

from target_postgres_taskwho.errors import DOTENV_UNREADABLE, LoadError


def read_dotenv() -> None:
    """Set what the nearest `.env`, from the working directory upwards, has and nobody has set."""
    file = find_dotenv(usecwd=True)
    for name, value in values_of(file).items():
        try:
            os.environ.setdefault(name, value)
        except ValueError as error:  # a NUL
            raise LoadError(DOTENV_UNREADABLE, file=file, reason=error) from None


def values_of(file: str) -> dict[str, str]:
    """Give the values of a file, none where there is no file; raises LoadError."""
    try:
        read = dotenv_values(file)
    except OSError as error:
        reason: object = error.strerror
    except UnicodeError:
        reason = "it is not UTF-8"
    else:
        return {name: value for name, value in read.items() if value is not None}
    raise LoadError(DOTENV_UNREADABLE, file=file, reason=reason)
