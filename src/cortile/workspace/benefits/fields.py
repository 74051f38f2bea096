"""The fields of a version's form: what was typed comes back whatever is wrong with it, each error beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from cortile.benefits import words
from cortile.benefits.drafting import ORDERS, Piece, Sheet, Slot
from cortile.benefits.rules.nodes import Rule
from cortile.benefits.terms import ITEMS, OF

# Several choices of one name: kept as lines.
MANY = ("territory", "excludes")
AREAS = ("documents", "cumulation", "unconfirmed", "purpose", "paid_how")
NOTICE = "preliminary_notice"
DAYS = {"opens_at", "closes_at", "takes_effect"}


class Field(NamedTuple):
    """A field as the template draws it. ``kind`` is text, area, moment, tick, choice or many."""

    name: str
    kind: str
    label: str
    value: str
    error: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str, bool], ...] = ()


class Part(NamedTuple):
    """A piece of a sentence: words, or a figure with what is wrong with it."""

    text: str
    slot: Slot | None
    error: str


class Row(NamedTuple):
    """A requirement as the template draws it."""

    key: str
    parts: list[Part]
    on: bool
    error: str
    citation: Field
    cure: Field
    doubts: list[Part]


def typed_in(sent: QueryDict) -> dict[str, str]:
    """Return what a form brought, several choices of one name as lines."""
    return {name: "\n".join(sent.getlist(name)) if name in MANY else str(sent[name]) for name in sent}


def moved(typed: Mapping[str, str]) -> dict[str, str]:
    """Take in what was slid: where a figure was not typed over, the slider beside it says it."""
    said = dict(typed)
    for name in [n for n in typed if n.startswith("was-")]:
        what = name.removeprefix("was-")
        slid, was, stood = typed.get(f"s-{what}", ""), typed[name], typed.get(f"stood-{what}", "")
        if typed.get(what, "") == was and slid and slid != stood:
            said[what] = slid
    return said


def rows(sheet: Sheet, wrong: Mapping[str, str]) -> list[Row]:
    """Return the requirements of a form."""
    return [
        Row(
            line.key, parts(line.pieces, wrong), line.on, wrong.get(f"r-{line.key}", ""),
            _text(f"r-{line.key}-citation", _("Dove è scritto"), line.citation, wrong),
            _text(f"r-{line.key}-cure", _("Che cosa può fare chi non ce l'ha"), line.cure, wrong),
            slots(line.doubts, wrong),
        )
        for line in sheet.lines
    ]  # fmt: skip


def parts(pieces: Iterable[Piece], wrong: Mapping[str, str]) -> list[Part]:
    """Return the pieces of a sentence with their errors."""
    return [Part(piece.text, piece.slot, wrong.get(piece.slot.name, "") if piece.slot else "") for piece in pieces]


def slots(found: Iterable[Slot], wrong: Mapping[str, str]) -> list[Part]:
    """Return figures that stand in no sentence, with their errors."""
    return [Part("", slot, wrong.get(slot.name, "")) for slot in found]


def _text(name: str, label: object, value: str, wrong: Mapping[str, str]) -> Field:
    return Field(name, "text", str(label), value, wrong.get(name, ""))


def new_one(every: Rule, typed: Mapping[str, str], wrong: Mapping[str, str]) -> list[Field]:
    """Return the fields of one more requirement: a datum, a comparison, a value."""
    inputs = [("", _("nessuno")), *((found.name, found.label) for found in every.inputs)]
    return [
        _choice("n-input", _("Quale dato"), inputs, typed, wrong),
        _choice("n-order", _("Che cosa deve essere"), [*ORDERS.items()], typed, wrong),
        _text("n-value", _("Valore"), typed.get("n-value", ""), wrong)._replace(hint=_("Per una fascia scrivi le parole.")),
        _text("n-citation", _("Dove è scritto"), typed.get("n-citation", ""), wrong),
        _text("n-cure", _("Che cosa può fare chi non ce l'ha"), typed.get("n-cure", ""), wrong),
    ]  # fmt: skip


def of_terms(typed: Mapping[str, str], wrong: Mapping[str, str], places: Iterable[str]) -> list[Field]:
    """Return the fields of the terms, in the order they are read."""
    label = words.TERMS
    plain = {
        name: Field(name, _kind(name), str(label[name]), typed.get(name, ""), wrong.get(name, ""), _hint(name)) for name in PLAIN
    }
    of = {
        "base_of": _choice("base_of", _("La quota è di"), [("", typed.get("base", "") or "–"), *OF.items()], typed, wrong),
        "base_item": _choice("base_item", _("Per quale spesa"), [*ITEMS.items()], typed, wrong),
        "base_season": _text("base_season", _("Di quale stagione"), typed.get("base_season", ""), wrong)._replace(
            hint=_("Per esempio 2025/26. Vuota: la più recente.")
        ),
        "strategy": _choice("strategy", label["strategy"], words.STRATEGIES.items(), typed, wrong),
        "last": _choice("last", label["last"], words.LASTS.items(), typed, wrong),
        "territory": _many("territory", label["territory"], [(p, p) for p in places], typed, _("Nessuno: vale in tutto l'ente.")),
        "excludes": _many("excludes", label["excludes"], words.PROGRAMMES.items(), typed, ""),
        NOTICE: Field(NOTICE, "tick", str(label[NOTICE]), typed.get(NOTICE, "")),
    }  # fmt: skip
    return [(plain | of)[name] for name in ORDER]


PLAIN = (
    "title", "purpose", "paid_how", "opens_at", "closes_at", "takes_effect", "envelope", "documents", "cumulation", "unconfirmed",
    "procedure_days", "observation_days",
)  # fmt: skip
ORDER = (
    "title", "purpose", "paid_how", "opens_at", "closes_at", "takes_effect", "envelope", "strategy", "last", "base_of", "base_item",
    "base_season", "territory", "excludes", "cumulation", "documents", "preliminary_notice", "procedure_days", "observation_days",
    "unconfirmed",
)  # fmt: skip


def _kind(name: str) -> str:
    return "moment" if name in DAYS else "area" if name in AREAS else "text"


def _hint(name: str) -> str:
    hints = {
        "takes_effect": _("Vuota: vale appena è pubblicata."), "documents": _("Una riga per documento."),
        "cumulation": _("Una frase per riga: con che cosa si può avere insieme."), "unconfirmed": _("Una riga per cosa."),
        "envelope": _("In euro."),
    }  # fmt: skip
    return hints.get(name, "")


def _choice(
    name: str, label: object, choices: Iterable[tuple[str, object]], typed: Mapping[str, str], wrong: Mapping[str, str]
) -> Field:
    chosen = typed.get(name, "")
    return Field(name, "choice", str(label), chosen, wrong.get(name, ""), "", tuple((k, str(v), k == chosen) for k, v in choices))


def _many(name: str, label: object, choices: Iterable[tuple[str, object]], typed: Mapping[str, str], hint: str) -> Field:
    chosen = typed.get(name, "").splitlines()
    return Field(name, "many", str(label), "", "", hint, tuple((k, str(v), k in chosen) for k, v in choices))
