"""How large the tests are: small for `make test`, large where a soak gives them minutes."""

from __future__ import annotations

import os

SOAK = float(os.environ.get("SOAK_MINUTES") or 0) > 0
