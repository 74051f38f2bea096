"""What a call says beside its rule: window, money, territory, how it is shared out. Pure, read from the version's own data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from cortile.benefits.rules.allocating import Last, Strategy
from cortile.benefits.rules.reading import RuleError

# What is read by people, and must be plain: title and purpose, at least.
TEXTS = ("title", "purpose", "paid_how")
LONGEST, REVIEW_DAYS = 365, 30
SEASON = re.compile(r"\d{4}(/\d{2})?")
# What the sum is worked out on, in words: what is owed, what was paid, how much more than the year before.
OF = {"due": "la somma da pagare", "paid": "la somma pagata", "increase": "l'aumento sull'anno prima"}
ITEMS = {"heating": "riscaldamento", "services": "spese comuni", "rent": "affitto", "utilities": "bollette di casa"}


class Basis(NamedTuple):
    """What the share is a share of: which sum, of which cost item, of which season («2025/26»; empty: the newest)."""

    of: str
    item: str
    season: str = ""

    def __str__(self) -> str:
        """Say it: «la somma da pagare: riscaldamento 2025/26»."""
        return f"{OF[self.of]}: {ITEMS[self.item]} {self.season}".strip()


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
    # Days from arrival to the decision (L. 241/1990 art. 2 c. 2 where the call says nothing), and for a notice's answer (10-bis).
    procedure_days: int = 30
    observation_days: int = 10
    # Days from the outcome to ask for a new look at it.
    review_days: int = REVIEW_DAYS
    # ``base`` in its parts, where the call was written with them: an older one has only its sentence.
    basis: Basis | None = None
    # Names of neighbourhoods; none is the whole body.
    territory: tuple[str, ...] = ()
    # What is said of other contributions, and the programmes of the same year this one does not go with.
    cumulation: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    # When a published version comes into force; nothing: as soon as it is published.
    takes_effect: datetime | None = None

    def in_force(self, at: datetime) -> bool:
        """Tell whether a published version is in force at an instant."""
        return self.takes_effect is None or self.takes_effect <= at

    def is_open(self, at: datetime) -> bool:
        """Tell whether one may apply at an instant: the window's end is excluded."""
        return self.opens_at <= at < self.closes_at

    def reaches(self, neighbourhood: str) -> bool:
        """Tell whether a neighbourhood is within the call's territory."""
        return not self.territory or neighbourhood in self.territory


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
    basis = _basis(data)
    return Terms(
        {str(name): str(text) for name, text in texts.items()}, opens_at, closes_at, envelope, _strategy(data), _last(data),
        str(basis or data.get("base", "")), _lines(data, "documents"), data.get("preliminary_notice") is True,
        _lines(data, "unconfirmed"), _days(data, "procedure_days", 30), _days(data, "observation_days", 10),
        _days(data, "review_days", REVIEW_DAYS), basis,
        _lines(data, "territory"), _lines(data, "cumulation"), _lines(data, "excludes"),
        _instant(data, "takes_effect") if data.get("takes_effect") else None,
    )  # fmt: skip


def data_of(terms: Terms) -> dict[str, Any]:
    """Return terms as ``read`` takes them. What an older version never said is not written: it stays the same data."""
    said: dict[str, Any] = {
        "texts": dict(terms.texts), "opens_at": terms.opens_at.isoformat(), "closes_at": terms.closes_at.isoformat(),
        "envelope_cents": terms.envelope_cents, "strategy": str(terms.strategy), "last": str(terms.last),
        "base": terms.base if terms.basis is None else dict(terms.basis._asdict()),
        "documents": list(terms.documents), "preliminary_notice": terms.preliminary_notice, "unconfirmed": list(terms.unconfirmed),
        "procedure_days": terms.procedure_days, "observation_days": terms.observation_days,
    }  # fmt: skip
    lists = {"territory": terms.territory, "cumulation": terms.cumulation, "excludes": terms.excludes}
    said |= {name: list(found) for name, found in lists.items() if found}
    if terms.review_days != REVIEW_DAYS:
        said["review_days"] = terms.review_days
    return said | ({"takes_effect": terms.takes_effect.isoformat()} if terms.takes_effect else {})


def _basis(data: Mapping[str, Any]) -> Basis | None:
    found = data.get("base", "")
    if isinstance(found, str):
        return None
    if not isinstance(found, Mapping) or found.get("of") not in OF or found.get("item") not in ITEMS:
        raise RuleError("base", "Di' su quale somma e su quale spesa si calcola.")
    season = str(found.get("season", ""))
    if season and not SEASON.fullmatch(season):
        raise RuleError("base", "La stagione si scrive così: 2025/26.")
    return Basis(str(found["of"]), str(found["item"]), season)


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


def _days(data: Mapping[str, Any], name: str, otherwise: int) -> int:
    found = data.get(name, otherwise)
    if not isinstance(found, int) or isinstance(found, bool) or not 1 <= found <= LONGEST:
        raise RuleError(name, "I giorni sono un numero intero, da 1 a 365.")
    return found
