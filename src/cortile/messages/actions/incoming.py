"""SMS that come in: each is one record, however often the gateway brings it."""

from __future__ import annotations

from django.db import models

from cortile.agencies import policy
from cortile.kit import clock, wall
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.events import emit
from cortile.kit.refusals import NotVisible
from cortile.messages import access
from cortile.messages.events import SmsArrived
from cortile.messages.models import IncomingSms
from cortile.people.models import Person

MOST_LETTERS = 2000


@action("sms.received")
def receive_sms(*, by: Actor, reference: str, sender: str, text: str) -> IncomingSms:
    """Keep an SMS that came in and let the rooms above say where it belongs. Brought again, it is the first one.

    Nothing is ever told back. Raise ``NotVisible`` for who is no gateway.
    """
    if not policy.can(by, "receive sms"):
        raise NotVisible
    said = {
        "agency_id": by.agency_id,
        "sender": sender.strip()[:40],
        "text": text.strip()[:MOST_LETTERS],
        "received_at": clock.now(),
    }
    # Whose it is, of which body, is being found out here: a telephone's number is all that is known.
    with wall.within(wall.EVERY_BODY, ("social",)):
        row, is_new = IncomingSms.objects.get_or_create(reference=reference, defaults=said)
        if is_new:
            emit(SmsArrived(row))
            row.refresh_from_db()
        done("C", row, fields=["sms"], of=row.agency_id)
    return row


@action("sms.matched")
def match_sms(sms: IncomingSms, *, by: Actor, thread: models.Model, person: Person) -> IncomingSms:
    """Write down which request an SMS went into, and whose it was."""
    sms.agency_id, sms.person, sms.thread_id, sms.state = person.agency_id, person, thread.pk, "matched"
    sms.save(update_fields=["agency", "person", "thread_id", "state"])
    # Of the request: should it ever leave the phones, so does that an SMS went into it.
    done("U", thread, persons=[person.pk], fields=["sms"], of=person.agency_id)
    return sms


@action("sms.routed")
def belongs_to(sms: IncomingSms, agency_id: int, *, by: Actor) -> IncomingSms:
    """Give an SMS to the body whose tenant's phone it came from: nobody else reads it while it waits."""
    sms.agency_id = agency_id
    sms.save(update_fields=["agency"])
    done("U", sms, fields=["sms"], of=agency_id)
    return sms


@action("sms.handled")
def handle_sms(sms: IncomingSms, thread: models.Model | None, *, by: Actor, once: str = "") -> IncomingSms:
    """Record that somebody who answers the phone saw to an SMS that waited. Raise ``NotVisible`` for anybody else.

    Its words go into a request by that room's own act (``listening.give_sms``); without one it was read, and that is all.
    """
    row = access.incoming_visible_to(by, "handle").select_for_update(of=("self",)).filter(pk=sms.pk).first()
    if row is None:
        raise NotVisible
    row.state, row.handled_by, row.handled_at = "handled", by.name, clock.now()
    row.thread_id = thread.pk if thread is not None else None
    row.save(update_fields=["state", "handled_by", "handled_at", "thread_id"])
    done("U", row, fields=["sms"])
    return row
