"""Pure decisions about appointments: hours, overlaps, moving, cancelling, reminding. No Django, no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from cortile.kit import working_days

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=4)
STEP = timedelta(minutes=30)

Span = tuple[datetime, datetime]


def length_fits(span: Span) -> bool:
    """Tell whether an appointment lasts between five minutes and four hours."""
    return SHORTEST <= span[1] - span[0] <= LONGEST


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two appointments share a moment; one that starts when the other ends does not."""
    return one[0] < other[1] and other[0] < one[1]


def inside(span: Span, hours: Iterable[tuple[time, time]]) -> bool:
    """Tell whether an appointment, in local time, fits whole in one of the day's openings."""
    start, end = span
    return start.date() == end.date() and any(opens <= start.time() and end.time() <= closes for opens, closes in hours)


def may_move(state: str, starts_at: datetime, now: datetime) -> bool:
    """Tell whether an appointment can still be moved: it is in the agenda and has not begun."""
    return state == "booked" and starts_at > now


def may_cancel(state: str, starts_at: datetime, now: datetime) -> bool:
    """Tell whether an appointment can still be cancelled: afterwards it was done, or nobody came."""
    return may_move(state, starts_at, now)


def may_close(state: str, starts_at: datetime, now: datetime) -> bool:
    """Tell whether an appointment can be marked done or missed: from its first minute on."""
    return state == "booked" and starts_at <= now


def reminder_day(day: date, subdivision: str) -> date:
    """Return when we remind: the last working day before, so that somebody answers who calls to move it."""
    return working_days.before(day, subdivision)


def reminds(day: date, told_on: date, today: date, subdivision: str) -> bool:
    """Tell whether an appointment is reminded today: its day has come, and we did not speak of it today already."""
    return reminder_day(day, subdivision) <= today < day and told_on < today


def free_starts(opening: Span, taken: Sequence[Span], length: timedelta, now: datetime) -> list[datetime]:
    """Return the half hours of an opening at which somebody still has time for an appointment this long."""
    start, end = opening
    found = []
    while start + length <= end:
        if start > now and not any(overlap((start, start + length), other) for other in taken):
            found.append(start)
        start += STEP
    return found


def spread(starts: Iterable[datetime], most: int, *, noon: time = time(13)) -> list[datetime]:
    """Return a few hours to choose from, in local time: the first of each morning and each afternoon before any second one."""
    halves: dict[tuple[date, bool], list[datetime]] = {}
    for start in sorted(starts):
        halves.setdefault((start.date(), start.time() >= noon), []).append(start)
    firsts = [hours[0] for hours in halves.values()]
    seconds = [start for hours in halves.values() for start in hours[1:]]
    return sorted([*firsts, *seconds][:most])
