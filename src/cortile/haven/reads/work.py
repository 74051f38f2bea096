"""What the desk's own pages ask for: the calendar, the hours still free, groups and places."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cortile.haven import access
from cortile.haven.keyring import Shift
from cortile.haven.models import AssociationEntry, Places, Slot
from cortile.haven.reads import records
from cortile.kit import audit, clock
from cortile.kit.actor import Actor

# How far ahead an hour may be taken at the desk.
AHEAD = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment in the calendar: when, where, and whose record it stands in."""

    at: datetime
    where: str
    code: str
    record_id: uuid.UUID

    @property
    def on(self) -> date:
        """Return its day."""
        return clock.local(self.at).date()


@dataclass(frozen=True, slots=True)
class Free:
    """A half hour nobody has taken yet."""

    id: uuid.UUID
    starts_at: datetime
    door: str


def calendar(shift: Shift, *, by: Actor) -> list[Appointment]:
    """Return the appointments of every record from today on, opened in memory: there is no feed and no copy."""
    opened = records.opened_all(shift)
    audit.leave("haven.calendar.read", by=by, verb="R")
    ahead = [
        Appointment(entry.at, str(entry.content.get("where", "")), one.code, one.record.pk)
        for one in opened
        for entry in one.of("appointment")
        if entry.is_ahead
    ]
    return sorted(ahead, key=lambda appointment: (appointment.at, appointment.code))


def free_slots(shift: Shift, *, by: Actor) -> list[Free]:
    """Return the half hours of the association alone that are free in the next three weeks; never those of the public page."""
    now = clock.now()
    own = Slot.objects.filter(door__association_id=shift.association_id, public=False, taken=False)
    ours = own.filter(starts_at__gt=now, starts_at__lt=now + AHEAD)
    found = [Free(slot.pk, slot.starts_at, slot.door.name) for slot in ours.select_related("door").order_by("starts_at", "door_id")]
    audit.leave("haven.hours.read", by=by, verb="R")
    return found


def groups(shift: Shift, *, by: Actor) -> list[dict[str, Any]]:
    """Return the days of groups, newest first: what it was, when, how many came."""
    rows = AssociationEntry.objects.filter(association_id=shift.association_id)
    found = [held for row in rows if (held := access.association_entry(shift, row)).get("kind") == "group"]
    audit.leave("haven.groups.read", by=by, verb="R")
    days = [{**held, "on": date.fromisoformat(str(held["on"]))} for held in found]
    return sorted(days, key=lambda held: (held["on"], held["name"]), reverse=True)


def places(shift: Shift, *, by: Actor) -> dict[str, int]:
    """Return how many places of each kind are free; none where nobody has said."""
    said = dict(Places.objects.filter(association_id=shift.association_id).values_list("kind", "free"))
    audit.leave("haven.places.read", by=by, verb="R")
    return {kind: said.get(kind, 0) for kind in Places.KINDS}
