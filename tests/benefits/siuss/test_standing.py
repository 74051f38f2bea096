"""What INPS should know of money: what was paid and did not come back, to the cent, whatever the order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.benefits.siuss.standing import Moved, Paid, standing

pytestmark = pytest.mark.pure
MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


def of(*moves: tuple[date, int]) -> dict[date, int]:
    """Return what stands of one decision's movements, by day."""
    return {key.day: cents for key, cents in standing(Moved(1, 1, day, cents) for day, cents in moves).items()}


def test_what_was_paid_stands() -> None:
    assert of((MONDAY, 412_50)) == {MONDAY: 412_50}


def test_what_came_back_whole_is_not_there() -> None:
    assert of((MONDAY, 412_50), (TUESDAY, -412_50)) == {}


def test_money_comes_back_from_the_last_payment_first() -> None:
    assert of((MONDAY, 100), (TUESDAY, 200), (TUESDAY, -250)) == {MONDAY: 50}


def test_paid_again_it_stands_on_the_new_day() -> None:
    assert of((MONDAY, 100), (MONDAY, -100), (TUESDAY, 100)) == {TUESDAY: 100}


def test_two_payments_of_a_day_are_one() -> None:
    assert of((MONDAY, 100), (MONDAY, 50)) == {MONDAY: 150}


def test_decisions_do_not_mix() -> None:
    assert standing([Moved(1, 1, MONDAY, 100), Moved(1, 2, MONDAY, -100)]) == {Paid(1, 1, MONDAY): 100}


@given(st.lists(st.tuples(st.sampled_from([MONDAY, TUESDAY]), st.integers(-500, 500).filter(bool)), max_size=20))
def test_what_stands_is_what_the_ledger_would_hold(moves: list[tuple[date, int]]) -> None:
    held, kept = 0, list[tuple[date, int]]()
    for day, cents in moves:
        # The ledger lets nobody give back more than was paid.
        if held + cents >= 0:
            held, kept = held + cents, [*kept, (day, cents)]
    assert sum(of(*kept).values()) == held
