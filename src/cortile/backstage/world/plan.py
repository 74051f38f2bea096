"""What the world is measured by: a seed, a day that is today, and how much of the quarter to build."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from cortile.kit import clock, working_days

DATA = Path(__file__).parent / "data"
HISTORY_DAYS = 548
# From here on everything goes through the ordinary acts, one by one.
RECENT_DAYS = 60
PROVINCE = "MI"
MORNING = time(7, 30)


@dataclass(frozen=True)
class Plan:
    """The measures of one world. ``scale`` 1 is the whole quarter; the tests build a corner of it."""

    seed: int
    today: date
    scale: float = 1.0
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "chance", random.Random(self.seed))  # noqa: S311 -- an invented world, not a secret

    def many(self, whole: int) -> int:
        """Return how many of something this world has."""
        return max(1, round(whole * self.scale))

    @property
    def beginning(self) -> date:
        """Return the first day of the history."""
        return self.today - timedelta(days=HISTORY_DAYS)

    @property
    def recent(self) -> date:
        """Return the first day told act by act."""
        return self.today - timedelta(days=RECENT_DAYS)

    @property
    def now(self) -> datetime:
        """Return the instant the world stops at: this morning, before anybody comes."""
        return clock.at(self.today, time(8))

    @cached_property
    def days(self) -> list[date]:
        """Return the working days of the history, in order; today is not one of them."""
        span = (self.beginning + timedelta(days=n) for n in range(HISTORY_DAYS))
        return [day for day in span if working_days.is_working(day, PROVINCE)]

    def back(self, count: int) -> date:
        """Return the working day ``count`` working days ago: 1 is the last one before today."""
        return self.days[-count]

    def ahead(self, count: int) -> date:
        """Return the working day ``count`` working days from today."""
        return working_days.add(self.today, count, PROVINCE)

    def hour(self, day: date, first: int = 9, last: int = 16) -> datetime:
        """Return some instant of a day at work."""
        return clock.at(day, time(self.chance.randint(first, last), self.chance.randrange(0, 60, 5)))

    def exactly(self, share: float, many: int) -> list[bool]:
        """Return ``many`` answers of which exactly a share is yes, shuffled."""
        yes = round(share * many)
        found = [True] * yes + [False] * (many - yes)
        self.chance.shuffle(found)
        return found


def load(name: str) -> dict[str, Any]:
    """Return a data file of the world."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
