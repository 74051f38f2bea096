"""How long a card is true: sixty days, one link; ninety, no longer sure. And hours, with the days that are special."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.directory.rules.freshness import Freshness, freshness, is_sure, must_ask, sure_until
from cortile.directory.rules.hours import Hours, may_be, on_day, open_at
from cortile.directory.rules.same import address_key, name_key, phone_key, tax_key
from cortile.kit import clock

pytestmark = pytest.mark.pure
NOW = datetime(2026, 3, 11, 9, tzinfo=UTC)


@pytest.mark.parametrize(("days", "said"), [(0, "sure"), (59, "sure"), (60, "ask"), (89, "ask"), (90, "unsure"), (400, "unsure")])
def test_a_card_grows_old(days: int, said: str) -> None:
    assert freshness(NOW - timedelta(days=days), NOW) == said


def test_a_card_nobody_confirmed_is_never_sure() -> None:
    assert freshness(None, NOW) == Freshness.NEVER
    assert not is_sure(None, NOW)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_no_card_is_sure_past_ninety_days(age: int, more: int) -> None:
    confirmed = NOW - timedelta(days=age)
    assert is_sure(confirmed, NOW) == (age < 90)
    assert not (is_sure(confirmed, NOW + timedelta(days=more)) and not is_sure(confirmed, NOW))


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_keeper_is_asked_once_for_each_confirmation(age: int, asked: int) -> None:
    confirmed = NOW - timedelta(days=age)
    wanted = must_ask(confirmed, NOW - timedelta(days=asked), NOW)
    assert wanted == (age >= 60 and asked > age)


def test_the_day_it_stops_being_sure() -> None:
    assert sure_until(NOW) == date(2026, 6, 9)


# --- hours ---

WEEK = Hours(freq="WEEKLY", byday=("MO", "WE"), opens=time(9), closes=time(12))
CLOSED = Hours(exception=True, since=date(2026, 3, 11))
LATE = Hours(exception=True, since=date(2026, 3, 16), opens=time(15), closes=time(18))


def test_every_week_on_its_days() -> None:
    assert on_day([WEEK], date(2026, 3, 9)) == [(time(9), time(12))]
    assert on_day([WEEK], date(2026, 3, 10)) == []


def test_an_exception_wins_over_the_week() -> None:
    lines = [WEEK, CLOSED, LATE]
    assert on_day(lines, date(2026, 3, 11)) == []
    assert on_day(lines, date(2026, 3, 16)) == [(time(15), time(18))]
    assert not open_at(lines, date(2026, 3, 16), time(10))


def test_the_second_tuesday_of_the_month() -> None:
    line = Hours(freq="MONTHLY", byday=("2TU",), opens=time(9), closes=time(12))
    assert [d for d in range(1, 32) if on_day([line], date(2026, 3, d))] == [10]


def test_every_other_week_counts_from_the_first() -> None:
    line = Hours(freq="WEEKLY", byday=("WE",), interval=2, since=date(2026, 3, 4), opens=time(9), closes=time(12))
    assert [d for d in range(1, 32) if on_day([line], date(2026, 3, d))] == [4, 18]


DORMITORY = Hours(freq="WEEKLY", byday=("SA",), opens=time(20), closes=time(8))


def test_a_night_is_of_both_its_days() -> None:
    saturday, sunday = date(2026, 3, 14), date(2026, 3, 15)
    assert [open_at([DORMITORY], saturday, time(hour)) for hour in (7, 19, 20, 23)] == [False, False, True, True]
    assert [open_at([DORMITORY], sunday, time(hour)) for hour in (0, 7, 8, 20)] == [True, True, False, False]


def test_a_day_closed_takes_its_own_night_away_and_no_other() -> None:
    every = Hours(freq="WEEKLY", byday=("FR", "SA"), opens=time(20), closes=time(8))
    closed = Hours(exception=True, since=date(2026, 3, 14))
    assert [open_at([every, closed], date(2026, 3, day), time(7)) for day in (14, 15)] == [True, False]


@pytest.mark.parametrize(
    ("opens", "closes", "fits"), [(9, 12, True), (20, 8, True), (18, 12, True), (18, 13, False), (12, 9, False), (9, 9, False)]
)
def test_a_night_of_more_than_eighteen_hours_is_a_day_the_wrong_way_round(opens: int, closes: int, fits: bool) -> None:
    assert may_be(time(opens), time(closes)) is fits


hours_of_a_night = st.tuples(st.integers(18, 23), st.integers(4, 12))


# Milan's clocks change in these nights too: 29 March and 25 October 2026.
@given(
    st.dates(date(2026, 3, 26), date(2026, 4, 1)) | st.dates(date(2026, 10, 22), date(2026, 10, 28)),
    hours_of_a_night, st.integers(-6 * 60, 30 * 60),
)  # fmt: skip
def test_open_now_is_from_opening_to_closing_also_when_clocks_change(day: date, night: tuple[int, int], minutes: int) -> None:
    line = Hours(exception=True, since=day, opens=time(night[0]), closes=time(night[1]))
    now = clock.at(day, time(0)) + timedelta(minutes=minutes)
    here = clock.local(now)
    told = clock.at(day, time(night[0])) <= now < clock.at(day + timedelta(days=1), time(night[1]))
    assert open_at([line], here.date(), here.time()) == told


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.times())
def test_nobody_is_there_when_the_hours_are_over(day: date, hour: time) -> None:
    assert open_at([WEEK], day, hour) == (day.weekday() in {0, 2} and time(9) <= hour < time(12))


# --- the same card ---


def test_two_ways_of_writing_one_thing() -> None:
    assert name_key("Associazione «Il Doposcuola» ODV") == name_key("doposcuola, IL")
    assert address_key("V.le dei Tigli, n. 12") == address_key("viale dei tigli 12")
    assert phone_key("+39 02 5550-100") == phone_key("025550100")
    assert tax_key("IT 0123 4567 890") == "01234567890"


def test_two_things_stay_two() -> None:
    assert name_key("Doposcuola Tigli") != name_key("Doposcuola Aceri")
    assert address_key("Via dei Tigli 12") != address_key("Via dei Tigli 2")
