"""Working days and opening hours. Pure: dates in, dates out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

import holidays

from cortile.kit import clock

SATURDAY = 5
FURTHEST = 366


@lru_cache(maxsize=64)
def _feasts(subdivision: str, year: int) -> frozenset[date]:
    """Return the holidays of a province in a year (L. 260/1949 and later, plus the patron saint)."""
    return frozenset(holidays.country_holidays("IT", subdiv=subdivision or None, years=year))


def is_working(day: date, subdivision: str) -> bool:
    """Tell whether a body of this province (``"MI"``, ``"LO"``…) works on a day."""
    return day.weekday() < SATURDAY and day not in _feasts(subdivision, day.year)


def is_feast(day: date, subdivision: str) -> bool:
    """Tell whether nobody works on a day of a province, whatever the weekday."""
    return day in _feasts(subdivision, day.year)


def add(day: date, count: int, subdivision: str) -> date:
    """Return the date ``count`` working days after ``day``; zero gives ``day`` or the next working one."""
    found = day
    while not is_working(found, subdivision):
        found += timedelta(days=1)
    left = count
    while left > 0:
        found += timedelta(days=1)
        left -= is_working(found, subdivision)
    return found


def before(day: date, subdivision: str) -> date:
    """Return the last working day strictly before ``day``."""
    found = day - timedelta(days=1)
    while not is_working(found, subdivision):
        found -= timedelta(days=1)
    return found


class Hours(NamedTuple):
    """One opening: weekday (Monday is 0), opening and closing hour, local time."""

    weekday: int
    opens: time
    closes: time


def next_reading(instant: datetime, hours: Iterable[Hours], subdivision: str) -> datetime:
    """Return when a person next reads what arrives at ``instant``: now when open, else the next opening (UTC)."""
    week = sorted(hours)
    here = clock.local(instant)
    for ahead in range(FURTHEST):
        day = here.date() + timedelta(days=ahead)
        for slot in week:
            if slot.weekday != day.weekday() or day in _feasts(subdivision, day.year):
                continue
            if ahead or here.time() < slot.opens:
                return clock.at(day, slot.opens)
            if here.time() < slot.closes:
                return instant
    message = "no opening hours in a year"
    raise ValueError(message)
