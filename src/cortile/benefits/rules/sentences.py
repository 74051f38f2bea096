"""The rule in plain Italian: what it asks, and what it found in one household. The same tree that decides says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cortile.benefits.rules.deciding import Reason, State, leading
from cortile.benefits.rules.nodes import (
    Amount,
    Compare,
    Fact,
    Figure,
    Kind,
    Least,
    LeftOver,
    Number,
    Requirement,
    Rounding,
    Rule,
    Share,
)
from cortile.kit import money

WHOLE_EURO = 100


def said(kind: Kind, value: int, *, unit: str = "", options: tuple[str, ...] = ()) -> str:
    """Say a value as people read it: cents as euros, basis points as a percentage, a code as its word."""
    if kind == Kind.CENTS:
        return euros(value)
    if kind == Kind.BASIS_POINTS:
        return f"{value / WHOLE_EURO:g} %".replace(".", ",")
    if kind == Kind.FLAG:
        return "sì" if value else "no"
    return options[value] if kind == Kind.CODE else f"{value} {unit}".strip()


def euros(cents: int) -> str:
    """Say cents in euros: «9.360,01 euro», «600 euro»."""
    return f"{money.figures(cents)} euro"


def label(requirement: Requirement, rule: Rule, figures: Mapping[str, int]) -> str:
    """Say one requirement with the figures in force."""
    units = {found.name: unit_of(rule, found.name) for found in rule.parameters}
    known = {found.name: said(found.kind, figures[found.name], unit=units[found.name]) for found in rule.parameters}
    text = requirement.label
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def unit_of(rule: Rule, name: str) -> str:
    """Return what stands after a parameter's figure: the unit of the inputs of its kind, such as «mesi»."""
    kind = next(found.kind for found in rule.parameters if found.name == name)
    return next((found.unit for found in rule.inputs if found.kind == kind and found.unit), "")


def value_of(reason: Reason, rule: Rule) -> str:
    """Say what was found, or «non lo sappiamo ancora»."""
    told = leading(reason.requirement.test)
    if reason.value is None:
        return "non lo sappiamo ancora"
    if isinstance(told, Compare) and not isinstance(told.left, Fact):
        return euros(reason.value)
    name = told.left.name if isinstance(told, Compare) and isinstance(told.left, Fact) else told.name  # type: ignore[union-attr]  # one of the two
    found = rule.input(name)
    return said(found.kind, reason.value, unit=found.unit, options=found.options)


def short_by(reason: Reason, rule: Rule) -> str:
    """Say by how much a requirement is missed: «1 centesimo», «612,40 euro», «3 mesi»; nothing where it is not a number."""
    told = leading(reason.requirement.test)
    if reason.state not in {State.FAILED, State.DOUBT} or not reason.margin or not isinstance(told, Compare):
        return ""
    by, kind = abs(reason.margin), rule.input(told.left.name).kind if isinstance(told.left, Fact) else Kind.CENTS
    if kind == Kind.CENTS and by < WHOLE_EURO:
        return "1 centesimo" if by == 1 else f"{by} centesimi"
    return said(kind, by, unit=rule.input(told.left.name).unit if isinstance(told.left, Fact) else "")


def award_said(rule: Rule, figures: Mapping[str, int]) -> str:
    """Say how the sum is worked out: «il più basso tra 600 euro e il 50 % della spesa di riscaldamento da pagare»."""
    kinds = {found.name: found.kind for found in rule.parameters}
    return _number(rule, lambda name: said(kinds[name], figures[name]), rule.award)


def award_pattern(rule: Rule) -> str:
    """Say it with the names of its parameters in braces, as the labels of requirements have them."""
    return _number(rule, lambda name: f"{{{name}}}", rule.award)


def _number(rule: Rule, figure: Callable[[str], str], node: Number) -> str:
    if isinstance(node, Fact):
        return rule.input(node.name).label
    if isinstance(node, Figure):
        return figure(node.name)
    if isinstance(node, Amount):
        return euros(node.value)
    if isinstance(node, Share):
        cut = "al centesimo" if node.rounding == Rounding.HALF_UP else "al centesimo, per difetto"
        return f"il {_number(rule, figure, node.rate)} {_of(_number(rule, figure, node.of))}, arrotondato {cut}"
    if isinstance(node, LeftOver):
        return f"{_number(rule, figure, node.of)} meno {_number(rule, figure, node.less)}"
    parts = [_number(rule, figure, part) for part in node.of]
    together = f"{', '.join(parts[:-1])} e {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"il più basso tra {together}" if isinstance(node, Least) else f"la somma di {together}"


def _of(words: str) -> str:
    """Put «di» before words that begin with their article: «la spesa» becomes «della spesa»."""
    article, _, rest = words.partition(" ")
    joined = {"il": "del", "lo": "dello", "la": "della", "i": "dei", "gli": "degli", "le": "delle"}.get(article)
    return f"{joined} {rest}" if joined else f"di {words}"


def whole(rule: Rule, figures: Mapping[str, int]) -> list[str]:
    """Say the whole rule: a sentence per requirement, then the sum."""
    return [*(label(found, rule, figures) for found in rule.requirements), f"Il contributo è {award_said(rule, figures)}."]
