"""`make docs`: writes the generated pages."""

from __future__ import annotations

from tests.docs import tables
from tests.support.postgresql import server


def main() -> None:
    """Write each page again."""
    with server() as postgres, postgres.database() as url:
        tables.PAGE.parent.mkdir(exist_ok=True)
        tables.PAGE.write_text(tables.write(url), encoding="utf-8")


if __name__ == "__main__":
    main()
