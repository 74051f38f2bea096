"""What an act leaves behind: its audit event, its line in the request, what was told to whom."""

from __future__ import annotations

from cortile.kit.models import AuditEvent
from cortile.listening.models import Thread
from cortile.messages.models import Message
from tests import cast


def event(what: str) -> AuditEvent:
    """Return the last event of an act."""
    return AuditEvent.objects.filter(what=what).latest("pk")


def subjects(what: str) -> set[int]:
    """Return the persons the last event of an act is about."""
    return set(event(what).subjects.values_list("person_id", flat=True))


def told(key: str) -> list[str]:
    """Return the keys of what a tenant was told, newest first."""
    return list(Message.objects.filter(person=cast.person(key)).order_by("-pk").values_list("key", flat=True))


def lines(thread: Thread) -> list[str]:
    """Return the kinds of the lines of a request, oldest first."""
    return list(thread.entries.order_by("pk").values_list("kind", flat=True))


def now(thread: Thread) -> Thread:
    """Return a request as it stands."""
    return Thread.objects.select_related("owner", "duty", "person", "agency", "category").get(pk=thread.pk)
