"""The assertion of the JWT bearer flow, signed by the app's private key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.errors.login import PRIVATE_KEY_NOT_FOUND, PRIVATE_KEY_UNUSABLE

_BEGIN = "-----BEGIN "


def sign(claims: dict[str, Any], private_key: str) -> str:
    """Write and sign an assertion; raises UserError where the key cannot be used."""
    return jwt.encode(claims, read_private_key(private_key), "RS256")


def read_private_key(given: str) -> RSAPrivateKey:
    r"""Read PEM text, also with \n written out (one-line variables), or a file that holds it."""
    pem = given if _BEGIN in given else _read_file(given)
    defect = "is not a private key in PEM form"
    try:
        key = load_pem_private_key(pem.replace("\\n", "\n").strip().encode(), password=None)
    except TypeError:
        key, defect = None, "is encrypted, and the tap has no passphrase for it"
    except Exception:  # noqa: BLE001 -- whatever it is, its text may hold the key
        key = None
    if key is not None and not isinstance(key, RSAPrivateKey):
        key, defect = None, "is not an RSA key"
    if key is None:
        raise UserError(PRIVATE_KEY_UNUSABLE, defect=defect)
    return key


def _read_file(path: str) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError):
        pass
    raise UserError(PRIVATE_KEY_NOT_FOUND)
