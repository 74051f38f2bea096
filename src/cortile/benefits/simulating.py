"""What a rule would do to everybody: who has it, who does not and for which reason alone, by how much, and what it costs.

Pure: NumPy over a population, never a name. Every count that is shown goes through ``shown``: from one to four is hidden,
and with it whatever else would give it away (I5). A datum nobody mirrors is not a no: the requirements that need it are
left out and named, because they are asked of a person and not of a register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cortile.benefits.rules import allocating, vectors
from cortile.benefits.rules.allocating import Last, Strategy
from cortile.benefits.rules.nodes import Compare, Fact, Kind, Order, Requirement, Rule, inputs_of
from cortile.benefits.rules.vectors import Cents, Evaluated, Flags, Population
from cortile.kit import small_cells
from cortile.kit.small_cells import Hidden, Sum, Table

Key: TypeAlias = tuple[str, ...]
Counts: TypeAlias = dict[Key, Hidden | int]
# How near somebody came: up to these, then farther. In cents for money, in units for counts.
NEAR = {Kind.CENTS: (10_000, 50_000, 100_000), Kind.COUNT: (1, 3, 6)}
# Whoever cannot be ordered yet stands behind who can, as in a call's line.
LAST_IN_LINE = 2**62
# A reason alone is («alone», requirement); how near is a third word.
_ONE = 2


@dataclass(frozen=True, slots=True)
class Scenario:
    """A rule with the figures to try, and the money to share out, in cents."""

    rule: Rule
    figures: Mapping[str, int]
    envelope: int
    strategy: Strategy
    last: Last


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a scenario comes to, row by row. ``asked`` are the requirements left out: nobody's data say them."""

    rule: Rule
    figures: Mapping[str, int]
    population: Population
    asked: tuple[Requirement, ...]
    among: Flags
    found: Evaluated
    given: Cents

    @property
    def eligible(self) -> Flags:
        """Return who has every requirement that is known."""
        return self.found.eligible & self.among

    @property
    def reached(self) -> Flags:
        """Return whom the money reaches."""
        held: Flags = self.given > 0
        return held

    @property
    def refused(self) -> Flags:
        """Return who fails something for sure."""
        held: Flags = (self.found.failed != 0) & self.among
        return held

    @property
    def cost(self) -> int:
        """Return the cents it would take to give everybody theirs."""
        return int(self.found.award[self.among].sum())


def simulate(scenario: Scenario, population: Population, among: Flags | None = None) -> Simulated:
    """Judge everybody, then share the envelope out as the call says: by ISEE where need comes first, else by contract.

    ``among`` is who lives in the call's territory; without it everybody does.
    """
    whole = np.ones(population.size, np.bool_) if among is None else among
    rule, asked = _told_apart(scenario.rule, population)
    found = vectors.evaluate(rule, scenario.figures, population)
    due = np.flatnonzero(found.eligible & whole & (found.award > 0))
    given = np.zeros(population.size, np.int64)
    if len(due):
        keys = (_need(scenario, population)[due], due.astype(np.int64))
        shared = allocating.allocate(found.award[due], keys, scenario.envelope, scenario.strategy, scenario.last)
        given[due] = shared.given
    return Simulated(rule, scenario.figures, population, asked, whole, found, given)


def _told_apart(rule: Rule, population: Population) -> tuple[Rule, tuple[Requirement, ...]]:
    """Part what data can say from what only a person can: an input missing in every row is mirrored by nobody."""
    nowhere = {name for name, flags in population.missing.items() if flags.all()}
    asked = tuple(r for r in rule.requirements if inputs_of(r.test) & nowhere)
    known = tuple(r for r in rule.requirements if r not in asked)
    return (replace(rule, requirements=known), asked) if known else (rule, ())


def _need(scenario: Scenario, population: Population) -> Cents:
    if scenario.strategy != Strategy.PRIORITY or "isee" not in population.columns:
        return np.zeros(population.size, np.int64)
    unknown = population.missing.get("isee")
    return population.columns["isee"] if unknown is None else np.where(unknown, LAST_IN_LINE, population.columns["isee"])


# --- counts ---


def counted(after: Simulated, before: Simulated | None = None, places: NDArray[np.int64] | None = None) -> dict[Key, int]:
    """Count everything a page may show. Keys are words; ``table`` ties them together."""
    cells: dict[Key, int] = {("people",): _n(after.among), ("eligible",): _n(after.eligible), ("refused",): _n(after.refused)}
    unknown, failed = after.found.missing != 0, after.refused
    cells[("missing",)] = _n(after.among & ~failed & (unknown | after.found.unsettled))
    cells[("refer",)] = _n(after.among & ~failed & ~unknown & (after.found.doubt != 0))
    cells[("reached",)], cells[("waiting",)] = _n(after.reached), _n(after.eligible & ~after.reached)
    for n, found in enumerate(after.rule.requirements):
        alone = after.refused & (after.found.failed == 1 << n)
        cells[("alone", found.key)] = _n(alone)
        cells |= {("alone", found.key, name): _n(flags) for name, flags in _near(after, found, alone).items()}
    cells[("several",)] = _n(after.refused & ((after.found.failed & (after.found.failed - 1)) != 0))
    cells |= _changes(before, after) if before is not None else {}
    return cells | (_by_place(after, places) if places is not None else {})


def _n(flags: Flags) -> int:
    return int(np.count_nonzero(flags))


def _near(after: Simulated, found: Requirement, alone: Flags) -> dict[str, Flags]:
    """Part who fails one requirement alone by how far they are from it; nothing where it is not a number compared."""
    told = found.test
    if not isinstance(told, Compare) or not isinstance(told.left, Fact):
        return {}
    classes = NEAR.get(after.rule.input(told.left.name).kind)
    if classes is None:
        return {}
    by = _missed_by(after, told)
    # Nought is how «more than» and «less than» are missed at their very threshold: as near as one can be.
    edges = (-1, *classes)
    near = {str(high): alone & (by > low) & (by <= high) for low, high in zip(edges, classes, strict=False)}
    return near | {"far": alone & (by > classes[-1])}


def _missed_by(after: Simulated, told: Compare) -> Cents:
    left, right = (vectors.values(after.rule, after.figures, after.population, side) for side in (told.left, told.right))
    return left - right if told.order in {Order.AT_MOST, Order.LESS_THAN} else right - left


def _changes(before: Simulated, after: Simulated) -> dict[Key, int]:
    cells: dict[Key, int] = {}
    for name, was, now in (("reached", before.reached, after.reached), ("eligible", before.eligible, after.eligible)):
        cells |= {
            (name, "before"): _n(was), (name, "stay"): _n(was & now), (name, "enter"): _n(now & ~was),
            (name, "leave"): _n(was & ~now),
        }  # fmt: skip
    return cells


def _by_place(after: Simulated, places: NDArray[np.int64]) -> dict[Key, int]:
    cells: dict[Key, int] = {}
    for place in np.unique(places[after.among]).tolist():
        here = places == place
        eligible, reached = _n(after.eligible & here), _n(after.reached & here)
        cells |= {
            ("place", str(place), "eligible"): eligible, ("place", str(place), "reached"): reached,
            ("place", str(place), "waiting"): eligible - reached,
        }  # fmt: skip
    return cells


def table(cells: Mapping[Key, int]) -> Table[Key]:
    """Tie the counts together by every sum a reader could make of them."""
    sums = [*_sums_of_all(cells), *_sums_of_changes(cells), *_sums_of_places(cells)]
    return Table(cells, sums, frozenset(key for key in cells if key[0] == "place" and key[-1] == "waiting"))


def _sums_of_all(cells: Mapping[Key, int]) -> Iterator[Sum[Key]]:
    yield Sum(("people",), (("eligible",), ("refused",), ("missing",), ("refer",)))
    yield Sum(("eligible",), (("reached",), ("waiting",)))
    alone = [key for key in cells if key[0] == "alone"]
    reasons = [key for key in alone if len(key) == _ONE]
    yield Sum(("refused",), (("several",), *reasons))
    for key in reasons:
        if near := tuple(part for part in alone if part[:_ONE] == key and part != key):
            yield Sum(key, near)


def _sums_of_changes(cells: Mapping[Key, int]) -> Iterator[Sum[Key]]:
    for name in ("reached", "eligible"):
        if (name, "before") in cells:
            yield Sum((name, "before"), ((name, "stay"), (name, "leave")))
            yield Sum((name,), ((name, "stay"), (name, "enter")))


def _sums_of_places(cells: Mapping[Key, int]) -> Iterator[Sum[Key]]:
    places = sorted({key[1] for key in cells if key[0] == "place"})
    for place in places:
        yield Sum(("place", place, "eligible"), (("place", place, "reached"), ("place", place, "waiting")))
    for name in ("eligible", "reached", "waiting") if places else ():
        yield Sum((name,), tuple(("place", place, name) for place in places))


def shown(cells: Mapping[Key, int]) -> Counts:
    """Return the counts as a page may show them."""
    return small_cells.suppress(table(cells))


def sum_shown(counts: Mapping[Key, Hidden | int], cents: int, *, behind: tuple[Key, ...]) -> int | None:
    """Return a sum of money, or None where any of the counts behind it is hidden: a sum of three people tells theirs."""
    return None if any(isinstance(counts.get(key, 0), Hidden) for key in behind) else cents
