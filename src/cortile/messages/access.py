"""Who, in this room: which messages an actor may read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from cortile.agencies import policy
from cortile.homes.models import Stair
from cortile.kit import clock, told
from cortile.kit.actor import Actor
from cortile.kit.told import Shown
from cortile.messages.models import IncomingSms, Message, Notice
from cortile.people.models import ContactPoint, Person

Matters = TypeVar("Matters", bound=Callable[[Actor], QuerySet[Any]])


def _on_a_phone(actor: Actor) -> Q:
    """What a phone may show: never what was said "solo di persona" or is delicate (I7)."""
    shown = Q(person_id=actor.person_id, on_phone=True, delicate=False, person__only_in_person=False)
    return shown & Q(sensitive=False) if actor.by_phone_code else shown


policy.relation("message", "the person")(_on_a_phone)


@policy.relation("incoming_sms", "own agency")
def _sms_of_the_body(actor: Actor) -> Q:
    """Only what still waits: an SMS that found its request is read there, by who may open it."""
    return Q(agency_id=actor.agency_id, state="waiting")


@policy.relation("notice", "own agency")
def _notices_of_the_body(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id)


@policy.relation("notice", "own building")
def _notices_where_she_lives(actor: Actor) -> Q:
    """What is said to a building, or to her stair of it, in its days: of a place, it names nobody."""
    hers = Stair.objects.filter(residents=actor.person_id or 0)
    here = Q(building__in=hers.values("building_id")) & (Q(stair=None) | Q(stair__in=hers))
    today = clock.today()
    return here & Q(withdrawn_at=None, since__lte=today, until__gte=today)


_matters: dict[str, Callable[[Actor], QuerySet[Any]]] = {}


def about(thing: str) -> Callable[[Matters], Matters]:
    """Register which of some things (``"listening.thread"``) a representative may hear of: messages are about them."""

    def register(within: Matters) -> Matters:
        _matters[thing] = within
        return within

    return register


@policy.relation("message", "representative")
def _within_the_decree(actor: Actor) -> Q:
    found = Q(about_thing="")
    for thing, within in _matters.items():
        found |= Q(about_thing=thing, about_id__in=within(actor).values("pk"))
    return _on_a_phone(actor) & found


@policy.relation("message", "own area")
def _own_area(actor: Actor) -> Q:
    """What was said "solo di persona" is read with an operator; what is delicate stands in no list."""
    return Q(agency_id=actor.agency_id, delicate=False, person__home_neighbourhood_id__in=actor.areas)


@policy.relation("message", "own agency")
def _own_agency(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, delicate=False)


# What a phone shows, what a paper shows, and what only a paper does: nothing delicate on any.
_SHOWN = {
    Shown.PHONE: Q(on_phone=True, delicate=False),
    Shown.PAPER: Q(delicate=False),
    Shown.ONLY_PAPER: Q(on_phone=False, delicate=False),
}


@told.veil("messages.message")
def _apart(ids: set[int], shown: Shown) -> set[int]:
    """Name the messages that a tenant's list of who read what must not betray."""
    hidden = Message.objects.filter(~_SHOWN[shown], pk__in=ids)
    return set(hidden.values_list("pk", flat=True)) if ids else set()


@told.rests_on("messages.read")
def _since_told(person_id: int, shown: Shown) -> list[told.Span]:
    rows = Message.objects.filter(_SHOWN[shown], person_id=person_id)
    return [(at, None) for at in rows.values_list("created_at", flat=True)]


def usable(person: Person) -> QuerySet[ContactPoint]:
    """Return the ways on which something may be sent to a person: safe, hers alone, and nothing came back from there."""
    return person.contact_points.filter(safe=True, shared=False, bounced_at=None)


def incoming_visible_to(actor: Actor, action: str = "see") -> QuerySet[IncomingSms]:
    """Return the SMS that came in which an actor may see or do ``action`` to."""
    return IncomingSms.objects.filter(policy.allows(actor, "incoming_sms", action))


def visible_to(actor: Actor) -> QuerySet[Message]:
    """Return the messages an actor may read."""
    return Message.objects.filter(policy.allows(actor, "message", "see"))


def notices_visible_to(actor: Actor, action: str = "see") -> QuerySet[Notice]:
    """Return the notices an actor may see or do ``action`` to: who lives there, those of their home in their days."""
    return Notice.objects.filter(policy.allows(actor, "notice", action))
