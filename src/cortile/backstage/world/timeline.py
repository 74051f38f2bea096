"""Acts in the order they happened, each with the clock stopped at its own instant."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime

from cortile.kit import clock

Act = Callable[[], object]


class Timeline:
    """What is still to happen before the world stops. An act may plan what follows from it."""

    def __init__(self, end: datetime) -> None:
        self.end = end
        self._steps: list[tuple[datetime, int, Act]] = []
        self._count = 0

    def at(self, instant: datetime, act: Act) -> None:
        """Plan an act; what would happen after the end has not happened yet."""
        if instant <= self.end:
            self._count += 1
            heapq.heappush(self._steps, (instant, self._count, act))

    def run(self) -> None:
        """Let everything happen."""
        while self._steps:
            instant, _, act = heapq.heappop(self._steps)
            with clock.frozen(instant):
                act()
