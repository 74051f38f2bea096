"""Months and dates of a table. Pure."""

from __future__ import annotations

from datetime import date, timedelta

ENDS_WITHIN = timedelta(days=60)
MONTHS_BACK = 12


def last_whole_month(today: date) -> date:
    """Return the first day of the month that ended last: the one a table reads."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def after(first: date) -> date:
    """Return the first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def months(today: date) -> list[date]:
    """Return the whole months that may be asked for, the last first."""
    found = [last_whole_month(today)]
    while len(found) < MONTHS_BACK:
        found.append(last_whole_month(found[-1]))
    return found


def ends_soon(ends_on: date, today: date) -> bool:
    """Tell whether an agreement in force ends within sixty days."""
    return today <= ends_on <= today + ENDS_WITHIN
