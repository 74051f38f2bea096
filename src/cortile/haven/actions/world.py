"""The invented association's doors, half hours, offers and places: what anybody may read, equal however many records there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from cortile.haven.models import Association, Door, Offer, Places, Slot
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Shown:
    """A door, with the half hours somebody may take there, and those of the desk alone."""

    name: str
    address: str
    hours: str
    phone: str
    languages: list[str]
    step_free: bool
    half_hours: list[datetime] = field(default_factory=list)
    own: list[datetime] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Offered:
    """A workshop or a help with work: kind, title, place and when it begins."""

    kind: str
    title: str
    place: str
    starts_at: datetime


@action("haven.demo.opened")
def open_demo(
    association: Association, doors: Iterable[Shown], offers: Iterable[Offered], places: dict[str, int], *, by: Actor
) -> None:
    """Open what an invented association shows. Raise ``Refused('demo-only')`` outside a demo."""
    refuse_unless(settings.DEMO, "demo-only", "Il mondo di prova si crea solo in una prova.", "Usa ./run demo.")
    for door in doors:
        row = Door.objects.create(
            association=association, name=door.name, address=door.address, hours=door.hours, phone=door.phone,
            languages=door.languages, step_free=door.step_free,
        )  # fmt: skip
        Slot.objects.bulk_create([Slot(door=row, starts_at=moment) for moment in door.half_hours])
        Slot.objects.bulk_create([Slot(door=row, starts_at=moment, public=False) for moment in door.own])
    Offer.objects.bulk_create(
        [Offer(association=association, kind=o.kind, title=o.title, place=o.place, starts_at=o.starts_at) for o in offers]
    )
    Places.objects.bulk_create([Places(association=association, kind=kind, free=free) for kind, free in places.items()])
    done("C", association, of=association.pk)
