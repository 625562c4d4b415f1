"""A `.env` file for --config=ENV: it fills the environment, which wins over it."""

from __future__ import annotations

import os

from dotenv import dotenv_values, find_dotenv


def read_dotenv() -> None:
    """Set what the nearest `.env`, from the working directory upwards, has and nobody has set."""
    for name, value in dotenv_values(find_dotenv(usecwd=True)).items():
        if value is not None:
            os.environ.setdefault(name, value)
