"""The terms of a version as fields to type, and back. Pure; days and hours are typed as the clock on the wall says them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cortile.benefits import terms
from cortile.benefits.rules.reading import RuleError
from cortile.benefits.terms import Terms
from cortile.kit import clock, money

INSTANTS = ("opens_at", "closes_at", "takes_effect")
LISTS = ("documents", "unconfirmed", "cumulation", "territory", "excludes")
DAYS = ("procedure_days", "observation_days")
# Where ``terms.read`` names a part of a version, and the field that holds it.
FIELD_OF = {"texts": "title", "base": "base_of", "envelope_cents": "envelope"}
_TYPED_AT = "%Y-%m-%dT%H:%M"


def typed_terms(found: Terms) -> dict[str, str]:
    """Return terms as their form shows them: one line an item, hours of here."""
    said = dict(found.texts) | {name: _at(getattr(found, name)) for name in INSTANTS}
    said |= {name: "\n".join(getattr(found, name)) for name in LISTS} | {name: str(getattr(found, name)) for name in DAYS}
    said |= {"envelope": money.figures(found.envelope_cents), "strategy": str(found.strategy), "last": str(found.last)}
    said |= {"preliminary_notice": "on"} if found.preliminary_notice else {}
    if found.basis is None:
        return said | {"base": found.base}
    return said | {"base_of": found.basis.of, "base_item": found.basis.item, "base_season": found.basis.season}


def _at(instant: datetime | None) -> str:
    return clock.local(instant).strftime(_TYPED_AT) if instant else ""


def terms_from(typed: Mapping[str, str], wrong: dict[str, str]) -> Terms | None:
    """Read terms back; what does not hold goes into ``wrong`` with its field, and there are none."""
    data: dict[str, Any] = {
        "texts": {name: typed.get(name, "").strip() for name in terms.TEXTS}, "strategy": typed.get("strategy", ""),
        "last": typed.get("last", ""), "preliminary_notice": typed.get("preliminary_notice") == "on", "base": _base(typed),
    }  # fmt: skip
    data |= {name: [ln.strip() for ln in typed.get(name, "").splitlines() if ln.strip()] for name in LISTS}
    before = len(wrong)
    data |= {name: _instant(name, typed, wrong) for name in INSTANTS}
    data |= {name: _whole(name, typed, wrong) for name in DAYS}
    try:
        data["envelope_cents"] = money.cents(typed.get("envelope", ""))
    except ValueError:
        wrong["envelope"] = "Scrivi quanti euro ci sono, per esempio 1.000.000."
    if len(wrong) > before:
        return None
    try:
        return terms.read(data)
    except RuleError as error:
        wrong[FIELD_OF.get(error.place, error.place)] = error.sentence
        return None


def _base(typed: Mapping[str, str]) -> str | dict[str, str]:
    if not typed.get("base_of"):
        return typed.get("base", "").strip()
    return {"of": typed["base_of"], "item": typed.get("base_item", ""), "season": typed.get("base_season", "").strip()}


def _instant(name: str, typed: Mapping[str, str], wrong: dict[str, str]) -> str:
    said = typed.get(name, "").strip()
    if not said and name == "takes_effect":
        return ""
    try:
        naive = datetime.strptime(said[:16], _TYPED_AT)  # noqa: DTZ007 -- made ours on the next line
    except ValueError:
        wrong[name] = "Servono il giorno e l'ora."
        return ""
    return clock.at(naive.date(), naive.time()).isoformat()


def _whole(name: str, typed: Mapping[str, str], wrong: dict[str, str]) -> int:
    try:
        return int(typed.get(name, "").strip())
    except ValueError:
        wrong[name] = "I giorni sono un numero intero, da 1 a 365."
        return 0
