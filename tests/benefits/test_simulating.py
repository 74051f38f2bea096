"""What-if, counted: equal to a loop of Decimal by hand, and never a small number by itself or by subtraction."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.benefits import catalogue, simulating
from cortile.benefits.rules import deciding
from cortile.benefits.rules.allocating import Last, Strategy
from cortile.benefits.rules.vectors import Population
from cortile.benefits.simulating import Key, Scenario
from cortile.kit import small_cells
from cortile.kit.small_cells import Hidden
from tests.benefits.rules import households

pytestmark = pytest.mark.pure

ENERGY = catalogue.rule("energy")
FIGURES = deciding.figures_on(ENERGY, households.TODAY)
WHOLE = Scenario(ENERGY, FIGURES, 10**12, Strategy.PRIORITY, Last.WHOLE_ONLY)
Rows = list[dict[str, int | None]]


def population(rows: Rows) -> Population:
    """Return some households as columns."""
    columns = {i.name: np.array([row[i.name] or 0 for row in rows], np.int64) for i in ENERGY.inputs}
    missing = {i.name: np.array([row[i.name] is None for row in rows], np.bool_) for i in ENERGY.inputs}
    return Population(ENERGY, columns, missing)


def by_hand(rows: Rows, *, most: str = "15000", cap: str = "600") -> list[Decimal | None]:
    """Judge each household as the notice reads, in euros: what it gets, None for who does not."""
    cent = Decimal("0.01")
    found: list[Decimal | None] = []
    for row in rows:
        isee, due = Decimal(row["isee"] or 0) / 100, Decimal(row["due"] or 0) / 100
        known = None not in row.values()
        good = row["band"] in {0, 1} and Decimal("9360.01") <= isee <= Decimal(most) and due > 0 and not row["solidarity_granted"]
        found.append(min(Decimal(cap), (due / 2).quantize(cent, ROUND_HALF_UP)) if good and known else None)
    return found


@pytest.mark.parametrize("unknown", [0.0, 0.1])
def test_who_is_entitled_and_what_it_costs_are_a_loop_of_decimal(unknown: float) -> None:
    rows = households.at_random("energy", 400, 7, unknown=unknown)
    found, hand = simulating.simulate(WHOLE, population(rows)), by_hand(rows)
    assert found.eligible.tolist() == [one is not None for one in hand]
    assert found.cost == int(sum(one for one in hand if one is not None) * 100)


def test_a_threshold_moved_lets_in_whom_a_loop_lets_in() -> None:
    rows = households.at_random("energy", 400, 8)
    moved = simulating.simulate(replace(WHOLE, figures=FIGURES | {"isee_most": 18_000_00}), population(rows))
    cells = simulating.counted(moved, simulating.simulate(WHOLE, population(rows)))
    before, after = by_hand(rows), by_hand(rows, most="18000")
    entering = sum(b is None and a is not None for b, a in zip(before, after, strict=True))
    assert (cells["eligible", "enter"], cells["eligible", "leave"], entering > 0) == (entering, 0, True)


def household(**changed: int | None) -> dict[str, int | None]:
    """Return the good household with something changed."""
    return households.GOOD["energy"] | changed


def test_it_says_who_fails_one_thing_alone_and_by_how_little() -> None:
    rows = [household(isee=15_000_01)] * 6 + [household(isee=15_400_00)] * 7 + [household(isee=30_000_00, band=3)] * 8
    cells = simulating.counted(simulating.simulate(WHOLE, population(rows)))
    ceiling = [cells["alone", "isee_ceiling", *near] for near in ([], ["10000"], ["50000"], ["100000"], ["far"])]
    assert (ceiling, cells["several",]) == ([13, 6, 7, 0, 0], 8)


def test_money_goes_first_to_the_lowest_isee_and_stops_where_it_ends() -> None:
    rows = [household(isee=14_000_00), household(isee=10_000_00), household(isee=12_000_00)]
    found = simulating.simulate(replace(WHOLE, envelope=1_000_00), population(rows))
    assert found.given.tolist() == [0, 500_00, 500_00]


def test_what_nobody_s_register_knows_is_asked_and_not_held_against_anybody() -> None:
    found = simulating.simulate(WHOLE, population([household(solidarity_granted=None)] * 5))
    assert ([r.key for r in found.asked], int(found.eligible.sum())) == (["no_solidarity"], 5)


def test_who_lives_elsewhere_is_not_counted() -> None:
    found = simulating.simulate(WHOLE, population([household()] * 9), np.array([True] * 6 + [False] * 3))
    assert (simulating.counted(found)["people",], found.cost) == (6, 6 * 500_00)


# --- small cells ---


def few(rows: Rows, **figures: int) -> dict[Any, Any]:
    """Return the counts as a page shows them, against the call in force."""
    after = simulating.simulate(replace(WHOLE, figures=FIGURES | figures), population(rows))
    before, places = simulating.simulate(WHOLE, population(rows)), np.arange(len(rows)) % 2
    return simulating.shown(simulating.counted(after, before, places))


def test_three_who_enter_are_not_told_nor_found_by_subtraction() -> None:
    shown = few([household()] * 20 + [household(isee=15_100_00)] * 3, isee_most=16_000_00)
    assert isinstance(shown["eligible", "enter"], Hidden) if ("eligible", "enter") in shown else True
    assert isinstance(shown["reached", "enter"], Hidden)
    assert isinstance(shown["reached", "stay"], Hidden) or isinstance(shown["reached",], Hidden)


def test_nine_are_told() -> None:
    assert few([household()] * 20 + [household(isee=15_100_00)] * 9, isee_most=16_000_00)["reached", "enter"] == 9


@given(st.lists(st.sampled_from([9_000_00, 12_000_00, 15_000_50, 15_200_00, 19_000_00]), min_size=1, max_size=40))
def test_whatever_the_population_no_small_number_can_be_worked_out(sums: list[int]) -> None:
    rows = [household(isee=isee) for isee in sums]
    after, before = (
        simulating.simulate(replace(WHOLE, figures=FIGURES | {"isee_most": most}), population(rows))
        for most in (16_000_00, 15_000_00)
    )  # fmt: skip
    table = simulating.table(simulating.counted(after, before, np.arange(len(rows)) % 2))
    shown = small_cells.suppress(table)
    hidden = {cell for cell in table.cells if isinstance(shown.get(cell, Hidden(few=False)), Hidden)}
    assert small_cells.given_away(table, hidden, {cell for cell in hidden if table.is_small(cell)}) == set()


def test_showing_everything_is_seen_to_give_somebody_away() -> None:
    rows = [household()] * 20 + [household(isee=15_100_00)] * 3
    after = simulating.simulate(replace(WHOLE, figures=FIGURES | {"isee_most": 16_000_00}), population(rows))
    table = simulating.table(simulating.counted(after, simulating.simulate(WHOLE, population(rows))))
    only: set[Key] = {("reached", "enter")}
    assert small_cells.given_away(table, only, only) == only


def test_money_behind_a_hidden_count_is_hidden_too() -> None:
    counts: Any = {("reached",): Hidden(few=True)}
    assert (simulating.sum_shown(counts, 5, behind=(("reached",),)), simulating.sum_shown({}, 5, behind=())) == (None, 5)
