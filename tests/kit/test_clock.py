"""One clock, stopped when we say, on the wall of Lombardy."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from cortile.kit import clock

pytestmark = pytest.mark.pure


def test_the_day_is_the_one_of_lombardy() -> None:
    with clock.frozen(datetime(2026, 3, 11, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 3, 12)


def test_an_hour_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(datetime(2026, 3, 11)):  # noqa: DTZ001 -- what is refused
        pass


def test_the_day_that_springs_forward_is_an_hour_short() -> None:
    start, end = clock.day_bounds(date(2026, 3, 29))
    assert end - start == timedelta(hours=23)


def test_the_day_that_falls_back_is_an_hour_long() -> None:
    start, end = clock.day_bounds(date(2026, 10, 25))
    assert end - start == timedelta(hours=25)


def test_a_doubled_hour_is_the_first_one() -> None:
    assert clock.at(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_local_hour_comes_back() -> None:
    assert clock.local(clock.at(date(2026, 7, 1), time(9))).time() == time(9)
