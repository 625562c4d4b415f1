"""The scripts of the database."""

from __future__ import annotations

from taskwho.database.scripts import Scripts

SCRIPTS = Scripts("taskwho.database")
