"""Days, hours and amounts as people say them, in the three languages of the house."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from cortile.kit import dates

pytestmark = pytest.mark.pure
SATURDAY = date(2026, 3, 14)
MORNING = datetime(2026, 3, 14, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(("language", "said"), [("it", "sabato 14 marzo"), ("en", "Saturday 14 March"), ("ar", "السبت 14 مارس")])
def test_a_day_is_said_whole(language: str, said: str) -> None:
    assert dates.long_day(SATURDAY, language) == said


@pytest.mark.parametrize(("language", "said"), [("it", "giovedì 14 gennaio 2027"), ("en", "Thursday 14 January 2027")])
def test_another_year_is_said_too(language: str, said: str) -> None:
    assert dates.long_day(date(2027, 1, 14), language) == said


@pytest.mark.parametrize(("language", "said"), [("it", "14/3/2026"), ("en", "14 Mar 2026"), ("ar", "14/3/2026")])
def test_a_short_day_is_never_ambiguous(language: str, said: str) -> None:
    assert dates.short_day(SATURDAY, language) == said


def test_an_instant_is_said_on_the_clock_of_lombardy() -> None:
    assert dates.hour(MORNING) == "10:05"
    assert dates.moment(MORNING, "it") == "sabato 14 marzo, 10:05"


def test_near_midnight_the_day_is_ours() -> None:
    assert dates.long_day(datetime(2026, 3, 14, 23, 30, tzinfo=UTC), "it") == "domenica 15 marzo"


def test_an_hour_has_no_leading_zero() -> None:
    assert dates.hour(time(9)) == "9:00"


@pytest.mark.parametrize(("language", "said"), [("it", "marzo 2026"), ("en", "March 2026"), ("ar", "مارس 2026")])
def test_a_month_is_named(language: str, said: str) -> None:
    assert dates.month_name(SATURDAY, language) == said


def test_days_in_a_row_are_said_once() -> None:
    openings = [(0, "9:00–17:00"), (1, "9:00–17:00"), (2, "9:00–17:00"), (4, "9:00–12:00")]
    assert dates.week(openings, "it") == "lun–mer 9:00–17:00, ven 9:00–12:00"


@pytest.mark.parametrize(
    ("cents", "said"),
    [(41_250, "412,50 euro"), (64_000, "640 euro"), (123_456_705, "1.234.567,05 euro"), (-50, "-0,50 euro"), (0, "0 euro")],
)
def test_an_amount_is_said_as_here(cents: int, said: str) -> None:
    assert dates.euro(cents) == said
