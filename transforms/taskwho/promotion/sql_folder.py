"""The scripts beside these modules."""

from __future__ import annotations

from taskwho.database.scripts import Scripts

SCRIPTS = Scripts("taskwho.promotion")
