"""The bench of rules: what it compares is the same rule, what differs is noticed, and what is missing fails."""

from __future__ import annotations

import numpy as np
import pytest

from cortile.backstage.bench import by_hand, openfisca, population, rules, runner, turns
from cortile.backstage.bench.population import FIGURES, Columns
from cortile.benefits.rules.vectors import Cents

pytestmark = pytest.mark.pure
SOME = population.together(population.columns(5_000, seed=7), population.edges())


def in_floats(of: Columns) -> list[list[int]]:
    """Return the cents of a program that keeps its euros in 32 bits."""
    half = np.round(of["due"].astype(np.float32) / 100 * np.float32(0.5), 2)
    euros = np.minimum(half, np.float32(600)) * (by_hand.awards(of, FIGURES) > 0)
    return [np.round(euros * 100).astype(np.int64).tolist()]


def test_some_seventeen_in_a_hundred_are_eligible() -> None:
    awards = by_hand.awards(population.columns(100_000, seed=1), FIGURES)
    assert 0.16 < (awards > 0).mean() < 0.18


def test_the_same_seed_is_the_same_population() -> None:
    one, again, other = (population.columns(50, seed) for seed in (1, 1, 2))
    assert one["isee"].tolist() == again["isee"].tolist() != other["isee"].tolist()


@pytest.mark.parametrize("name", ["isee_least", "isee_doubt", "isee_most"])
def test_a_cent_either_side_of_a_threshold_is_there(name: str) -> None:
    assert {FIGURES[name] - 1, FIGURES[name], FIGURES[name] + 1} <= set(population.edges()["isee"].tolist())


def test_twenty_scenarios_all_different() -> None:
    assert len({tuple(sorted(figures.items())) for figures in population.scenarios()}) == 20


def test_no_answer_differs_from_decimal_by_a_cent() -> None:
    assert rules.wrong(SOME, rules.awarded) == []


def test_numpy_by_hand_is_the_same_rule() -> None:
    assert rules.wrong(SOME, lambda of: [by_hand.awards(of, FIGURES).tolist()]) == []


def test_the_cents_that_floats_lose_are_noticed() -> None:
    assert rules.wrong(SOME, in_floats) != []


def test_a_household_paid_a_cent_more_is_noticed() -> None:
    awards: Cents = by_hand.awards(SOME, FIGURES)
    awards[3] += 1
    assert rules.wrong(SOME, lambda _: [awards.tolist()]) == [3]


@pytest.mark.parametrize(("ours", "theirs", "apart"), [([5, 0], [5, 1], 1), ([5], [6], 0), ([5], [7], 1), ([5], [5, 5], 0)])
def test_times_of_different_answers_are_refused(ours: list[int], theirs: list[int], apart: int) -> None:
    with pytest.raises(rules.DifferenceError, match="cannot be compared"):
        rules.same(ours, theirs, apart=apart)


def test_a_cent_of_floats_may_be_let_through() -> None:
    rules.same([0, 500], [0, 501], apart=1)


def test_who_goes_first_changes_every_turn() -> None:
    order: list[str] = []
    turns.medians([lambda: order.append("ours"), lambda: order.append("theirs")], turns=2)
    assert order == ["ours", "theirs", "theirs", "ours"]


def test_an_environment_that_cannot_be_made_is_refused() -> None:
    with pytest.raises(openfisca.MissingError, match="figures are missing"):
        openfisca.prepared("nothing-of-that-name")


def test_without_openfisca_the_bench_says_so_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(openfisca, "ENVIRONMENT", "nothing-of-that-name")
    monkeypatch.setattr(rules, "AGAIN", 1)
    figures = list(rules.reasons(said.append))
    assert [figure.name for figure in figures] == ["reasons"]
    assert "figures are missing" in said[-1]
    assert not runner.passes(runner.judged(figures, runner.goals("rules")))
