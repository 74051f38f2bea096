"""One walk over the tree, two languages: Python for one household, SQL for a table of them.

Only positions of inputs and whole numbers are written out: no word of a rule ever becomes code.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

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

SIGNS = {Order.AT_LEAST: ">=", Order.AT_MOST: "<=", Order.MORE_THAN: ">", Order.LESS_THAN: "<"}


class Dialect(Protocol):
    """What differs between the languages a rule is written out in."""

    def fact(self, position: int) -> str:
        """Name the value of an input."""

    def least(self, of: list[str]) -> str:
        """Take the smallest."""

    def left_over(self, of: str, less: str) -> str:
        """Take away, down to nought."""

    def divided(self, of: str, by: int) -> str:
        """Divide whole numbers, downwards."""

    def one_of(self, fact: str, codes: list[int]) -> str:
        """Look for a code."""


class Writer:
    """Writes the nodes of a rule in a dialect, with the parameters in force as plain numbers."""

    def __init__(self, rule: Rule, figures: Mapping[str, int], dialect: Dialect) -> None:
        self.rule, self.figures, self.dialect = rule, figures, dialect

    def number(self, node: Number) -> str:
        """Write a number out."""
        if isinstance(node, Fact):
            return self.dialect.fact(self.rule.position(node.name))
        if isinstance(node, Figure | Amount):
            return str(node.value if isinstance(node, Amount) else self.figures[node.name])
        if isinstance(node, Least):
            return self.dialect.least([self.number(of) for of in node.of])
        if isinstance(node, Sum):
            return f"({' + '.join(self.number(of) for of in node.of)})"
        if isinstance(node, LeftOver):
            return self.dialect.left_over(self.number(node.of), self.number(node.less))
        return self._share(node)

    def _share(self, node: Share) -> str:
        of, half = self.number(node.of), node.rounding == Rounding.HALF_UP
        rate = rate_of(node, self.figures)
        if rate is None:
            wide = f"({of} * {self.number(node.rate)} * {2 if half else 1} + {WHOLE if half else 0})"
            return self.dialect.divided(wide, WHOLE * (2 if half else 1))
        times, plus, by = reduced(rate, half=half)
        return self.dialect.divided(f"({of} * {times} + {plus})", by)

    def test(self, node: Test) -> str:
        """Write a test out."""
        if isinstance(node, Compare):
            return f"({self.number(node.left)} {SIGNS[node.order]} {self.number(node.right)})"
        if isinstance(node, OneOf):
            options = self.rule.input(node.name).options
            return self.dialect.one_of(self._fact(node.name), [options.index(option) for option in node.options])
        if isinstance(node, Holds):
            return f"({self._fact(node.name)} > 0)"
        if isinstance(node, Not):
            return f"(not {self.test(node.test)})"
        word = "and" if isinstance(node, Every) else "or"
        return f"({f' {word} '.join(self.test(test) for test in node.tests)})"

    def _fact(self, name: str) -> str:
        return self.dialect.fact(self.rule.position(name))


def rate_of(node: Share, figures: Mapping[str, int]) -> int | None:
    """Return the rate of a share where it is known beforehand, or None where it is an input."""
    if isinstance(node.rate, Figure):
        return figures[node.rate.name]
    return node.rate.value if isinstance(node.rate, Amount) else None


def reduced(rate: int, *, half: bool) -> tuple[int, int, int]:
    """Return times, plus and divisor of a share of so many basis points: one half of x is (x + 1) // 2, rounded half up."""
    times, plus, by = (2 * rate, WHOLE, 2 * WHOLE) if half else (rate, 0, WHOLE)
    common = math.gcd(times, plus, by) or 1
    return times // common, plus // common, by // common


class Python:
    """Python on plain integers."""

    def fact(self, position: int) -> str:
        """Name an argument."""
        return f"x{position}"

    def least(self, of: list[str]) -> str:
        """Take the smallest."""
        return f"min({', '.join(of)})" if len(of) > 1 else of[0]

    def left_over(self, of: str, less: str) -> str:
        """Take away, down to nought."""
        return f"max({of} - {less}, 0)"

    def divided(self, of: str, by: int) -> str:
        """Divide whole numbers, downwards."""
        return f"({of} // {by})"

    def one_of(self, fact: str, codes: list[int]) -> str:
        """Look for a code."""
        return f"({fact} in {tuple(codes)!r})"


class Sql:
    """SQL on 64-bit columns; what is missing is NULL, and stays so: ``LEAST`` alone would pass it over."""

    def __init__(self, columns: list[str]) -> None:
        self.columns = columns

    def fact(self, position: int) -> str:
        """Name a column; the caller has quoted it."""
        return self.columns[position]

    def least(self, of: list[str]) -> str:
        """Take the smallest, unless one is missing."""
        every = ", ".join(of)
        return f"(CASE WHEN num_nulls({every}) = 0 THEN LEAST({every}) END)"

    def left_over(self, of: str, less: str) -> str:
        """Take away, down to nought, unless one is missing."""
        return f"(CASE WHEN {of} > {less} THEN {of} - {less} WHEN {of} <= {less} THEN 0 END)"

    def divided(self, of: str, by: int) -> str:
        """Divide whole numbers; nothing here is below nought, where SQL rounds the other way."""
        return f"({of} / {by})"

    def one_of(self, fact: str, codes: list[int]) -> str:
        """Look for a code."""
        return f"({fact} IN ({', '.join(map(str, codes))}))" if codes else f"({fact} <> {fact})"
