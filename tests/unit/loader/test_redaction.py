"""The password of the database is in nothing that people read, however somebody has spelled it."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

import pytest
from target_postgres_taskwho.redaction import redact

PASSWORD = "p4ss<w/rd&ü"
CONFIG = {"sqlalchemy_url": f"postgresql://me:{quote(PASSWORD, safe='')}@db/crm"}
SPELLED = [PASSWORD, quote(PASSWORD, safe=""), html.escape(PASSWORD), json.dumps(PASSWORD)[1:-1]]


@pytest.mark.parametrize("spelled", SPELLED)
def test_it_is_hidden(spelled: str) -> None:
    for text in (spelled, spelled.upper(), spelled.lower()):
        assert redact(f"refused {text}.", CONFIG) == "refused ***."


def test_without_a_secret_nothing_is_hidden() -> None:
    assert redact("fine", {}) == "fine"
