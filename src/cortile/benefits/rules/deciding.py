"""The decision on one household, with every reason: what was asked, what was found, by how much, and what comes next."""

from __future__ import annotations

import enum
import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, NoReturn, TypeAlias

from cortile.benefits.rules import unknowns
from cortile.benefits.rules.dialects import Python, Writer
from cortile.benefits.rules.nodes import (
    Compare,
    Every,
    Holds,
    Input,
    Kind,
    Not,
    OneOf,
    Order,
    Requirement,
    Rule,
    Some,
    Test,
    inputs_of,
)

Facts: TypeAlias = Mapping[str, int | None]


class State(enum.StrEnum):
    """How one requirement stands."""

    MET = "met"
    FAILED = "failed"
    DOUBT = "doubt"
    MISSING = "missing"


class Outcome(enum.StrEnum):
    """How the whole stands. A definite failure wins over a missing datum, and a missing datum over a doubt."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    MISSING = "missing"
    REFER = "refer"


class Reason(NamedTuple):
    """One requirement as it stands: the value, its threshold, and by how much (below nought: missed by that much)."""

    requirement: Requirement
    state: State
    value: int | None
    threshold: int | None
    margin: int | None


class Decision(NamedTuple):
    """An outcome, the cents awarded, every reason, and what is missing: the datum that can decide soonest first."""

    outcome: Outcome
    award: int
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]

    @property
    def failed(self) -> int:
        """Return the byte of what fails: bit n is requirement n."""
        return sum(1 << n for n, reason in enumerate(self.reasons) if reason.state == State.FAILED)


class FactError(ValueError):
    """Raised for a value nobody may state: the record is named by whoever asked, and nothing is decided."""


def figures_on(rule: Rule, day: date) -> dict[str, int]:
    """Return the parameters in force on a day. Raise ``FactError`` where one has no value yet."""
    found = {}
    for parameter in rule.parameters:
        values = [dated.value for dated in parameter.values if dated.since <= day]
        if not values:
            message = f"{parameter.name}: nessun valore al {day:%d/%m/%Y}"
            raise FactError(message)
        found[parameter.name] = values[-1]
    return found


def leading(test: Test) -> Compare | OneOf | Holds:
    """Return the comparison a test is told by: its first."""
    while isinstance(test, Every | Some | Not):
        test = test.test if isinstance(test, Not) else test.tests[0]
    return test


class Judge:
    """Decides for one rule with the parameters of one day. Made once, asked often."""

    def __init__(self, rule: Rule, figures: Mapping[str, int]) -> None:
        self.rule, self.figures = rule, dict(figures)
        self.names = tuple(found.name for found in rule.inputs)
        self._signs = tuple(_sign(requirement.test) for requirement in rule.requirements)
        self._values = operator.itemgetter(*self.names) if len(self.names) > 1 else lambda facts: (facts[self.names[0]],)
        self._complete = _generated(rule, self.figures)

    def decide(self, facts: Facts) -> Decision:
        """Return the decision on a household. Raise ``FactError`` for a value out of what its input may be."""
        try:
            return self._complete(*self._values(facts))
        except (KeyError, TypeError):
            # Something is missing: the long way round, which knows what «not known yet» means.
            return self._partial({name: facts.get(name) for name in self.names})

    def _partial(self, facts: Facts) -> Decision:
        for found in self.rule.inputs:
            value = facts[found.name]
            if value is not None and not 0 <= value <= most_of(found):
                _out_of_range(self.rule.inputs, [facts[name] for name in self.names])
        known = unknowns.Known(self.rule, self.figures, facts)
        reasons = tuple(self._reason(n, known) for n in range(len(self.rule.requirements)))
        award, outcome = known.number(self.rule.award), _outcome(reasons)
        if outcome == Outcome.ELIGIBLE and award is None:
            outcome = Outcome.MISSING
        missing = _soonest(self.rule, reasons, facts) if outcome == Outcome.MISSING else ()
        return Decision(outcome, award or 0 if outcome == Outcome.ELIGIBLE else 0, reasons, missing)

    def _reason(self, n: int, known: unknowns.Known) -> Reason:
        requirement = self.rule.requirements[n]
        holds = known.test(requirement.test)
        doubt = requirement.doubt is not None and known.test(requirement.doubt) is True
        told = leading(requirement.test)
        value = known.number(told.left) if isinstance(told, Compare) else known.facts.get(told.name)
        threshold = known.number(told.right) if isinstance(told, Compare) else None
        margin = None if value is None or threshold is None else self._signs[n] * (value - threshold)
        return Reason(requirement, State.MISSING if holds is None else _state(holds, doubt), value, threshold, margin)


def most_of(found: Input) -> int:
    """Return the largest value an input may have."""
    return {Kind.CODE: len(found.options) - 1, Kind.FLAG: 1}.get(found.kind, found.most)


def _out_of_range(inputs: tuple[Input, ...], values: Sequence[int | None]) -> NoReturn:
    wrong = [(f.name, v) for f, v in zip(inputs, values, strict=True) if v is not None and not 0 <= v <= most_of(f)]
    message = "; ".join(f"{name}: {value} non è un valore possibile" for name, value in wrong)
    raise FactError(message)


def _sign(test: Test) -> int:
    told = leading(test)
    return -1 if isinstance(told, Compare) and told.order in {Order.AT_MOST, Order.LESS_THAN} else 1


def _state(holds: bool, doubt: bool) -> State:  # noqa: FBT001 -- two answers of one requirement
    return State.MET if holds else State.DOUBT if doubt else State.FAILED


def _outcome(reasons: tuple[Reason, ...]) -> Outcome:
    states = {reason.state for reason in reasons}
    if State.FAILED in states:
        return Outcome.NOT_ELIGIBLE
    if State.MISSING in states:
        return Outcome.MISSING
    return Outcome.REFER if State.DOUBT in states else Outcome.ELIGIBLE


def _soonest(rule: Rule, reasons: tuple[Reason, ...], facts: Facts) -> tuple[str, ...]:
    """Return what is missing: first what settles most requirements by itself, then what most of them need, then in order."""
    needs = [
        {name for name in inputs_of(reason.requirement.test) if facts.get(name) is None}
        for reason in reasons if reason.state == State.MISSING
    ]  # fmt: skip
    wanted = {name for name in inputs_of(rule.award) if facts.get(name) is None}.union(*needs)
    return tuple(sorted(wanted, key=lambda name: (-needs.count({name}), -sum(name in need for need in needs), rule.position(name))))


# All that the generated text may name.
_NAMES: dict[str, object] = {
    "__builtins__": {"min": min, "max": max},
    "new": tuple.__new__,
    "Decision": Decision,
    "Reason": Reason,
    "wrong": _out_of_range,
    "met": State.MET,
    "failed": State.FAILED,
    "doubt": State.DOUBT,
    "eligible": Outcome.ELIGIBLE,
    "refer": Outcome.REFER,
    "refused": Outcome.NOT_ELIGIBLE,
}


def _generated(rule: Rule, figures: Mapping[str, int]) -> Callable[..., Decision]:
    """Generate the function that judges a household of which everything is known.

    The text is ours: positions of inputs and requirements, and whole numbers. No word of the rule stands in it.
    """
    writer, many = Writer(rule, figures, Python()), range(len(rule.requirements))
    names = [f"x{n}" for n in range(len(rule.inputs))]
    within = " and ".join(f"0 <= {name} <= {most_of(found)}" for name, found in zip(names, rule.inputs, strict=True))
    lines = [
        f"def judge({', '.join(names)}):",
        f" if not ({within}): wrong(inputs, [{', '.join(names)}])",
        *(f" h{n} = {writer.test(requirement.test)}" for n, requirement in enumerate(rule.requirements)),
        *(f" d{n} = not h{n} and {writer.test(r.doubt)}" for n, r in enumerate(rule.requirements) if r.doubt is not None),
        f" reasons = ({' '.join(_row(writer, n) + ',' for n in many)})",
        f" if {' and '.join(f'h{n}' for n in many)}: return new(Decision, (eligible, {writer.number(rule.award)}, reasons, ()))",
        f" if {' and '.join(_open(rule, n) for n in many)}: return new(Decision, (refer, 0, reasons, ()))",
        " return new(Decision, (refused, 0, reasons, ()))",
    ]
    known: dict[str, object] = _NAMES | {f"q{n}": found for n, found in enumerate(rule.requirements)} | {"inputs": rule.inputs}
    exec(compile("\n".join(lines), "<rule>", "exec"), known)  # noqa: S102 -- as above
    judge: Callable[..., Decision] = known["judge"]  # type: ignore[assignment]  # the function just made
    return judge


def _row(writer: Writer, n: int) -> str:
    requirement = writer.rule.requirements[n]
    told = leading(requirement.test)
    state = f"met if h{n} else failed" if requirement.doubt is None else f"met if h{n} else doubt if d{n} else failed"
    if not isinstance(told, Compare):
        return f"new(Reason, (q{n}, {state}, x{writer.rule.position(told.name)}, None, None))"
    value, threshold = writer.number(told.left), writer.number(told.right)
    margin = f"{threshold} - {value}" if _sign(requirement.test) < 0 else f"{value} - {threshold}"
    return f"new(Reason, (q{n}, {state}, {value}, {threshold}, {margin}))"


def _open(rule: Rule, n: int) -> str:
    return f"h{n}" if rule.requirements[n].doubt is None else f"(h{n} or d{n})"
