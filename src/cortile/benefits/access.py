"""Who, in this room: a call is drafted, proposed and published by its body's office; published, it is everybody's to read."""

from __future__ import annotations

from django.db.models import QuerySet

from cortile.agencies import policy
from cortile.benefits.models import Call, CallVersion
from cortile.benefits.words import REFUSALS
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused


def calls_visible_to(actor: Actor) -> QuerySet[Call]:
    """Return the calls of their own body an actor may see with their drafts. A call is nobody's personal data."""
    mine = Call.objects.filter(agency_id=actor.agency_id or 0)
    return mine if policy.can(actor, "see calls") else mine.none()


def the_version(actor: Actor, version_id: int) -> CallVersion:
    """Return a version to work on, its row held. Raise ``NotVisible`` for one of another body, or of nobody's business."""
    rows = CallVersion.objects.select_for_update(of=("self",)).select_related("call")
    found = rows.filter(pk=version_id, call__in=calls_visible_to(actor)).first()
    if found is None:
        raise NotVisible
    return found


def require(actor: Actor, capability: str) -> None:
    """Raise ``Refused`` unless an actor holds a capability on calls: «draft call» or «publish call»."""
    if not policy.can(actor, capability):
        raise Refused("not-allowed", *map(str, REFUSALS["not-allowed"]))
