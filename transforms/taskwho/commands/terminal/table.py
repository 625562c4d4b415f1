"""A table on the terminal, of columns that are as wide as what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.commands.terminal.look import Tone, paint
from taskwho.commands.terminal.output import write

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


def tell_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    words: Collection[str],
    tones: Mapping[str, Sequence[Tone]],
) -> None:
    """A line for each row below the headings; `tones` has those of a column, one for each row.

    The columns in `words` begin, and the others, which are numbers, end under each other.
    """
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]

    def placed(cells: Sequence[str]) -> list[str]:
        found = zip(headings, cells, widths, strict=True)
        return [cell.ljust(w) if name in words else cell.rjust(w) for name, cell, w in found]

    write(paint("  ".join(placed(headings)).rstrip(), Tone.PLAIN))
    for number, row in enumerate(rows):
        cells = placed(row)
        for name, of_column in tones.items():
            at = headings.index(name)
            cells[at] = paint(cells[at], of_column[number])
        write("  ".join(cells).rstrip())
