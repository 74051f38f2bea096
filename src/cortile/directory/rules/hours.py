"""Whether somebody is there on a day: weekly and monthly hours, and the exceptions that win over them. Pure.

Hours that close at an earlier hour than they open close on the next day: a dormitory, 20:00–8:00. A night belongs to the day it
begins on: that day's exception closes it, and a feast on the morning after does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK, MONTHS = 7, 12
HOUR, DAY = 60, 24 * 60
# A longer night is the hours of a day written the wrong way round: «12–9».
LONGEST_NIGHT = 18 * HOUR
Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Hours:
    """One line of hours: an RRULE's parts, or one date. Source: RFC 5545 §3.3.10."""

    freq: str = ""
    byday: tuple[str, ...] = ()
    bymonthday: tuple[int, ...] = ()
    interval: int = 1
    since: date | None = None
    until: date | None = None
    opens: time | None = None
    closes: time | None = None
    exception: bool = False


def over_night(opens: time, closes: time) -> bool:
    """Tell whether hours close on the day after they open."""
    return closes <= opens


def may_be(opens: time, closes: time) -> bool:
    """Tell whether two hours are an opening: within a day, or over a night of eighteen hours at most."""
    lasts = closes.hour * HOUR + closes.minute - opens.hour * HOUR - opens.minute
    return opens < closes or 0 < lasts + DAY <= LONGEST_NIGHT


def on_day(lines: Iterable[Hours], day: date) -> list[Span]:
    """Return when somebody is there on a day, in order. An exception of that day stands alone, also when it says closed."""
    lines = list(lines)
    special = [line for line in lines if line.exception and line.since == day]
    chosen = special or [line for line in lines if not line.exception and _falls_on(line, day)]
    return sorted((line.opens, line.closes) for line in chosen if line.opens and line.closes)


def is_written(lines: Iterable[Hours], day: date) -> bool:
    """Tell whether somebody wrote what happens on that very day."""
    return any(line.exception and line.since == day for line in lines)


def on_public_day(lines: Iterable[Hours], day: date, *, feast: bool) -> list[Span]:
    """Return when somebody is there on a day that may be a feast: weekly hours rest on it, what was written for it does not."""
    lines = list(lines)
    return [] if feast and not is_written(lines, day) else on_day(lines, day)


def open_at(lines: Iterable[Hours], day: date, hour: time) -> bool:
    """Tell whether somebody is there at a local hour of a day."""
    lines = list(lines)
    return covers(on_day(lines, day), hour) or reaches(on_day(lines, day - timedelta(days=1)), hour)


def covers(spans: Iterable[Span], hour: time) -> bool:
    """Tell whether an hour of the day on which these hours begin is among them."""
    return any(opens <= hour and (hour < closes or over_night(opens, closes)) for opens, closes in spans)


def reaches(spans: Iterable[Span], hour: time) -> bool:
    """Tell whether a night among these hours lasts until after an hour of the next day."""
    return any(over_night(opens, closes) and hour < closes for opens, closes in spans)


def _falls_on(line: Hours, day: date) -> bool:
    if (line.since and day < line.since) or (line.until and day > line.until):
        return False
    if line.freq == "WEEKLY":
        return DAYS[day.weekday()] in line.byday and _in_turn(line, day)
    if line.freq == "MONTHLY":
        return _in_month(line, day)
    return False


def _in_turn(line: Hours, day: date) -> bool:
    """Every second week counts from the Monday of the week it began in."""
    if line.interval <= 1 or line.since is None:
        return True
    weeks = (day.toordinal() - 1) // WEEK - (line.since.toordinal() - 1) // WEEK
    return weeks % line.interval == 0


def _in_month(line: Hours, day: date) -> bool:
    start = line.since or day
    months = (day.year - start.year) * MONTHS + day.month - start.month
    if line.interval > 1 and months % line.interval:
        return False
    return day.day in line.bymonthday or any(_nth(part, day) for part in line.byday)


def _nth(part: str, day: date) -> bool:
    """Tell whether a day is «2TU», the second Tuesday, or plain «TU», each of them."""
    number, name = part[:-2], part[-2:]
    if name != DAYS[day.weekday()]:
        return False
    return not number or int(number) == (day.day - 1) // WEEK + 1
