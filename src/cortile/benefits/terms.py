"""What a call says beside its rule: window, money, territory, how it is shared out. Pure, read from the version's own data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cortile.benefits.rules.allocating import Last, Strategy
from cortile.benefits.rules.reading import RuleError

# What is read by people, and must be plain: title and purpose, at least.
TEXTS = ("title", "purpose", "paid_how")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one version. ``envelope_cents`` is a ceiling nothing passes; the window is UTC, its end excluded."""

    texts: Mapping[str, str]
    opens_at: datetime
    closes_at: datetime
    envelope_cents: int
    strategy: Strategy
    last: Last
    base: str
    documents: tuple[str, ...]
    preliminary_notice: bool
    unconfirmed: tuple[str, ...]


def read(data: Mapping[str, Any]) -> Terms:
    """Return the terms some JSON data says. Raise ``RuleError`` at the first that is missing or impossible."""
    texts = data.get("texts")
    if not isinstance(texts, Mapping) or not all(str(texts.get(name, "")).strip() for name in TEXTS):
        raise RuleError("texts", "Servono il titolo, a che cosa serve, e come arriva il denaro.")
    opens_at, closes_at = _instant(data, "opens_at"), _instant(data, "closes_at")
    if closes_at <= opens_at:
        raise RuleError("closes_at", "L'avviso chiude dopo che ha aperto.")
    envelope = data.get("envelope_cents")
    if not isinstance(envelope, int) or isinstance(envelope, bool) or envelope < 0:
        raise RuleError("envelope_cents", "I fondi sono un numero intero di centesimi.")
    return Terms(
        {str(name): str(text) for name, text in texts.items()}, opens_at, closes_at, envelope, _strategy(data), _last(data),
        str(data.get("base", "")), _lines(data, "documents"), data.get("preliminary_notice") is True, _lines(data, "unconfirmed"),
    )  # fmt: skip


def data_of(terms: Terms) -> dict[str, Any]:
    """Return terms as ``read`` takes them."""
    return {
        "texts": dict(terms.texts), "opens_at": terms.opens_at.isoformat(), "closes_at": terms.closes_at.isoformat(),
        "envelope_cents": terms.envelope_cents, "strategy": str(terms.strategy), "last": str(terms.last), "base": terms.base,
        "documents": list(terms.documents), "preliminary_notice": terms.preliminary_notice, "unconfirmed": list(terms.unconfirmed),
    }  # fmt: skip


def _instant(data: Mapping[str, Any], name: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(data.get(name)))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise RuleError(name, "Servono il giorno e l'ora, con il fuso.")
    return found


def _strategy(data: Mapping[str, Any]) -> Strategy:
    if data.get("strategy") not in set(Strategy):
        raise RuleError("strategy", "Di' come si divide il denaro se non basta per tutti.")
    return Strategy(str(data["strategy"]))


def _last(data: Mapping[str, Any]) -> Last:
    if data.get("last") not in set(Last):
        raise RuleError("last", "Di' che cosa succede al primo che non ci sta per intero.")
    return Last(str(data["last"]))


def _lines(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(line, str) and line.strip() for line in found):
        raise RuleError(name, "Qui serve un elenco di righe.")
    return tuple(found)
