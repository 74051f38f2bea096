"""Questions about messages. Each row comes back with its ways out, so that a page asks nothing more."""

from __future__ import annotations

from django.db import models

from cortile.kit import audit, clock
from cortile.kit.actor import Actor
from cortile.messages import access
from cortile.messages.models import Delivery, IncomingSms, Message, Notice


def inbox(*, by: Actor, limit: int = 50) -> list[Message]:
    """Return what was said to the person on any channel, newest first: T8 mirrors them all (I7)."""
    found = list(_own(by).prefetch_related("deliveries")[:limit])
    audit.seen("messages.read", by=by, persons=[m.person_id for m in found], fields=["messages"])
    return found


def unread(*, by: Actor) -> int:
    """Return how many messages the person has not opened."""
    return _own(by).filter(read_at=None).count()


def to_person(person_id: int, *, by: Actor, limit: int = 20) -> list[Message]:
    """Return what was sent to a person, for an operator: also what no phone shows, never what is delicate."""
    rows = access.visible_to(by).filter(person_id=person_id).prefetch_related("deliveries")
    found = list(rows[:limit])
    hidden = not any(m.on_phone for m in found)
    audit.seen("messages.read", by=by, persons=[m.person_id for m in found], fields=["messages"], sealed=hidden)
    return found


def about(thing: models.Model, *, by: Actor, limit: int = 50) -> list[Message]:
    """Return what was said about a thing the actor has already been let into, delicate or not: its page reads it out."""
    rows = Message.objects.filter(about_thing=thing._meta.label_lower, about_id=thing.pk)
    found = list(rows.prefetch_related("deliveries")[:limit])
    audit.seen("messages.read", by=by, persons=[m.person_id for m in found], fields=["messages"], thing=thing)
    return found


def ways_out(thing: models.Model, *, by: Actor, limit: int = 20) -> list[Delivery]:
    """Return how what was said about a thing left the house, newest first, for who has been let into it: no word of it."""
    rows = Delivery.objects.filter(message__about_thing=thing._meta.label_lower, message__about_id=thing.pk)
    found = list(rows.exclude(state="withdrawn").select_related("message").order_by("-pk")[:limit])
    audit.seen("messages.read", by=by, persons=[d.message.person_id for d in found if d.message], fields=["messages"], thing=thing)
    return found


def one(message_id: int, *, by: Actor) -> Message | None:
    """Return a message the actor may read, for its paper twin, or None."""
    found = access.visible_to(by).select_related("person", "agency").filter(pk=message_id).first()
    audit.seen("message.read_one", by=by, persons=[found.person_id] if found else [], fields=["messages"], thing=found)
    return found


def queued(limit: int = 100) -> list[Delivery]:
    """Return what waits to leave the house: neither what waits at a desk nor what a worker has in hand."""
    return list(Delivery.objects.filter(state="queued").exclude(channel="paper")[:limit])


def waiting_sms(*, by: Actor, limit: int = 50) -> list[IncomingSms]:
    """Return the SMS that no request claimed, for whoever answers the phone, newest first. None says whose it may be."""
    return list(access.incoming_visible_to(by).filter(state="waiting")[:limit])


def one_sms(sms_id: int, *, by: Actor) -> IncomingSms | None:
    """Return an SMS the actor may see to, or None."""
    return access.incoming_visible_to(by, "handle").filter(pk=sms_id).first()


def on_paper(*, by: Actor, limit: int = 50) -> list[Delivery]:
    """Return what waits at the desk to be given on paper («Da consegnare su carta»), the oldest first."""
    theirs = access.visible_to(by).filter(person__only_in_person=False)
    rows = Delivery.objects.filter(channel="paper", state="queued", message__in=theirs)
    found = list(rows.select_related("message__person")[:limit])
    audit.seen("messages.read", by=by, persons=[d.message.person_id for d in found if d.message], fields=["messages"])
    return found


def notices(*, by: Actor, limit: int = 20) -> list[Notice]:
    """Return the notices in force that an actor may see, the newest first. A notice is of a place: it names nobody."""
    rows = access.notices_visible_to(by).filter(withdrawn_at=None, until__gte=clock.today())
    return list(rows.select_related("building", "stair", "written_by")[:limit])


def _own(by: Actor) -> models.QuerySet[Message]:
    return access.visible_to(by).filter(person_id=by.person_id) if by.person_id else Message.objects.none()
