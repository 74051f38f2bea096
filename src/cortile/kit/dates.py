"""Days, hours and amounts as people say them, in each language of the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from itertools import groupby

from babel.dates import format_date, format_datetime, get_day_names

from cortile.kit import clock, languages, money
from cortile.kit.working_days import Hours


def _day_of(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


def long_day(value: date | datetime, language: str) -> str:
    """Return «venerdì 14 marzo», with the year when it is not this one."""
    day = _day_of(value)
    return plain_day(day, language) if day.year == clock.today().year else _with_year(day, language)


def plain_day(day: date, language: str) -> str:
    """Return «venerdì 14 marzo», whatever its year."""
    return _written(day, languages.of(language).day, language)


def _with_year(day: date, language: str) -> str:
    known = languages.of(language)
    return _written(day, known.day_and_year or f"{known.day} y", language)


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, language: str) -> str:
    """A list says the same few days over and over."""
    return str(format_date(day, pattern, locale=language if language in languages.every() else languages.SOURCE))


def short_day(value: date | datetime, language: str) -> str:
    """Return «14/3/2026» or the language's own short form."""
    return _written(_day_of(value), languages.of(language).short_day, language)


def hour(value: datetime | time) -> str:
    """Return «10:30», on the clock of Lombardy."""
    found = clock.local(value).time() if isinstance(value, datetime) else value
    return f"{found.hour}:{found.minute:02d}"


def span(opens: time, closes: time, language: str) -> str:
    """Return «9:00–17:00»; in Arabic in words, where a dash would leave open which end comes first."""
    return languages.of(language).span.format(hour(opens), hour(closes))


def moment(value: datetime, language: str) -> str:
    """Return a day and its hour: «venerdì 14 marzo, 10:30»."""
    return listed((long_day(value, language), hour(value)), language)


def hours_said(hours: Iterable[Hours], language: str) -> list[tuple[int, str]]:
    """Return opening hours as ``week`` takes them: weekday and «9:00–17:00»."""
    return [(h.weekday, span(h.opens, h.closes, language)) for h in hours]


def week(openings: Sequence[tuple[int, str]], language: str) -> str:
    """Return «lun–ven 9:00–17:00»: days in a row with the same hours are said once."""
    names = get_day_names("abbreviated", locale=language)
    said = []
    for (hours, _), days in groupby(enumerate(openings), key=lambda item: (item[1][1], item[1][0] - item[0])):
        run = [weekday for _, (weekday, _) in days]
        span = names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}"
        said.append(f"{span} {hours}")
    return listed(said, language)


def listed(facts: Iterable[str], language: str) -> str:
    """Return facts one after the other, parted as the language does."""
    return languages.of(language).comma.join(facts)


def month_name(value: date, language: str) -> str:
    """Return «marzo 2026»."""
    return str(format_datetime(datetime.combine(value, time(12)), "LLLL y", locale=language))


def euro(cents: int, language: str = "it") -> str:
    """Return cents as «412,50 euro», whole amounts without decimals. The figures are as on the bill, in every language."""
    return f"{money.figures(cents)} {languages.of(language).euro}"
