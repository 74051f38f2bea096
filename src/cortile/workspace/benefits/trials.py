"""A try of a call as a page shows it: counts in words, a bar a reason, a line a quarter. Aggregates, and nobody's name."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cortile.benefits import words
from cortile.benefits.rules import sentences
from cortile.benefits.simulating import Key
from cortile.benefits.trying import Trial
from cortile.kit import charts
from cortile.kit.money import figures as in_euros
from cortile.kit.small_cells import LEAST, Hidden


class Bar(NamedTuple):
    """A reason: its sentence, how many fail it alone, its bar as drawn, and how near they came. What is hidden has no bar."""

    label: str
    said: str
    drawn: SafeString
    near: list[tuple[str, str]]


class Shown(NamedTuple):
    """A whole try, in words."""

    figures: list[tuple[str, str]]
    changes: list[tuple[str, str]]
    bars: list[Bar]
    places: list[tuple[str, list[tuple[str, str]]]]
    asked: tuple[str, ...]


def count(cell: Hidden | int | None) -> str:
    """Say a count, or that it is not told."""
    if isinstance(cell, Hidden):
        return str(words.FEW if cell.few else words.NOT_SHOWN)
    return f"{cell or 0:,}".replace(",", ".")


def few(number: int) -> str:
    """Say a count that stands alone: from one to four is «meno di 5»."""
    return count(Hidden(few=True) if 0 < number < LEAST else number)


def cents(found: int | None) -> str:
    """Say a sum, or that it is not told."""
    return str(words.NOT_SHOWN) if found is None else _("%(sum)s euro") % {"sum": in_euros(found)}


def shown(trial: Trial) -> Shown:
    """Return a try as its page says it."""
    return Shown(_figures(trial), _changes(trial) if trial.compared else [], _bars(trial), _places(trial), trial.asked)


def _figures(trial: Trial) -> list[tuple[str, str]]:
    of = trial.counts.get
    return [
        (_("Contratti guardati"), count(of(("people",)))), (_("Hanno i requisiti"), count(of(("eligible",)))),
        (_("Non li hanno"), count(of(("refused",)))), (_("Manca un dato"), count(of(("missing",)))),
        (_("Decide una persona"), count(of(("refer",)))), (_("Servirebbero"), cents(trial.cost)),
        (_("Ci sono"), cents(trial.envelope)), (_("Ricevono"), count(of(("reached",)))),
        (_("In attesa di fondi"), count(of(("waiting",)))),
        (_("Spesi"), cents(trial.given)),
    ]  # fmt: skip


def _changes(trial: Trial) -> list[tuple[str, str]]:
    of = trial.counts.get
    return [
        (_("Ricevevano prima"), count(of(("reached", "before")))), (_("Entrano"), count(of(("reached", "enter")))),
        (_("Escono"), count(of(("reached", "leave")))), (_("Ricevono adesso"), count(of(("reached",)))),
        (_("Spesi prima"), cents(trial.given_before)), (_("Spesi adesso"), cents(trial.given)),
    ]  # fmt: skip


def _bars(trial: Trial) -> list[Bar]:
    alone = [key for key in trial.counts if key[0] == "alone" and len(key) == 2]  # noqa: PLR2004 -- («alone», requirement)
    longest = max((_size(trial, key) for key in [*alone, ("several",)]), default=0) or 1
    labels = {r.key: sentences.label(r, trial.rule, trial.figures) for r in trial.rule.requirements}
    bars = [_bar(trial, key, _("Solo questo: %(what)s") % {"what": labels[key[1]]}, longest) for key in alone]
    return [*bars, _bar(trial, ("several",), _("Più di un requisito"), longest)]


def _size(trial: Trial, key: Key) -> int:
    cell = trial.counts.get(key, 0)
    return 0 if isinstance(cell, Hidden) else cell


def _bar(trial: Trial, key: Key, label: str, longest: int) -> Bar:
    near = [
        (str(words.NEAR[part[2]]), count(cell)) for part, cell in trial.counts.items()
        if len(part) == 3 and part[:2] == key and cell != 0  # noqa: PLR2004 -- («alone», requirement, how near)
    ]  # fmt: skip
    said = count(trial.counts.get(key, 0))
    return Bar(label, said, charts.share(_size(trial, key), longest, f"{label}: {said}"), near)


def _places(trial: Trial) -> list[tuple[str, list[tuple[str, str]]]]:
    heads = (("eligible", _("Hanno i requisiti")), ("reached", _("Ricevono")))
    return [(name, [(said, count(trial.counts.get(("place", pk, part)))) for part, said in heads]) for pk, name in trial.places]
