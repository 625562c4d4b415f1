"""The environment of a child: what a program needs to run, and no secret of anybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEEDED = frozenset(
    (
        *("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LANGUAGE", "USER", "LOGNAME"),
        *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "VIRTUAL_ENV"),
        *("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"),
        *("PYTHONWARNINGS", "PYTHONMALLOC", "PYTHONUTF8"),
        # proxies, and whom HTTPS trusts (requests.readthedocs.io, SSL Cert Verification)
        *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
        *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    )
)
# libpq's own (postgresql.org, libpq environment variables) and Kerberos' tickets
_OF_LIBPQ = ("PG", "KRB5")


def base(environ: Mapping[str, str]) -> dict[str, str]:
    """What both children get."""
    return {
        name: value
        for name, value in environ.items()
        if name.upper() in _NEEDED or name.startswith("LC_")
    }


def of_libpq(environ: Mapping[str, str]) -> dict[str, str]:
    """What the loader gets too: its database is where libpq finds it."""
    return {name: value for name, value in environ.items() if name.startswith(_OF_LIBPQ)}
