"""What every page says alike, kept by each process until the minute ends or one of its own acts writes there.

Never a person's thing: only what a body tells everybody. Another process may say it as it was for a minute at most.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, TypeVar

from cortile.kit import clock

T = TypeVar("T")
_all: list[Kept] = []


class Kept:
    """Answers remembered for the minute they were found in, as long as nothing is written to some tables."""

    def __init__(self, *tables: str, most: int = 10_000) -> None:
        self.tables, self.most = tables, most
        self._minute: datetime | None = None
        self._found: dict[Hashable, Any] = {}
        _all.append(self)

    def get(self, key: Hashable, find: Callable[[], T], worth: Callable[[T], bool] = lambda _found: True) -> T:
        """Return what was found under a key this minute, else find it; what is not ``worth`` its memory is found each time."""
        minute = clock.now().replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute, self._found = minute, {}
        if key not in self._found:
            # Keys that anybody may invent fill no memory: what comes after the last is found each time.
            new = find()
            if len(self._found) >= self.most or not worth(new):
                return new
            self._found[key] = new
        found: T = self._found[key]
        return found

    def forget(self) -> None:
        """Find everything again."""
        self._found = {}


def written(table: str) -> None:
    """Forget what a write may have changed: the guard tells of each."""
    for kept in _all:
        if table.startswith(kept.tables):
            kept.forget()


def forget() -> None:
    """Forget everything: another database stands behind the same process."""
    for kept in _all:
        kept.forget()
