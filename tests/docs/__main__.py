"""`make docs`: writes the generated pages; with --check, compares them."""

from __future__ import annotations

import argparse
import logging
import sys
from typing import TYPE_CHECKING

from tests.docs import dbt, errors, example, reference, tables
from tests.support.postgresql import server

if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Write each page again, or exit with 1 where one is not as it would be written."""
    arguments = argparse.ArgumentParser(prog="make docs", description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing")
    is_check = arguments.parse_args().check
    logging.disable(logging.INFO)  # the tap says how it reads its settings
    stale = {page: text for page, text in pages().items() if _read(page) != text}
    if stale and is_check:
        sys.exit(f"Not up to date: {', '.join(page.name for page in stale)}. Run `make docs`.")
    for page, text in stale.items():
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, encoding="utf-8")


def pages() -> dict[Path, str]:
    """Give the text of every generated page."""
    found = {reference.PAGE: reference.write(), errors.PAGE: errors.write()}
    with server() as postgres:
        for page in (tables, dbt, example):
            with postgres.database() as url:
                found[page.PAGE] = page.write(url)
    return found


def _read(page: Path) -> str:
    return page.read_text("utf-8") if page.exists() else ""


if __name__ == "__main__":
    main()
