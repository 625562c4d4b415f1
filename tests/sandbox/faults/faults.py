"""Which requests each fault strikes."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.sandbox.faults.kinds import KINDS
from tests.sandbox.faults.pages import PAGE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tests.sandbox.api.requests import Request

CERTAIN = 1 - 1e-9  # 1, less what divisions may lose


def _queries(path: str) -> bool:
    return "/query" in path


@dataclass
class Fault:
    """A kind of fault, and when it strikes."""

    kind: str
    times: int | None
    rate: float
    where: Callable[[str], bool]
    when: Callable[[Request], bool] | None
    nth: Collection[int] | None
    seen: int = 0

    def strikes(self, request: Request, chance: random.Random) -> bool:
        """Whether it strikes this request."""
        if self.times == 0 or not self.where(request.path):
            return False
        if self.when is not None and not self.when(request):
            return False
        self.seen += 1
        if self.nth is not None and self.seen not in self.nth:
            return False
        if self.rate < CERTAIN and chance.random() >= self.rate:
            return False
        if self.times is not None:
            self.times -= 1
        return True


class Faults:
    """The faults to come; the server asks for each request.

    The connection of a `slow` answer breaks after `slow_seconds`. A trickled answer begins with
    `trickled_bytes` that mean nothing, one every `trickle_seconds`; an oversized one with
    `oversize_bytes`.
    """

    def __init__(self, seed: int) -> None:
        self.slow_seconds: float = 3
        self.trickled_bytes = 10**9
        self.trickle_seconds: float = 0.02
        self.oversize_bytes = 10**8
        self.struck: list[str] = []
        self._random = random.Random(seed)  # noqa: S311 - the same seed gives the same numbers
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(
        self,
        *kinds: str,
        times: int | None = None,
        rate: float = 1.0,
        where: Callable[[str], bool] = _queries,
        when: Callable[[Request], bool] | None = None,
        nth: int | Collection[int] | None = None,
    ) -> None:
        """Let kinds of faults strike requests.

        Each kind strikes `times` times, one kind after the other; without `times` and `nth` they
        strike at random. `rate` is the chance that any of them strikes a request. `where` selects
        requests by path (by default all queries), `when` by the whole request; `nth` numbers the
        selected requests from 1.
        """
        unknown = set(kinds) - set(KINDS)
        if unknown:
            raise ValueError(f"no such faults: {sorted(unknown)}; there are {sorted(KINDS)}")
        counted = {nth} if isinstance(nth, int) else nth
        share = rate / len(kinds)
        for number, kind in enumerate(kinds):
            # the same chance for each: a kind is asked only if those before it did not strike
            in_turn = rate >= 1 and (times is not None or nth is not None)
            chance = 1.0 if in_turn else min(1.0, share / (1 - number * share))
            self._faults.append(Fault(kind, times, chance, where, when, counted))

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._faults.clear()

    def before(self, request: Request) -> str | None:
        """The fault that strikes instead of an answer."""
        return self._next(request, page=False)

    def after(self, request: Request) -> str | None:
        """The fault that spoils the page of the answer."""
        return self._next(request, page=True)

    def _next(self, request: Request, *, page: bool) -> str | None:
        with self._lock:
            for fault in self._faults:
                if (fault.kind in PAGE_FAULTS) is not page:
                    continue
                if fault.strikes(request, self._random):
                    self.struck.append(fault.kind)
                    request.fault = fault.kind
                    return fault.kind
        return None
