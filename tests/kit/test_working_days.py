"""Working days, feasts and patron saints, and when a person next reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.kit import clock, working_days
from cortile.kit.working_days import Hours

pytestmark = pytest.mark.pure
WEEK = [Hours(day, time(9), time(17)) for day in range(5)]
SPLIT = [Hours(0, time(9), time(12)), Hours(0, time(14), time(17))]
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))


def reading(day: date, hour: time, hours: list[Hours] = WEEK, province: str = "MI") -> str:
    """Return when a person next reads, on the clock of Lombardy."""
    return f"{clock.local(working_days.next_reading(clock.at(day, hour), hours, province)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 8, 15),  # Ferragosto, a Friday
        date(2026, 4, 6),  # the Monday after Easter
        date(2026, 12, 7),  # Sant'Ambrogio, in Milano
        date(2026, 6, 2),
        date(2026, 3, 14),  # a Saturday
    ],
)
def test_nobody_works_then_in_milano(day: date) -> None:
    assert not working_days.is_working(day, "MI")


def test_each_province_has_its_saint() -> None:
    assert working_days.is_working(date(2026, 12, 7), "LO")
    assert not working_days.is_working(date(2026, 1, 19), "LO")
    assert working_days.is_working(date(2026, 1, 19), "MI")


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 3, 11), 3, date(2026, 3, 16)),
        (date(2026, 3, 14), 0, date(2026, 3, 16)),
        (date(2025, 8, 14), 1, date(2025, 8, 18)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_days_are_counted_over_feasts(start: date, count: int, end: date) -> None:
    assert working_days.add(start, count, "MI") == end


def test_the_day_before_mid_august_is_the_fourteenth() -> None:
    assert working_days.before(date(2025, 8, 18), "MI") == date(2025, 8, 14)


@given(day=days, count=st.integers(0, 20))
def test_we_always_land_on_a_working_day(day: date, count: int) -> None:
    assert working_days.is_working(working_days.add(day, count, "MI"), "MI")


@given(day=days)
def test_a_day_on_and_a_day_back_is_where_we_were(day: date) -> None:
    here = working_days.add(day, 0, "MI")
    assert working_days.before(working_days.add(here, 1, "MI"), "MI") == here


@given(day=days, count=st.integers(0, 10))
def test_more_days_are_never_sooner(day: date, count: int) -> None:
    assert working_days.add(day, count, "MI") < working_days.add(day, count + 1, "MI")


@pytest.mark.parametrize(
    ("day", "hour", "read"),
    [
        (date(2026, 3, 11), time(10), "2026-03-11 10:00"),  # open: now
        (date(2026, 3, 11), time(8), "2026-03-11 09:00"),  # early
        (date(2026, 3, 11), time(17), "2026-03-12 09:00"),  # at closing
        (date(2026, 3, 14), time(23), "2026-03-16 09:00"),  # Saturday night
        (date(2025, 8, 15), time(11), "2025-08-18 09:00"),  # Ferragosto
        (date(2025, 8, 14), time(18), "2025-08-18 09:00"),  # the evening before
    ],
)
def test_a_person_reads_in_opening_hours(day: date, hour: time, read: str) -> None:
    assert reading(day, hour) == read


def test_a_break_at_noon_is_closed() -> None:
    assert reading(date(2026, 3, 16), time(12, 30), SPLIT) == "2026-03-16 14:00"


def test_hours_may_come_in_any_order() -> None:
    assert reading(date(2026, 3, 16), time(8), SPLIT[::-1]) == "2026-03-16 09:00"


def test_a_body_without_hours_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no opening hours"):
        working_days.next_reading(datetime(2026, 3, 11, tzinfo=UTC), [], "MI")
