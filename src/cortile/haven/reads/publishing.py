"""What the desk reads of what it publishes: its own doors, half hours and offers, the hidden ones too."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from cortile.haven import access, keys
from cortile.haven.keyring import Shift
from cortile.haven.models import Association, Door, Offer, Slot
from cortile.kit import audit, clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible


@dataclass(frozen=True, slots=True)
class HalfHour:
    """A half hour of a door: whether it is taken, on the public page or not, and in which language she asked to talk."""

    id: uuid.UUID
    starts_at: datetime
    taken: bool
    public: bool
    language: str = ""


def doors(*, by: Actor) -> list[Door]:
    """Return the association's doors, by name."""
    return list(Door.objects.filter(association_id=by.agency_id or 0).order_by("name", "pk"))


def door_by_id(number: int, *, by: Actor) -> Door:
    """Return one of the association's doors. Raise ``NotVisible`` for any other."""
    door = Door.objects.filter(pk=number, association_id=by.agency_id or 0).first()
    if door is None:
        raise NotVisible
    return door


def half_hours(shift: Shift, door: Door, *, by: Actor) -> list[HalfHour]:
    """Return the half hours of a door from now on; what was asked with one is opened with the shift, and the reading is kept."""
    rows = list(Slot.objects.filter(door=door, starts_at__gt=clock.now()).order_by("starts_at"))
    found = [HalfHour(uuid.UUID(str(row.pk)), row.starts_at, row.taken, row.public, _language(shift, row)) for row in rows]
    if any(one.taken for one in found):
        audit.leave("haven.slots.read", by=by, verb="R", thing=door, fields=["language"])
    return found


def offers(*, by: Actor) -> list[Offer]:
    """Return what the association offers, the newest first."""
    return list(Offer.objects.filter(association_id=by.agency_id or 0).order_by("-starts_at", "pk"))


def offer_by_id(number: int, *, by: Actor) -> Offer:
    """Return one of the association's offers. Raise ``NotVisible`` for any other."""
    offer = Offer.objects.filter(pk=number, association_id=by.agency_id or 0).first()
    if offer is None:
        raise NotVisible
    return offer


def limits(*, by: Actor) -> str:
    """Return what the association adds to the page of limits."""
    return Association.objects.values_list("limits", flat=True).get(pk=by.agency_id or 0)


def _language(shift: Shift, slot: Slot) -> str:
    """Open what she asked. What an older key closed, and this operator was never given, is not said."""
    if not slot.sealed:
        return ""
    try:
        opened = keys.unseal(shift.key(slot.key_version), bytes(slot.sealed), access.slot_context(slot))
    except keys.UnreadableError:
        return ""
    return str(json.loads(opened).get("language", ""))
