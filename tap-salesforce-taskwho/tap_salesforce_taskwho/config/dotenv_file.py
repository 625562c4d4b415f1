"""A `.env` file for --config=ENV: it fills the environment, which wins over it."""

from __future__ import annotations

import os

from dotenv import dotenv_values, find_dotenv

from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.errors.command import DOTENV_UNREADABLE


def read_dotenv() -> None:
    """Set what the nearest `.env`, from the working directory upwards, has and nobody has set."""
    file = find_dotenv(usecwd=True)
    try:
        for name, value in dotenv_values(file).items():
            if value is not None:
                os.environ.setdefault(name, value)
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or a NUL in a value
        raise UserError(DOTENV_UNREADABLE, file=file, error=error) from error
