"""What anybody reads: doors, free half hours, what one may come to, the associations' words. It asks nothing of who reads."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet

from cortile.haven.models import Association, Door, Offer, Slot
from cortile.kit import clock
from cortile.kit.refusals import NotVisible

DAYS = 14


@dataclass(frozen=True, slots=True)
class Place:
    """A door, as its page says it."""

    name: str
    address: str
    hours: str
    phone: str
    languages: tuple[str, ...]
    step_free: bool


@dataclass(frozen=True, slots=True)
class HalfHour:
    """A half hour nobody has taken: its random number, when it begins, and where."""

    id: uuid.UUID
    starts_at: datetime
    door: Place


@dataclass(frozen=True, slots=True)
class Free:
    """The free half hours of a door, by day."""

    door: Place
    days: list[tuple[date, list[HalfHour]]]


@dataclass(frozen=True, slots=True)
class Activity:
    """Something anybody may come to."""

    kind: str
    title: str
    place: str
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Promises:
    """What an association adds to the page of limits, and how it is called."""

    name: str
    phone: str
    text: str


def places() -> list[Place]:
    """Return the doors that are shown, by name."""
    return [_place(door) for door in Door.objects.filter(shown=True).order_by("name", "pk")]


def free() -> list[Free]:
    """Return the free half hours of the next fourteen days, by door and day; a door without any is left out."""
    until = clock.day_bounds(clock.today() + timedelta(days=DAYS))[0]
    rows = _standing().filter(starts_at__lt=until).order_by("door__name", "door_id", "starts_at")
    return [Free(_place(door), _by_day(of_door)) for door, of_door in groupby(rows, key=lambda slot: slot.door)]


def one_free(number: uuid.UUID) -> HalfHour:
    """Return a free half hour. Raise ``NotVisible`` for one that is taken, past, hidden, not public or never was."""
    slot = _standing().filter(pk=number).first()
    if slot is None:
        raise NotVisible
    return _half_hour(slot)


def activities() -> list[Activity]:
    """Return what is still to come, the nearest first."""
    rows = Offer.objects.filter(shown=True, starts_at__gt=clock.now()).order_by("starts_at", "pk")
    return [Activity(offer.kind, offer.title, offer.place, offer.starts_at, offer.minutes) for offer in rows]


def promises() -> list[Promises]:
    """Return each association's own words on the page of limits, by name."""
    return [Promises(one.name, one.phone, one.limits) for one in Association.objects.order_by("name", "pk")]


def _standing() -> QuerySet[Slot]:
    return Slot.objects.filter(public=True, taken=False, door__shown=True, starts_at__gt=clock.now()).select_related("door")


def _by_day(slots: Iterable[Slot]) -> list[tuple[date, list[HalfHour]]]:
    found = [_half_hour(slot) for slot in slots]
    return [(day, list(of_day)) for day, of_day in groupby(found, key=lambda one: clock.local(one.starts_at).date())]


def _half_hour(slot: Slot) -> HalfHour:
    return HalfHour(uuid.UUID(str(slot.pk)), slot.starts_at, _place(slot.door))


def _place(door: Door) -> Place:
    return Place(door.name, door.address, door.hours, door.phone, tuple(door.languages), door.step_free)
