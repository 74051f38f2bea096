"""One row being read: its card, what of it is ready to be stored, and what could not be placed. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from cortile.directory.importing.report import Reason, Row, Unfit
from cortile.directory.importing.texts import LONGEST, clean

PHONE = re.compile(r"(?:\+|00)?\d[\d .\-/()]{4,}\d")
LEAST_FIGURES = 6


@dataclass(slots=True)
class Ready:
    """A card that can be stored: values in our own types."""

    uuid: UUID | None = None
    service: dict[str, Any] = field(default_factory=dict)
    organization_uuid: UUID | None = None
    organization: dict[str, Any] = field(default_factory=dict)
    places: list[dict[str, Any]] = field(default_factory=list)
    phones: list[dict[str, Any]] = field(default_factory=list)
    schedules: list[dict[str, Any]] = field(default_factory=list)
    languages: list[dict[str, Any]] = field(default_factory=list)
    areas: list[dict[str, Any]] = field(default_factory=list)
    costs: list[dict[str, Any]] = field(default_factory=list)
    capacity: dict[str, Any] | None = None
    codes: list[tuple[str, UUID | None]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    confirmed: date | None = None
    brought: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Return its first address."""
        return f"{self.places[0]['address_1']} {self.places[0]['city']}".strip() if self.places else ""


class Reading:
    """The reading of one row: a value is taken, or kept beside with a note."""

    def __init__(self, row: Row, today: date) -> None:
        self.row, self.today, self.ready = row, today, Ready()
        self.card = row.card

    def aside(self, column: str, said: str, sentence: str, cure: str = "") -> None:
        """Keep what we could not read, and say so."""
        self.ready.brought[column] = clean(said)
        self.row.notes.append(Reason(column, sentence, cure))

    def text(self, key: str, of: dict[str, Any] | None = None) -> str:
        """Return the words of a key."""
        found = clean((self.card if of is None else of).get(key))
        if len(found) > LONGEST:
            raise Unfit(Reason(key, "Il testo è troppo lungo.", "Controlla le virgolette: una è aperta e non chiusa."))
        return found


def dicts(found: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- what a file holds
    """Return the rows of a list; nothing where there is none."""
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def known_id(said: object) -> UUID | None:
    """Read an id; None for what is none."""
    try:
        return UUID(str(said))
    except ValueError:
        return None


def whole(said: object) -> int | None:
    """Read a whole number; None for what is none."""
    text = str(said if said is not None else "").strip()
    return int(float(text)) if re.fullmatch(r"\d{1,9}(?:\.0+)?", text) else None


def addresses(r: Reading) -> list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Return each place of a card: the service in it, the place, its address."""
    found = []
    for at in dicts(r.card.get("service_at_locations")):
        place = at.get("location") if isinstance(at.get("location"), dict) else {}
        address = next(iter(dicts((place or {}).get("addresses"))), {})
        found.append((at, place or {}, address))
    return found
