"""How much of the org a comparison reads."""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What to read of a large table: all of it, or a percentage of its pages beside the counts."""

    full: bool = False
    sample: float = 2.0
    chance: random.Random = field(default_factory=random.SystemRandom)
