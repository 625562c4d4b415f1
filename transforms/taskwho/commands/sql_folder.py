"""The SQL of doctor and why: what they ask of the database."""

from __future__ import annotations

from taskwho.database.scripts import Scripts

SCRIPTS = Scripts("taskwho.commands")
