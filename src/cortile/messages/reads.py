"""Questions about messages."""

from __future__ import annotations

from cortile.kit import audit
from cortile.kit.actor import Actor
from cortile.messages import access
from cortile.messages.models import Delivery, Message


def inbox(*, by: Actor, limit: int = 50) -> list[Message]:
    """Return what was said to the person on any channel, newest first: T8 mirrors them all."""
    return list(access.visible_to(by)[:limit])


def unread(*, by: Actor) -> int:
    """Return how many messages the person has not opened."""
    return access.visible_to(by).filter(read_at=None).count()


def to_person(person_id: int, *, by: Actor, limit: int = 20) -> list[Message]:
    """Return what was sent to a person, for an operator."""
    found = list(access.visible_to(by).filter(person_id=person_id).prefetch_related("deliveries")[:limit])
    audit.seen("messages.read", by=by, persons=[person_id] if found else [], fields=["messages"])
    return found


def queued(limit: int = 100) -> list[Delivery]:
    """Return what waits to leave the house."""
    return list(Delivery.objects.filter(state="queued")[:limit])
