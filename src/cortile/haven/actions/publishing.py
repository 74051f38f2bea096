"""What the association publishes: doors, what anybody may come to, its words on the page of limits. Names stay neutral."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TypeVar

from cortile.haven.models import Association, Door, Offer
from cortile.kit import neutral
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible

Row = TypeVar("Row", Door, Offer)
LONGEST_LIMITS = 4000
SAY_LESS = "Scrivi parole neutre, per esempio «consulenze»."


@dataclass(frozen=True, slots=True)
class DoorSaid:
    """A door as the public page says it."""

    name: str
    address: str
    hours: str
    phone: str = ""
    languages: Sequence[str] = field(default_factory=list)
    step_free: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True)
class OfferSaid:
    """Something anybody may come to, as the public page says it."""

    kind: str
    title: str
    place: str
    starts_at: datetime
    minutes: int = 120
    shown: bool = True


@action("haven.door.written")
def write_door(said: DoorSaid, *, by: Actor, number: int | None = None) -> Door:
    """Add a door, or write one again. Raise ``Refused('door-tells')`` for words that say what it is for, ``NotVisible``."""
    refuse_unless(
        not neutral.tells(f"{said.name} {said.address} {said.hours}"), "door-tells",
        "Il nome, l'indirizzo e gli orari non dicono a che cosa serve il posto.", SAY_LESS,
    )  # fmt: skip
    door = Door(association_id=by.agency_id or 0)
    if number is not None:
        door = _own(Door.objects.filter(pk=number, association_id=by.agency_id or 0).first())
    for name, value in asdict(said).items():
        setattr(door, name, list(value) if name == "languages" else value)
    door.save()
    done("C" if number is None else "U", door)
    return door


@action("haven.offer.written")
def write_offer(said: OfferSaid, *, by: Actor, number: int | None = None) -> Offer:
    """Add something anybody may come to, or write it again.

    Raise ``Refused('kind-unknown')``, ``('title-tells')`` for words that say whom it is for, or ``NotVisible``.
    """
    refuse_unless(said.kind in Offer.KINDS, "kind-unknown", "Questo tipo non c'è.", "Scegline uno dell'elenco.")
    refuse_unless(
        not neutral.tells(f"{said.title} {said.place}"), "title-tells", "Il titolo e il posto non dicono per chi è.", SAY_LESS
    )
    offer = Offer(association_id=by.agency_id or 0)
    if number is not None:
        offer = _own(Offer.objects.filter(pk=number, association_id=by.agency_id or 0).first())
    for name, value in asdict(said).items():
        setattr(offer, name, value)
    offer.save()
    done("C" if number is None else "U", offer)
    return offer


@action("haven.limits.written")
def write_limits(text: str, *, by: Actor) -> Association:
    """Write what the association adds to the page of limits. Raise ``Refused('limits-long')`` over four thousand letters."""
    refuse_unless(len(text) <= LONGEST_LIMITS, "limits-long", "Il testo è troppo lungo.", "Bastano poche frasi.")
    association = Association.objects.get(pk=by.agency_id or 0)
    association.limits = text.strip()
    association.save(update_fields=["limits"])
    done("U", association, fields=["limits"])
    return association


def _own(row: Row | None) -> Row:
    if row is None:
        raise NotVisible
    return row
