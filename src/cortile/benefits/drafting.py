"""A version as a form that reads as sentences, and back. Pure: what was typed is kept whatever is wrong with it.

Each parameter is a field inside its own sentence («L'ISEE è almeno [9.360,01] euro.»), each requirement can be switched off
and on again, and a new one is put together from a datum, a comparison and a value: nodes, never text that is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from cortile.benefits.drafting_terms import terms_from
from cortile.benefits.rules import checking, deciding, reading, sentences, writing
from cortile.benefits.rules.nodes import Dated, Kind, Node, Parameter, Requirement, Rule, figures_of, inputs_of
from cortile.benefits.rules.reading import RuleError
from cortile.benefits.terms import Terms
from cortile.kit import clock, money

Typed: TypeAlias = Mapping[str, str]
ON = "on"
# How a new requirement compares a datum, in words; the last three are for codes and for what is yes or no.
ORDERS = {
    "at_least": "è almeno", "at_most": "non supera", "more_than": "è più di", "less_than": "è meno di",
    "one_of": "è una di queste:",
    "holds": "sì", "holds_not": "no",
}  # fmt: skip
NEW = ("n-input", "n-order", "n-value", "n-citation", "n-cure")
_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure to type: the name of its field, what it is, what stands after it, and whether somebody must still confirm it."""

    name: str
    label: str
    value: str
    after: str
    citation: str
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: words, or a figure to type."""

    text: str = ""
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement as it is edited: its sentence, whether it counts, where it is written and how it is cured."""

    key: str
    pieces: tuple[Piece, ...]
    on: bool
    citation: str
    cure: str
    doubts: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole rule to edit. ``rest`` are figures no sentence says."""

    lines: tuple[Line, ...]
    award: tuple[Piece, ...]
    rest: tuple[Slot, ...]


@dataclass(slots=True)
class Written:
    """What was typed, as a version takes it. ``wrong`` says field by field what does not hold; then there is nothing to keep."""

    rule: Rule | None = None
    terms: Terms | None = None
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Tell whether it can be kept, counted and proposed."""
        return not self.wrong and self.rule is not None and self.terms is not None


def pool(rule: Rule, catalogue: Rule | None) -> Rule:
    """Return a rule with what its programme's own rule has beside it: requirements that are off can be switched on again."""
    if catalogue is None:
        return rule
    more = [r for r in catalogue.requirements if r.key not in {own.key for own in rule.requirements}]
    inputs = [i for i in catalogue.inputs if i.name not in {own.name for own in rule.inputs}]
    figures = [p for p in catalogue.parameters if p.name not in {own.name for own in rule.parameters}]
    return Rule((*rule.inputs, *inputs), (*rule.parameters, *figures), (*rule.requirements, *more), rule.award)


def typed_of(rule: Rule, every: Rule) -> dict[str, str]:
    """Return a rule as its form shows it. ``every`` is its pool: what is not in the rule is there, and off."""
    own = {found.key for found in rule.requirements}
    said = {f"p-{p.name}": figure_typed(p.kind, p.values[-1].value) for p in every.parameters}
    said |= {f"p-{p.name}-tbc": ON for p in every.parameters if p.unconfirmed}
    for found in every.requirements:
        said |= {f"r-{found.key}-citation": found.citation, f"r-{found.key}-cure": found.cure}
        said |= {f"r-{found.key}": ON} if found.key in own else {}
    return said


def figure_typed(kind: Kind, value: int) -> str:
    """Write a figure as it is typed: «9.360,01» for cents, «50» for half, «24» for a count."""
    return money.figures(value) if kind in {Kind.CENTS, Kind.BASIS_POINTS} else str(value)


def figure_read(kind: Kind, text: str) -> int:
    """Read a figure as it is typed. Raise ``ValueError``."""
    # Basis points are hundredths of one per cent, as cents are of a euro.
    found = money.cents(text) if kind in {Kind.CENTS, Kind.BASIS_POINTS} else int(text.strip())
    if found < 0:
        raise ValueError(text)
    return found


def sheet(every: Rule, typed: Typed) -> Sheet:
    """Lay a pool of requirements out with what was typed."""
    slots = {p.name: _slot(every, p, typed) for p in every.parameters}
    lines = tuple(_line(found, slots, typed) for found in every.requirements)
    award = _pieces(f"Il contributo è {sentences.award_pattern(every)}.", slots)
    told = {p.slot.name for pieces in (award, *(ln.pieces for ln in lines)) for p in pieces if p.slot}
    told |= {slot.name for line in lines for slot in line.doubts}
    return Sheet(lines, award, tuple(slot for slot in slots.values() if slot.name not in told))


def _slot(rule: Rule, found: Parameter, typed: Typed) -> Slot:
    after = {Kind.CENTS: "euro", Kind.BASIS_POINTS: "%"}.get(found.kind) or sentences.unit_of(rule, found.name)
    name = f"p-{found.name}"
    return Slot(name, found.label, typed.get(name, ""), after, found.citation, typed.get(f"{name}-tbc") == ON)


def _line(found: Requirement, slots: Mapping[str, Slot], typed: Typed) -> Line:
    name, pieces = f"r-{found.key}", _pieces(found.label, slots)
    told = {p.slot for p in pieces if p.slot}
    needed = [*sorted(figures_of(found.test)), *(sorted(figures_of(found.doubt)) if found.doubt else [])]
    doubts = tuple(dict.fromkeys(slots[n] for n in needed if slots[n] not in told))
    return Line(found.key, pieces, typed.get(name) == ON, typed.get(f"{name}-citation", ""), typed.get(f"{name}-cure", ""), doubts)


def _pieces(label: str, slots: Mapping[str, Slot]) -> tuple[Piece, ...]:
    """Cut a sentence at the figures it names; what stands after a figure («euro») comes with it."""
    parts = _BRACES.split(label)
    return tuple(Piece(slot=slots[part]) if n % 2 and part in slots else Piece(part) for n, part in enumerate(parts) if part)


# --- back ---


def written(every: Rule, typed: Typed) -> Written:
    """Read a form back. Nothing is raised: each thing that does not hold is named with its field and a sentence."""
    found = Written()
    terms = terms_from(typed, found.wrong)
    parameters = [_parameter(p, typed, found.wrong) for p in every.parameters]
    on = [_requirement(r, typed, found.wrong) for r in every.requirements if typed.get(f"r-{r.key}") == ON]
    data = writing.data_of(replace(every, parameters=tuple(parameters), requirements=tuple(on)))
    _added(every, typed, data, found.wrong)
    if terms is not None and not found.wrong:
        found.rule, found.terms = _checked(data, terms, found.wrong), terms
    return found


def _parameter(found: Parameter, typed: Typed, wrong: dict[str, str]) -> Parameter:
    name = f"p-{found.name}"
    try:
        value = figure_read(found.kind, typed.get(name, ""))
    except ValueError:
        wrong[name] = f"{found.label}: scrivi un numero, per esempio {figure_typed(found.kind, found.values[-1].value)}."
        return found
    # The newest of its dated values is the one this version is about; those before it stay as they were.
    values = (*found.values[:-1], Dated(found.values[-1].since, value))
    return replace(found, values=values, unconfirmed=typed.get(f"{name}-tbc") == ON)


def _requirement(found: Requirement, typed: Typed, wrong: dict[str, str]) -> Requirement:
    said = {}
    for part, missing in (("citation", "Dove è scritto?"), ("cure", "Che cosa può fare chi non ce l'ha?")):
        said[part] = typed.get(f"r-{found.key}-{part}", "").strip()
        if not said[part]:
            wrong[f"r-{found.key}-{part}"] = missing
    return replace(found, citation=said["citation"], cure=said["cure"]) if all(said.values()) else found


def _checked(data: Mapping[str, Any], terms: Terms, wrong: dict[str, str]) -> Rule | None:
    """Return the rule with only the data and figures it uses, if it can decide on the day the call opens."""
    try:
        rule = _lean(reading.read(data))
        checking.check(rule)
        deciding.figures_on(rule, clock.local(terms.opens_at).date())
    except RuleError as error:
        parts = error.place.split("/")
        wrong["r-" + parts[1] if parts[0] == "requirements" and len(parts) > 1 else ""] = f"{error.place}: {error.sentence}"
        return None
    except deciding.FactError as error:
        wrong["opens_at"] = f"Quel giorno non vale ancora una cifra. {error}"
        return None
    return rule


def _lean(rule: Rule) -> Rule:
    """Leave out what nothing uses: a question nobody needs is not asked of anybody (I9)."""
    nodes: list[Node] = [rule.award, *(r.test for r in rule.requirements), *(r.doubt for r in rule.requirements if r.doubt)]
    inputs: Iterable[str] = frozenset().union(*map(inputs_of, nodes))
    figures: Iterable[str] = frozenset().union(*map(figures_of, nodes))
    kept = tuple(i for i in rule.inputs if i.name in inputs), tuple(p for p in rule.parameters if p.name in figures)
    return replace(rule, inputs=kept[0], parameters=kept[1])


def _added(every: Rule, typed: Typed, data: dict[str, Any], wrong: dict[str, str]) -> None:
    """Put the new requirement of a form, if there is one, at the end of a rule's data."""
    if not typed.get("n-input"):
        return
    said = {name: typed.get(name, "").strip() for name in NEW}
    found = next((i for i in every.inputs if i.name == said["n-input"]), None)
    fits = _ORDERS_OF.get(found.kind, tuple(ORDERS)[:4]) if found else ()
    if found is None or said["n-order"] not in fits:
        wrong["n-order"] = "Questo confronto non va con questo dato."
        return
    wrong |= {name: "Manca questa risposta." for name in ("n-citation", "n-cure") if not said[name]}
    key = _free(f"{found.name}_{said['n-order']}", every)
    try:
        test, words = _new_test(every, found.name, said, key, data)
    except ValueError:
        wrong["n-value"] = "Questo valore non va con questo dato."
        return
    label = f"{found.label[:1].upper()}{found.label[1:]}{words}."
    data["requirements"].append(
        {"key": key, "test": test, "label": label, "citation": said["n-citation"], "cure": said["n-cure"], "next_programme": ""}
    )


_ORDERS_OF = {Kind.CODE: ("one_of",), Kind.FLAG: ("holds", "holds_not")}


def _new_test(every: Rule, name: str, said: Mapping[str, str], key: str, data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the node of a new requirement, with the words after its datum. A figure becomes a parameter of its own."""
    order, found = said["n-order"], every.input(name)
    if found.kind == Kind.FLAG:
        holds = {"holds": name}
        return (holds, ": sì") if order == "holds" else ({"not": holds}, ": no")
    if found.kind == Kind.CODE:
        options = [word.strip() for word in said["n-value"].split(",") if word.strip()]
        if not options or set(options) - set(found.options):
            raise ValueError(said["n-value"])
        return {"one_of": [name, options]}, f" è {' o '.join(options)}"
    value = figure_read(found.kind, said["n-value"])
    since = min((p.values[0].since for p in every.parameters), default=date(clock.today().year, 1, 1))
    data["parameters"].append({
        "name": key, "kind": str(found.kind), "label": f"{found.label}, {ORDERS[order]}", "citation": said["n-citation"] or "-",
        "values": [{"since": since.isoformat(), "value": value}], "unconfirmed": False,
    })  # fmt: skip
    return {order: [{"input": name}, {"parameter": key}]}, f" {ORDERS[order]} {{{key}}}"


def _free(wanted: str, every: Rule) -> str:
    taken = {r.key for r in every.requirements} | {p.name for p in every.parameters}
    return next(name for name in (wanted, *(f"{wanted}_{n}" for n in range(2, 100))) if name not in taken)
