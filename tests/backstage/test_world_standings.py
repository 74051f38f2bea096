"""The invented bands, charges and ISEE of the world: in the shares of product §9, the same for the same seed."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.backstage.world import standings
from cortile.kit import money

pytestmark = pytest.mark.pure
TODAY = date(2026, 3, 11)
MANY = 4_000
CONTRACTS = [(f"C{n}", f"A{n}", f"P{n}", f"N{n}", "01/01/2015") for n in range(MANY)]


def made(seed: int = 42) -> dict[str, list[tuple[object, ...]]]:
    """Return the three lists of a large corner."""
    return standings.lists(seed, CONTRACTS, TODAY)


def isee() -> list[int]:
    """Return every ISEE, in cents."""
    return [money.cents(str(row[2])) for row in made()["isee"][1:]]


@pytest.mark.parametrize(("least", "most", "share"), [(0, 936_000, 0.45), (936_001, 1_500_000, 0.25), (1_500_001, 10**9, 0.15)])
def test_the_shares_are_those_of_the_product(least: int, most: int, share: float) -> None:
    assert sum(least <= cents <= most for cents in isee()) / MANY == pytest.approx(share, abs=0.02)


def test_one_household_in_seven_brought_no_statement() -> None:
    assert 1 - len(isee()) / MANY == pytest.approx(0.15, abs=0.02)


def test_some_statements_are_over_some_current_and_some_wanting() -> None:
    _, *rows = made()["isee"]
    over = sum(str(row[5]).endswith("2025") for row in rows)
    assert min(over, sum(row[1] == "corrente" for row in rows), sum(row[6] == "sì" for row in rows)) > 0


def test_the_smallest_corner_has_a_wanting_statement_too() -> None:
    rows = standings.lists(42, CONTRACTS[:2], TODAY)["isee"]
    assert [row[6] for row in rows[1:]].count("sì") == 1


def test_the_same_seed_makes_the_same_lists_and_another_does_not() -> None:
    assert made() == made() != made(43)
