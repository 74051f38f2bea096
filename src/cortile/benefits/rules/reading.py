"""A rule read from JSON and written back. What is not a rule is refused with the place and a sentence, never run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from cortile.benefits.rules.nodes import (
    MOST_REQUIREMENTS,
    Amount,
    Compare,
    Dated,
    Every,
    Fact,
    Figure,
    Holds,
    Input,
    Kind,
    Least,
    LeftOver,
    Not,
    Number,
    OneOf,
    Order,
    Parameter,
    Requirement,
    Rounding,
    Rule,
    Share,
    Some,
    Sum,
    Test,
)  # fmt: skip

# A tree deeper than this is a mistake, or an attack on whoever walks it.
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class RuleError(ValueError):
    """What is wrong with a rule, and where: ``requirements/isee_floor/test``."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def _wrong(place: str, sentence: str, because: Exception | None = None) -> NoReturn:
    raise RuleError(place, sentence) from because


def read(data: object) -> Rule:
    """Return the rule some JSON data says. Raise ``RuleError`` at the first thing that is not one."""
    whole = _mapping(data, "regola")
    _only(whole, {"inputs", "parameters", "requirements", "award"}, "regola")
    requirements = tuple(_each(whole, "requirements", _requirement))
    if not 0 < len(requirements) <= MOST_REQUIREMENTS:
        _wrong("requirements", f"I requisiti sono da uno a {MOST_REQUIREMENTS}.")
    return Rule(
        tuple(_each(whole, "inputs", _input)), tuple(_each(whole, "parameters", _parameter)), requirements,
        _number(whole.get("award"), "award", 0),
    )  # fmt: skip


def _each(
    whole: Mapping[str, Any], name: str, read_one: Callable[[Mapping[str, Any], str], Any], inside: str = ""
) -> Iterator[Any]:
    rows, at = whole.get(name), f"{inside}{name}"
    if not isinstance(rows, list):
        _wrong(at, "Qui serve un elenco.")
    for n, row in enumerate(rows):
        yield read_one(_mapping(row, f"{at}/{n}"), f"{at}/{n}")


def _input(row: Mapping[str, Any], place: str) -> Input:
    _only(row, {"name", "kind", "label", "source", "most", "unit", "options", "months"}, place)
    return Input(
        _text(row, "name", place), _kind(row, place), _text(row, "label", place), _text(row, "source", place),
        _whole(row, "most", place), str(row.get("unit", "")), tuple(_words(row.get("options", []), f"{place}/options")),
        _whole(row, "months", place),
    )  # fmt: skip


def _parameter(row: Mapping[str, Any], place: str) -> Parameter:
    _only(row, {"name", "kind", "label", "values", "citation", "unconfirmed"}, place)
    values = tuple(_each(row, "values", _dated, f"{place}/"))
    if not values or list(values) != sorted(values, key=lambda v: v.since):
        _wrong(f"{place}/values", "I valori di un parametro hanno ciascuno un giorno, dal primo all'ultimo.")
    return Parameter(
        _text(row, "name", place), _kind(row, place), _text(row, "label", place), values, _text(row, "citation", place),
        row.get("unconfirmed") is True,
    )  # fmt: skip


def _dated(row: Mapping[str, Any], place: str) -> Dated:
    _only(row, {"since", "value"}, place)
    try:
        return Dated(date.fromisoformat(str(row.get("since"))), _whole(row, "value", place))
    except ValueError as error:
        _wrong(f"{place}/since", "Il giorno si scrive così: 2026-01-31.", error)


def _requirement(row: Mapping[str, Any], place: str) -> Requirement:
    _only(row, {"key", "test", "label", "citation", "cure", "next_programme", "doubt"}, place)
    doubt = row.get("doubt")
    return Requirement(
        _text(row, "key", place), _test(row.get("test"), f"{place}/test", 0), _text(row, "label", place),
        _text(row, "citation", place), _text(row, "cure", place), str(row.get("next_programme", "")),
        None if doubt is None else _test(doubt, f"{place}/doubt", 0),
    )  # fmt: skip


# --- nodes: one word, and what it is of ---


def _node(data: object, place: str, depth: int) -> tuple[str, Any]:
    row = _mapping(data, place)
    if len(row) != 1 or depth > DEEPEST:
        _wrong(place, "Un nodo ha una sola parola, e non troppi altri dentro.")
    ((word, of),) = row.items()
    return word, of


def _number(data: object, place: str, depth: int) -> Number:
    word, of = _node(data, place, depth)
    inside = f"{place}/{word}"
    if word in {"input", "parameter"}:
        return (Fact if word == "input" else Figure)(_name(of, inside))
    if word == "amount":
        return Amount(_plain(of, inside))
    if word in {"least", "sum"}:
        return (Least if word == "least" else Sum)(tuple(_number(o, f"{inside}/{n}", depth + 1) for n, o in _some(of, inside)))
    if word == "left_over":
        first, second = _two(of, inside)
        return LeftOver(_number(first, f"{inside}/0", depth + 1), _number(second, f"{inside}/1", depth + 1))
    if word == "share":
        return _share(_mapping(of, inside), inside, depth)
    _wrong(place, f"«{word}» non è un numero che conosciamo.")


def _share(of: Mapping[str, Any], place: str, depth: int) -> Share:
    _only(of, {"of", "rate", "rounding"}, place)
    rounding = of.get("rounding")
    if rounding not in set(Rounding):
        _wrong(f"{place}/rounding", "Di' come si arrotonda: half_up o down.")
    of_what, rate = _number(of.get("of"), f"{place}/of", depth + 1), _number(of.get("rate"), f"{place}/rate", depth + 1)
    return Share(of_what, rate, Rounding(rounding))


def _test(data: object, place: str, depth: int) -> Test:
    word, of = _node(data, place, depth)
    inside = f"{place}/{word}"
    if word in set(Order):
        left, right = _two(of, inside)
        return Compare(Order(word), _number(left, f"{inside}/0", depth + 1), _number(right, f"{inside}/1", depth + 1))
    if word == "one_of":
        name, options = _two(of, inside)
        return OneOf(_name(name, inside), tuple(_words(options, inside)))
    if word == "holds":
        return Holds(_name(of, inside))
    if word == "not":
        return Not(_test(of, inside, depth + 1))
    if word in {"every", "some"}:
        return (Every if word == "every" else Some)(tuple(_test(o, f"{inside}/{n}", depth + 1) for n, o in _some(of, inside)))
    _wrong(place, f"«{word}» non è una condizione che conosciamo.")


# --- the smallest pieces ---


def _mapping(data: object, place: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        _wrong(place, "Qui serve un insieme di voci con il loro nome.")
    return data


def _only(row: Mapping[str, Any], known: set[str], place: str) -> None:
    strange = sorted(set(row) - known)
    if strange:
        _wrong(place, f"Voci che non conosciamo: {', '.join(map(str, strange))}.")


def _text(row: Mapping[str, Any], name: str, place: str) -> str:
    found = row.get(name)
    if not isinstance(found, str) or not found.strip():
        _wrong(f"{place}/{name}", "Qui serve una scritta.")
    return found


def _name(of: object, place: str) -> str:
    if not isinstance(of, str) or not of:
        _wrong(place, "Qui serve il nome di un dato.")
    return of


def _words(of: object, place: str) -> list[str]:
    if not isinstance(of, list) or not all(isinstance(word, str) and word for word in of):
        _wrong(place, "Qui serve un elenco di parole.")
    return of


def _plain(of: object, place: str) -> int:
    # A boolean is a whole number to Python, and a mistake in a rule. Below nought a division would round the other way.
    if not isinstance(of, int) or isinstance(of, bool) or of < 0:
        _wrong(place, "Qui serve un numero intero da zero in su: centesimi, punti base o un conto.")
    return of


def _whole(row: Mapping[str, Any], name: str, place: str) -> int:
    return _plain(row.get(name, 0), f"{place}/{name}")


def _kind(row: Mapping[str, Any], place: str) -> Kind:
    if row.get("kind") not in set(Kind):
        _wrong(f"{place}/kind", f"Il tipo è uno di questi: {', '.join(Kind)}.")
    return Kind(row["kind"])


def _some(of: object, place: str) -> Iterator[tuple[int, object]]:
    if not isinstance(of, list) or not of:
        _wrong(place, "Qui serve un elenco di almeno una voce.")
    yield from enumerate(of)


def _two(of: object, place: str) -> tuple[object, object]:
    if not isinstance(of, list) or len(of) != 2:  # noqa: PLR2004 -- two sides
        _wrong(place, "Qui servono due voci.")
    return of[0], of[1]
