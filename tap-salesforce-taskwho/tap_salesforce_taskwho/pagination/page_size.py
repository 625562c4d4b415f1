"""How many rows a query asks for: half after a time-out, and more again after success."""

from __future__ import annotations

# A query that times out with so few rows is slow for another reason than their number.
SMALLEST_PAGE = 25


class PageSize:
    """How many rows the next query asks for."""

    def __init__(self, largest: int) -> None:
        self.largest = largest
        self.rows = largest

    def shrink(self) -> bool:
        """Ask for half the rows; False where fewer would not help."""
        if self.rows <= SMALLEST_PAGE:
            return False
        self.rows = max(SMALLEST_PAGE, self.rows // 2)
        return True

    def grow(self) -> None:
        """Ask for twice the rows again."""
        self.rows = min(self.largest, self.rows * 2)
