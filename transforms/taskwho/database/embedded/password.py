"""The password of the embedded server's role: kept in a file, and what the server stores of it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64encode
from typing import TYPE_CHECKING

from taskwho.model.atomic_file import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

_ITERATIONS = 4096  # PostgreSQL's own default


def read(file: Path) -> str:
    """The password in a file."""
    return file.read_text("utf-8").strip()


def read_or_create(file: Path) -> str:
    """The password in a file; a new one where there is no file yet."""
    if not file.exists():
        write_atomically(file, secrets.token_urlsafe(32) + "\n", mode=0o600)
    return read(file)


def scram_verifier(password: str) -> str:
    """What PostgreSQL stores in place of a password. Nobody can log in with it (RFC 5803)."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ITERATIONS)
    stored_key = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server_key = hmac.digest(salted, b"Server Key", "sha256")
    parts = [b64encode(part).decode() for part in (salt, stored_key, server_key)]
    return "SCRAM-SHA-256${}:{}${}:{}".format(_ITERATIONS, *parts)
