"""Rows of CSV in which a spreadsheet finds nothing to run."""

from __future__ import annotations

import csv
import io
import re

# what a spreadsheet takes for the beginning of a formula (owasp.org, CSV Injection)
_BEGINNINGS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
_MAY_BEGIN = re.compile(rf"""(?:^|[,"])[{re.escape(_BEGINNINGS)}]""", re.MULTILINE)


def without_formulas(rows: str) -> str:
    """Whole rows of CSV with an apostrophe before whatever would begin a formula."""
    if not _MAY_BEGIN.search(rows):
        return rows
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for cells in csv.reader(io.StringIO(rows, newline="")):
        writer.writerow(
            [f"'{cell}" if cell.startswith(tuple(_BEGINNINGS)) else cell for cell in cells]
        )
    return text.getvalue()
