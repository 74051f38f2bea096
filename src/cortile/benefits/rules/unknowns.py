"""Tests and numbers over what is known: yes, no, or not known yet (Kleene's three values)."""

from __future__ import annotations

from collections.abc import Mapping

from cortile.benefits.rules.checking import WHOLE
from cortile.benefits.rules.nodes import (
    Amount,
    Compare,
    Every,
    Fact,
    Figure,
    Holds,
    Least,
    LeftOver,
    Not,
    Number,
    OneOf,
    Order,
    Rounding,
    Rule,
    Share,
    Sum,
    Test,
)  # fmt: skip


class Known:
    """What is known of one household, and what a rule's nodes make of it."""

    def __init__(self, rule: Rule, figures: Mapping[str, int], facts: Mapping[str, int | None]) -> None:
        self.rule, self.figures, self.facts = rule, figures, facts

    def number(self, node: Number) -> int | None:
        """Return a number, or None where something it needs is missing."""
        if isinstance(node, Fact):
            return self.facts.get(node.name)
        if isinstance(node, Figure):
            return self.figures[node.name]
        if isinstance(node, Amount):
            return node.value
        if isinstance(node, Share):
            return self._share(node)
        parts = (node.of, node.less) if isinstance(node, LeftOver) else node.of
        found = [value for part in parts if (value := self.number(part)) is not None]
        return _together(node, found) if len(found) == len(parts) else None

    def _share(self, node: Share) -> int | None:
        of, rate = self.number(node.of), self.number(node.rate)
        if of is None or rate is None:
            return None
        return (2 * of * rate + WHOLE) // (2 * WHOLE) if node.rounding == Rounding.HALF_UP else of * rate // WHOLE

    def test(self, node: Test) -> bool | None:
        """Return yes, no, or None: a definite no among several conditions is a no whatever is missing."""
        if isinstance(node, Compare):
            return _compared(node.order, self.number(node.left), self.number(node.right))
        if isinstance(node, OneOf):
            code = self.facts.get(node.name)
            return None if code is None else self.rule.input(node.name).options[code] in node.options
        if isinstance(node, Holds):
            flag = self.facts.get(node.name)
            return None if flag is None else flag > 0
        if isinstance(node, Not):
            found = self.test(node.test)
            return None if found is None else not found
        answers, settles = [self.test(test) for test in node.tests], not isinstance(node, Every)
        return settles if settles in answers else None if None in answers else not settles


def _together(node: Least | Sum | LeftOver, found: list[int]) -> int:
    if isinstance(node, LeftOver):
        return max(found[0] - found[1], 0)
    return min(found) if isinstance(node, Least) else sum(found)


def _compared(order: Order, left: int | None, right: int | None) -> bool | None:
    if left is None or right is None:
        return None
    if order == Order.AT_LEAST:
        return left >= right
    if order == Order.AT_MOST:
        return left <= right
    return left > right if order == Order.MORE_THAN else left < right
