"""What the cast's associations publish, in the tests of the public pages."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from cortile.haven.actions import publishing, slots
from cortile.haven.models import Door, Offer, Slot
from cortile.kit import clock
from cortile.kit.actor import Actor
from tests_haven import cast

DAY = date(2026, 3, 12)
WEEK = slots.Week(days=range(7), opens=time(14), closes=time(16), first=DAY)
OWN_WEEK = slots.Week(days=range(7), opens=time(9), closes=time(11), first=DAY, public=False)
CONSULENZE = publishing.DoorSaid("Consulenze", "via dei Tigli 12", "mercoledì 14–17", "02 0000 0001", ["it", "ar"], step_free=True)
PAGES = ("/", "/orari/", "/orari/disdici/", "/attivita/", "/foglio/", "/limiti/")


def a_door(who: str = "chiara", said: publishing.DoorSaid = CONSULENZE) -> Door:
    """Publish a door."""
    return publishing.write_door(said, by=cast.at_work(who))


def a_slot(door: Door | None = None, at: datetime | None = None) -> Slot:
    """Publish a week of half hours at a door, and return one: the first, or the one that begins at an instant."""
    where = door or a_door()
    slots.publish(where.pk, WEEK, by=cast.at_work("chiara"))
    return Slot.objects.get(door=where, starts_at=at or clock.at(DAY, time(14)))


def own_slots(door: Door) -> list[Slot]:
    """Publish a week of half hours at a door for the association alone, and return them, the first one first."""
    slots.publish(door.pk, OWN_WEEK, by=cast.at_work("chiara"))
    return list(Slot.objects.filter(door=door, public=False).order_by("starts_at"))


def an_offer(by: Actor, **changed: object) -> Offer:
    """Publish something anybody may come to."""
    facts = {
        "kind": "workshop",
        "title": "Cucito in compagnia",
        "place": "via dei Tigli 12",
        "starts_at": cast.NOW + timedelta(days=3),
    }
    return publishing.write_offer(publishing.OfferSaid(**{**facts, **changed}), by=by)  # type: ignore[arg-type]  # a test's own facts


def everything() -> Slot:
    """Publish a door, its half hours of both kinds, an offer and the association's own words; return a free public half hour."""
    slot = a_slot()
    own_slots(slot.door)
    an_offer(cast.at_work("chiara"))
    publishing.write_limits("Da noi nessuno scrive il tuo nome.", by=cast.at_work("chiara"))
    return slot
