"""The JWT bearer flow's assertion, signed by the app's private key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tap_salesforce_taskwho.errors import UserError

_BEGIN = "-----BEGIN "


def sign(claims: dict[str, Any], private_key: str) -> str:
    """Write and sign an assertion; raises UserError where the key cannot be used."""
    return jwt.encode(claims, read_private_key(private_key), "RS256")


def read_private_key(given: str) -> RSAPrivateKey:
    r"""Read a PEM text, also with \n written out as in one-line variables, or a file of it."""
    pem = given if _BEGIN in given else _read_file(given)
    problem = "is no private key in PEM form"
    try:
        key = load_pem_private_key(pem.replace("\\n", "\n").strip().encode(), password=None)
    except TypeError:
        key, problem = None, "is encrypted, and the tap has no passphrase for it"
    except Exception:  # noqa: BLE001 - whatever it is, its text may hold the key
        key = None
    if key is not None and not isinstance(key, RSAPrivateKey):
        key, problem = None, "is no RSA key"
    if key is None:
        raise UserError(
            f"Setting private_key {problem}. Set it to the PEM text of an RSA key without "
            f"passphrase (it begins with {_BEGIN}PRIVATE KEY-----), or to the path of its file; "
            "`openssl pkey -in old.pem -out new.pem` makes one of an encrypted key."
        )
    return key


def _read_file(path: str) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError):
        pass
    raise UserError(  # its value is not shown: it may be a key that lost its first line
        "Setting private_key is neither PEM text nor the path of a file that can be read. Set "
        f"it to the key's text, beginning with {_BEGIN}PRIVATE KEY-----, or to the path of its "
        "file, readable for the user that runs the tap."
    )
