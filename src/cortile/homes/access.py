"""Who, in this room: the areas somebody works in."""

from __future__ import annotations

from cortile.agencies.access import actor_of
from cortile.agencies.models import Staff
from cortile.homes.models import Posting
from cortile.kit import clock
from cortile.kit.actor import Actor


def areas_of(staff: Staff) -> frozenset[int]:
    """Return the neighbourhoods somebody is posted to today."""
    day = clock.today()
    rows = Posting.objects.filter(staff=staff, since__lte=day).exclude(until__lt=day)
    return frozenset(rows.values_list("neighbourhood_id", flat=True))


def at_work(staff: Staff) -> Actor:
    """Return the actor of a member of staff with today's areas."""
    return actor_of(staff, areas=areas_of(staff))
