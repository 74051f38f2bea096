"""What a rule is made of: inputs, dated parameters, requirements, an award. A node is a value; it computes nothing."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


class Kind(enum.StrEnum):
    """What a number means. ``code`` is the position of a word among its options, ``flag`` is 0 or 1."""

    CENTS = "cents"
    BASIS_POINTS = "basis_points"
    COUNT = "count"
    CODE = "code"
    FLAG = "flag"


class Rounding(enum.StrEnum):
    """How a share becomes whole cents: «fino al 50 %» of an odd sum differs by one cent between the two."""

    HALF_UP = "half_up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Input:
    """A datum a rule asks for. ``most`` is the largest value anybody may state; ``months`` how long one stays good, 0 for ever."""

    name: str
    kind: Kind
    label: str
    source: str
    most: int = 0
    unit: str = ""
    options: tuple[str, ...] = ()
    months: int = 0


@dataclass(frozen=True, slots=True)
class Dated:
    """A value and the first day it is in force."""

    since: date
    value: int


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of the call, with its dates and where it is written. ``unconfirmed`` shows «da confermare» beside it."""

    name: str
    kind: Kind
    label: str
    values: tuple[Dated, ...]
    citation: str
    unconfirmed: bool = False


# --- numbers ---


@dataclass(frozen=True, slots=True)
class Fact:
    """The value of an input."""

    name: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of a parameter on the day of the decision."""

    name: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number written in the rule itself: nought, above all."""

    value: int


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest of some numbers."""

    of: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers added up."""

    of: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What is left of a number after another is taken away, never less than nought."""

    of: Number
    less: Number


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a sum: ``rate`` in basis points, rounded to whole cents as named."""

    of: Number
    rate: Number
    rounding: Rounding


Number: TypeAlias = Fact | Figure | Amount | Least | Sum | LeftOver | Share


# --- tests ---


class Order(enum.StrEnum):
    """The four comparisons of two numbers."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


@dataclass(frozen=True, slots=True)
class Compare:
    """Two numbers of one kind, compared."""

    order: Order
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class OneOf:
    """A code among some of its options."""

    name: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """A flag that is up."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary of a test."""

    test: Test


@dataclass(frozen=True, slots=True)
class Every:
    """All of some tests."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of some tests."""

    tests: tuple[Test, ...]


Test: TypeAlias = Compare | OneOf | Holds | Not | Every | Some


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition: what it tests, where it is written, how it is cured, and which programme comes after a no.

    ``doubt`` is a case the texts leave open: where the test fails and the doubt holds, an operator decides, not the rule.
    """

    key: str
    test: Test
    label: str
    citation: str
    cure: str
    next_programme: str = ""
    doubt: Test | None = None


# One byte says which requirements fail.
MOST_REQUIREMENTS = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """A whole rule: eligible when every requirement holds; then ``award`` cents."""

    inputs: tuple[Input, ...]
    parameters: tuple[Parameter, ...]
    requirements: tuple[Requirement, ...]
    award: Number

    def input(self, name: str) -> Input:
        """Return an input. Raise ``KeyError`` for a name nobody declared."""
        return next((found for found in self.inputs if found.name == name), None) or _unknown(name)

    def position(self, name: str) -> int:
        """Return the position of an input among the inputs."""
        return self.inputs.index(self.input(name))


def _unknown(name: str) -> Input:
    raise KeyError(name)


Node: TypeAlias = Number | Test


def parts(node: Node) -> tuple[Node, ...]:
    """Return the nodes a node is made of."""
    if isinstance(node, Least | Sum):
        return node.of
    if isinstance(node, LeftOver):
        return (node.of, node.less)
    if isinstance(node, Share):
        return (node.of, node.rate)
    if isinstance(node, Compare):
        return (node.left, node.right)
    if isinstance(node, Not):
        return (node.test,)
    return node.tests if isinstance(node, Every | Some) else ()


def inputs_of(node: Node) -> frozenset[str]:
    """Return the names of the inputs a node needs."""
    own = {node.name} if isinstance(node, Fact | OneOf | Holds) else set[str]()
    return frozenset(own.union(*(inputs_of(part) for part in parts(node))))


def figures_of(node: Node) -> frozenset[str]:
    """Return the names of the parameters a node needs."""
    own = {node.name} if isinstance(node, Figure) else set[str]()
    return frozenset(own.union(*(figures_of(part) for part in parts(node))))
