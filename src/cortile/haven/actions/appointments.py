"""Appointments in a record: on a half hour of the association's own, which becomes taken without a name, or at any other hour.

Those of the public page are never touched here: whoever watches the page would learn that somebody is expected.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from cortile.haven import access, keyring
from cortile.haven.actions import records
from cortile.haven.models import Entry, Record, Slot
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible


@action("haven.appointment.made")
def appoint(
    shift: keyring.Shift,
    record: Record,
    *,
    by: Actor,
    at: datetime | None = None,
    where: str = "",
    slot_id: uuid.UUID | None = None,
    sent: str = "",
) -> Entry:
    """Set an appointment on a free half hour, or at an hour of her own.

    Raise ``Refused('slot-taken')`` where somebody was quicker, ``Refused('appointment-past')`` for an hour gone by, and
    ``NotVisible`` for a half hour of another association, or of the public page.
    """
    number = records.number_of(shift, f"{record.pk}", sent)
    before = Entry.objects.filter(pk=number, record=record).first()
    if before is not None:
        done("R", record, fields=[records.AGAIN])
        return before
    slot = _take(shift, slot_id) if slot_id is not None else None
    starts_at = slot.starts_at if slot is not None else at
    is_ahead = starts_at is not None and starts_at > clock.now()
    refuse_unless(is_ahead, "appointment-past", "Quest'ora è già passata.", "Scegli un'altra ora.")
    content = {
        "kind": "appointment", **records.said_at(starts_at or clock.now()), "where": slot.door.name if slot is not None else where,
        "slot": str(slot.pk) if slot is not None else "", "off": False,
    }  # fmt: skip
    entry = records.write(shift, record, content, by=by, sent=sent)
    done("C", record)
    return entry


def _take(shift: keyring.Shift, slot_id: uuid.UUID) -> Slot:
    # The door is only read: whoever takes another half hour of it waits for nobody.
    rows = Slot.objects.select_for_update(of=("self",)).select_related("door")
    slot = rows.filter(pk=slot_id, door__association_id=shift.association_id, public=False).first()
    if slot is None:
        raise NotVisible
    refuse_unless(not slot.taken, "slot-taken", "Quest'ora non è più libera.", "Scegline un'altra.")
    slot.taken = True
    slot.save(update_fields=["taken"])
    return slot


@action("haven.appointment.called_off")
def call_off(shift: keyring.Shift, record: Record, number: uuid.UUID, *, by: Actor) -> Entry:
    """Call an appointment off: a half hour still to come is free again.

    Raise ``Refused('not-an-appointment')`` for anything else.
    """
    entry = access.entry_of(record, number)
    held = access.opened(access.record_key(shift, record), entry)
    is_one = held["kind"] == "appointment" and not held.get("off")
    refuse_unless(is_one, "not-an-appointment", "Questo appuntamento non c'è più.", "Torna alla scheda.")
    if held.get("slot"):
        records.let_go(shift, [str(held["slot"])])
    records.rewrite(shift, entry, {**held, "off": True, "slot": ""}, by=by)
    done("U", record)
    return entry
