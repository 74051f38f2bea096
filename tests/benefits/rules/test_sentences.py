"""The rule in plain Italian, from the tree that decides."""

from __future__ import annotations

import pytest

from cortile.benefits import catalogue
from cortile.benefits.rules import deciding, sentences
from cortile.benefits.rules.deciding import State
from cortile.kit import plain_language
from tests.benefits.rules.households import TODAY, decided

pytestmark = pytest.mark.pure
CALLS = pytest.mark.parametrize("call", catalogue.NAMES)


def whole(call: str) -> list[str]:
    """Say a rule."""
    rule = catalogue.rule(call)
    return sentences.whole(rule, deciding.figures_on(rule, TODAY))


def test_a_requirement_says_the_figure_in_force() -> None:
    assert whole("energy")[1] == "L'ISEE è almeno 9.360,01 euro."


def test_the_sum_is_said_as_it_is_worked_out() -> None:
    said = "il più basso tra 600 euro e il 50 % della spesa di riscaldamento da pagare"
    assert whole("energy")[-1].startswith(f"Il contributo è {said}")


@CALLS
def test_every_rule_is_plain_to_read(call: str) -> None:
    assert plain_language.problems(" ".join(whole(call))) == []


@CALLS
def test_every_cure_is_plain_to_read(call: str) -> None:
    assert [r.key for r in catalogue.rule(call).requirements if plain_language.problems(r.cure)] == []


@pytest.mark.parametrize(("isee", "by"), [(15_000_01, "1 centesimo"), (15_000_50, "50 centesimi"), (15_612_40, "612,40 euro")])
def test_a_no_says_by_how_much(isee: int, by: str) -> None:
    (reason,) = [r for r in decided("energy", isee=isee).reasons if r.state == State.FAILED]
    assert sentences.short_by(reason, catalogue.rule("energy")) == by


def test_what_is_missing_is_said_to_be() -> None:
    (reason, *_) = [r for r in decided("energy", isee=None).reasons if r.state == State.MISSING]
    assert sentences.value_of(reason, catalogue.rule("energy")) == "non lo sappiamo ancora"
