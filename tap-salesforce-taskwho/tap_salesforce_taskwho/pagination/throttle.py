"""How many pages may be in flight: fewer when the org is overloaded, and slowly more again."""

from __future__ import annotations

# Pages without a sign of overload after which one more page may be in flight.
CALM_PAGES = 20


class Throttle:
    """Allows up to `threads` pages in flight.

    The client sends again by itself. It counts how often overload was the reason: `overloads`.
    """

    def __init__(self, threads: int, overloads: int) -> None:
        self.threads = threads
        self.allowed = threads
        self._overloads = overloads
        self._calm_pages = 0

    def use_one_thread(self) -> None:
        """Allow one page at a time from here on."""
        self.threads = self.allowed = 1

    def page_came(self, overloads: int) -> None:
        """Allow half the pages after an overload, and one more after some calm pages."""
        if overloads > self._overloads:
            self._overloads = overloads
            self.allowed = max(1, self.allowed // 2)
            self._calm_pages = 0
        self._calm_pages += 1
        if self._calm_pages % CALM_PAGES == 0:
            self.allowed = min(self.threads, self.allowed + 1)
