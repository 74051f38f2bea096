"""Households for the rules: one that everything is right with, random ones, and those a cent from every threshold."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cortile.benefits import catalogue
from cortile.benefits.rules import deciding
from cortile.benefits.rules.nodes import Kind, Rule

TODAY = date(2026, 3, 11)
BANDS = ("protezione", "accesso", "permanenza", "decadenza")
Facts = dict[str, int | None]
GOOD: dict[str, Facts] = {
    "energy": {"band": 1, "isee": 12_000_00, "due": 1_000_00, "solidarity_granted": 0},
    "energy_in_city": {
        "months_assigned": 40, "band": 1, "isee": 12_000_00, "due": 1_000_00, "solidarity_granted": 0, "arrears": 0,
        "signed_plan": 0,
    },
    "solidarity": {
        "months_assigned": 40, "band": 0, "isee": 7_000_00, "due": 1_000_00, "cause_of_loss": 0, "energy_granted": 0,
    },
    "solidarity_entry": {"months_assigned": 10, "isee": 2_000_00, "due": 1_000_00, "energy_granted": 0},
}  # fmt: skip
# Every value at which something changes, in cents, months or codes; each is tried one below and one above too.
EDGES: dict[str, tuple[int, ...]] = {
    "isee": (9_360_00, 9_360_01, 15_000_00), "due": (0, 1, 1_200_00, 1_200_01, 2_700_00), "months_assigned": (12, 24),
    "arrears": (0, 1),
}  # fmt: skip


def judge(name: str) -> deciding.Judge:
    """Return the judge of a rule that comes with the house."""
    rule = catalogue.rule(name)
    return deciding.Judge(rule, deciding.figures_on(rule, TODAY))


def decided(name: str, **changed: int | None) -> deciding.Decision:
    """Return the decision on the good household with something changed."""
    return judge(name).decide(GOOD[name] | changed)


def edges(name: str) -> Iterator[Facts]:
    """Yield the good household at every threshold, and one step either side of it."""
    for field, values in EDGES.items():
        for value in values if field in GOOD[name] else ():
            yield from (GOOD[name] | {field: value + step} for step in (-1, 0, 1) if value + step >= 0)


def at_random(name: str, many: int, seed: int, *, unknown: float = 0.0) -> list[Facts]:
    """Return random households, each datum missing with some chance; sums gather where rules change."""
    chance, rule = random.Random(seed), catalogue.rule(name)  # noqa: S311 -- invented households
    return [_household(rule, chance, unknown) for _ in range(many)]


def _household(rule: Rule, chance: random.Random, unknown: float) -> Facts:
    facts: Facts = {}
    for found in rule.inputs:
        near = EDGES.get(found.name, ())
        most = {Kind.CODE: len(found.options) - 1, Kind.FLAG: 1}.get(found.kind, min(found.most, 30_000_00))
        value = chance.choice(near) + chance.randint(-2, 2) if near and chance.random() < 0.3 else chance.randint(0, most)
        facts[found.name] = None if chance.random() < unknown else max(value, 0)
    return facts


# --- the same rules in a few lines of Decimal, written from the notices and not from the tree ---


def euros(facts: dict[str, Any], name: str) -> Decimal:
    """Return a sum in euros."""
    return Decimal(facts[name]) / 100


def half(sum_due: Decimal) -> Decimal:
    """Return one half of a sum, to the cent."""
    return (sum_due / 2).quantize(Decimal("0.01"), ROUND_HALF_UP)


def awarded(name: str, facts: dict[str, Any]) -> Decimal:
    """Return what a household gets, as the notice says it."""
    isee, due, band = euros(facts, "isee"), euros(facts, "due"), BANDS[facts["band"]]
    if name == "solidarity":
        held = facts["months_assigned"] >= 24 and band != "decadenza" and isee < 9360 and not facts["cause_of_loss"]
        return min(Decimal(2700), due) if held and due > 0 and not facts["energy_granted"] else Decimal(0)
    held = band in {"protezione", "accesso"} and Decimal("9360.01") <= isee <= 15000 and not facts["solidarity_granted"]
    if name == "energy_in_city":
        held = held and facts["months_assigned"] >= 12 and (facts["arrears"] == 0 or bool(facts["signed_plan"]))
    return min(Decimal(600), half(due)) if held and due > 0 else Decimal(0)
