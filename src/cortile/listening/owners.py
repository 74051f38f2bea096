"""Who follows a new request."""

from __future__ import annotations

from django.db.models import Count

from cortile.agencies import reads as agencies
from cortile.agencies.models import Staff
from cortile.homes import reads as homes
from cortile.kit import clock
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import Refused
from cortile.listening.models import Thread
from cortile.listening.words import REFUSALS
from cortile.people.models import Person


def owner_for(person: Person, by: Actor) -> Staff:
    """Return who follows a new request: who opened it, else who covers the area with the fewest open ones, else a lead.

    Somebody absent is never the answer: the deputy is.
    """
    if by.kind == Kind.STAFF and by.role in {"community_manager", "lead"} and by.id is not None:
        return agencies.on_duty(agencies.staff(by.id), clock.today())
    covering = homes.posted_to(person.home_neighbourhood_id, person.agency_id)
    # What is delicate weighs nothing: who is given the next request would tell of it.
    held = Thread.objects.filter(owner__in=covering, delicate=False).exclude(state="closed").values_list("owner")
    loads = dict(held.annotate(count=Count("pk")))
    chosen = min(covering, key=lambda s: (loads.get(s.pk, 0), s.pk)) if covering else anybody(person.agency_id)
    return agencies.on_duty(chosen, clock.today())


def anybody(agency_id: int) -> Staff:
    """Return a lead of the body, else any community manager: a request never stays without an owner."""
    leads = sorted(agencies.colleagues(agency_id), key=lambda s: (s.role != "lead", s.pk))
    if not leads:
        raise Refused("owner-elsewhere", *map(str, REFUSALS["owner-elsewhere"]))
    return leads[0]
