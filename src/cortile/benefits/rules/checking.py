"""Before a rule may decide: every name is declared, kinds agree, and no sum can ever grow past 64 bits.

A version is published only when this finds nothing. An int32 product of cents and basis points would lose money without a
word (benefits.md §7.3): widths are proved from the largest values inputs and parameters may have, not hoped for.
"""

from __future__ import annotations

from collections.abc import Iterator

from cortile.benefits.rules.nodes import (
    Amount,
    Compare,
    Fact,
    Figure,
    Holds,
    Kind,
    Least,
    LeftOver,
    Node,
    Number,
    OneOf,
    Rule,
    Share,
    Sum,
    parts,
)  # fmt: skip
from cortile.benefits.rules.reading import RuleError

LARGEST = 2**63 - 1
# One whole, in basis points.
WHOLE = 10_000
ANY_KIND = None


def check(rule: Rule) -> None:
    """Raise ``RuleError`` at the first thing that keeps a rule from deciding."""
    for problem in problems(rule):
        raise problem


def problems(rule: Rule) -> Iterator[RuleError]:
    """Yield what keeps a rule from deciding, in the order it is read."""
    yield from _names(rule)
    yield from _inputs(rule)
    for requirement in rule.requirements:
        yield from _node(rule, requirement.test, f"requirements/{requirement.key}")
        if requirement.doubt is not None:
            yield from _node(rule, requirement.doubt, f"requirements/{requirement.key}/doubt")
    yield from _node(rule, rule.award, "award")
    if kind_of(rule, rule.award) not in {Kind.CENTS, ANY_KIND}:
        yield RuleError("award", "Il contributo è una somma di denaro.")


def _names(rule: Rule) -> Iterator[RuleError]:
    for group, names in (
        ("inputs", [found.name for found in rule.inputs]),
        ("parameters", [found.name for found in rule.parameters]),
        ("requirements", [found.key for found in rule.requirements]),
    ):
        yield from (RuleError(group, f"«{name}» c'è due volte.") for name in sorted({n for n in names if names.count(n) > 1}))


def _inputs(rule: Rule) -> Iterator[RuleError]:
    for found in rule.inputs:
        if found.kind in {Kind.CENTS, Kind.COUNT, Kind.BASIS_POINTS} and found.most <= 0:
            yield RuleError(f"inputs/{found.name}/most", "Di' il valore più grande che può avere: serve a provare i conti.")
        if found.kind == Kind.CODE and len(set(found.options)) != max(1, len(found.options)):
            yield RuleError(f"inputs/{found.name}/options", "Un codice ha le sue parole, ciascuna una volta.")


def _node(rule: Rule, node: Node, place: str) -> Iterator[RuleError]:
    unknown = _unknown(rule, node)
    if unknown:
        yield RuleError(place, unknown)
        return
    for part in parts(node):
        found = list(_node(rule, part, place))
        yield from found
        if found:
            return
    wrong = _kinds(rule, node)
    if wrong:
        yield RuleError(place, wrong)
    elif isinstance(node, Least | Sum | LeftOver | Share) and most(rule, node) > LARGEST:
        yield RuleError(place, "Con i valori più grandi questo conto non sta in 64 bit.")


def _unknown(rule: Rule, node: Node) -> str:
    inputs, figures = {i.name: i for i in rule.inputs}, {p.name for p in rule.parameters}
    if isinstance(node, Fact | Holds | OneOf) and node.name not in inputs:
        return f"«{node.name}» non è tra i dati della regola."
    if isinstance(node, Figure) and node.name not in figures:
        return f"«{node.name}» non è tra i parametri della regola."
    if isinstance(node, OneOf):
        strange = sorted(set(node.options) - set(inputs[node.name].options))
        return f"«{strange[0]}» non è tra le parole di {node.name}." if strange else ""
    return ""


def _kinds(rule: Rule, node: Node) -> str:
    if isinstance(node, OneOf):
        return "" if rule.input(node.name).kind == Kind.CODE else f"«{node.name}» non è un codice."
    if isinstance(node, Holds):
        return "" if rule.input(node.name).kind == Kind.FLAG else f"«{node.name}» non è un sì o no."
    if isinstance(node, Share):
        fits = kind_of(rule, node.of) in {Kind.CENTS, ANY_KIND} and kind_of(rule, node.rate) == Kind.BASIS_POINTS
        return "" if fits else "Una quota è una somma di denaro per dei punti base."
    if isinstance(node, Compare | Least | Sum | LeftOver):
        kinds = {kind_of(rule, part) for part in parts(node)} - {ANY_KIND}  # type: ignore[arg-type]  # their parts are numbers
        return "" if len(kinds) <= 1 and not kinds & {Kind.CODE, Kind.FLAG} else "Si mettono insieme solo numeri dello stesso tipo."
    return ""


def kind_of(rule: Rule, node: Number) -> Kind | None:
    """Return what a number means; None for a bare amount, which goes with any."""
    if isinstance(node, Fact):
        return rule.input(node.name).kind
    if isinstance(node, Figure):
        return next(found.kind for found in rule.parameters if found.name == node.name)
    if isinstance(node, Share):
        return Kind.CENTS
    found = (kind_of(rule, part) for part in parts(node))  # type: ignore[arg-type]  # the parts of a number are numbers
    return next((kind for kind in found if kind is not None), ANY_KIND)


def most(rule: Rule, node: Number) -> int:
    """Return the largest value that stands anywhere while a number is worked out: never past ``LARGEST`` in a sound rule."""
    if isinstance(node, Fact):
        return rule.input(node.name).most
    if isinstance(node, Figure):
        return max(dated.value for found in rule.parameters if found.name == node.name for dated in found.values)
    if isinstance(node, Amount):
        return abs(node.value)
    if isinstance(node, Share):
        # Twice, for the half that is rounded up: (2 × sum × rate + whole) / (2 × whole).
        return 2 * most(rule, node.of) * most(rule, node.rate) + WHOLE
    inside = [most(rule, part) for part in parts(node)]  # type: ignore[arg-type]  # as above
    return sum(inside) if isinstance(node, Sum) else max(inside)
