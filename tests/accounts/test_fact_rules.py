"""Which fact is good on a day: ISEE statements, seasons, protocols, months. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.accounts import rules

pytestmark = pytest.mark.pure
DAY = date(2026, 3, 11)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


class Said(NamedTuple):
    """An ISEE statement as the rule looks at it."""

    kind: str
    issued_on: date
    valid_until: date


ORDINARY = Said("ordinary", date(2026, 1, 20), date(2026, 12, 31))
CURRENT = Said("current", date(2025, 12, 1), date(2026, 6, 1))
STATEMENTS = st.lists(
    st.builds(
        lambda kind, first, days: Said(kind, first, first + timedelta(days=days)),
        st.sampled_from(rules.ISEE_KINDS), DAYS, st.integers(0, 400),
    ),
    max_size=6,
)  # fmt: skip


def test_a_current_isee_beats_a_newer_ordinary_one() -> None:
    assert rules.isee_in_force([ORDINARY, CURRENT], DAY) == CURRENT


def test_when_the_current_one_is_over_the_ordinary_counts_again() -> None:
    assert rules.isee_in_force([ORDINARY, CURRENT], date(2026, 6, 2)) == ORDINARY


def test_the_last_day_counts_and_the_day_after_does_not() -> None:
    found = [rules.isee_in_force([ORDINARY], day) for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert found == [ORDINARY, None]


def test_a_statement_counts_from_its_first_day() -> None:
    assert rules.isee_in_force([ORDINARY], date(2026, 1, 19)) is None


def test_of_two_ordinary_ones_the_newest_counts() -> None:
    older = ORDINARY._replace(issued_on=date(2026, 1, 2))
    assert rules.isee_in_force([older, ORDINARY], DAY) == ORDINARY


@given(STATEMENTS, DAYS)
def test_what_counts_is_good_that_day_and_nothing_better_is_left_out(statements: list[Said], day: date) -> None:
    good = [s for s in statements if s.issued_on <= day <= s.valid_until]
    found = rules.isee_in_force(statements, day)
    assert (found is None) == (not good)
    assert found is None or (found in good and (found.kind == "current" or all(s.kind == "ordinary" for s in good)))


@pytest.mark.parametrize(("season", "fits"), [("2025/26", True), ("2099/00", True), ("2025/27", False), ("2025/2026", False)])
def test_a_season_is_a_year_and_the_next(season: str, fits: bool) -> None:
    assert rules.season_fits(season) == fits


@pytest.mark.parametrize(
    ("day", "seasons"),
    [(date(2026, 3, 11), ("2025/26", "2024/25")), (date(2026, 9, 30), ("2025/26", "2024/25")),
     (date(2026, 10, 1), ("2026/27", "2025/26"))],
)  # fmt: skip
def test_two_seasons_say_something_of_a_day(day: date, seasons: tuple[str, str]) -> None:
    assert rules.seasons_until(day) == seasons
    assert all(map(rules.season_fits, seasons))


@pytest.mark.parametrize("protocol", ["", "INPS-ISEE-2020-00000032P-00", "INPS-ISEE-2026-ABCDEFGHI-00"])
def test_a_protocol_of_the_usual_shape_fits(protocol: str) -> None:
    assert rules.protocol_fits(protocol)


@pytest.mark.parametrize("protocol", ["12.400", "INPS-ISEE-2020-00000032P", "INPS-ISEE-2020-032P-00", "CAF-77"])
def test_the_value_or_the_number_of_a_tax_office_does_not(protocol: str) -> None:
    assert not rules.protocol_fits(protocol)


def test_a_protocol_is_kept_in_one_way() -> None:
    assert rules.protocol_of(" inps-isee-2020 -00000032p-00 ") == "INPS-ISEE-2020-00000032P-00"


@given(DAYS, st.integers(0, 240))
def test_months_counted_are_months_added(since: date, months: int) -> None:
    later = rules.months_after(since, months)
    assert rules.whole_months(since, later) == months - (later.day < since.day)


def test_a_month_too_short_ends_on_its_last_day() -> None:
    assert rules.months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
