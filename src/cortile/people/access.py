"""Who, in this room: who is in front of the phone, and which persons an actor may see."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet

from cortile.agencies import policy
from cortile.kit import clock, wall
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible
from cortile.people.models import Delegation, Person, Representative

M = TypeVar("M", Delegation, Representative)


@policy.relation("person", "own area")
def _own_area(actor: Actor) -> Q:
    here = Q(home_neighbourhood_id__in=actor.areas) | Q(home_neighbourhood_id=None)
    return Q(agency_id=actor.agency_id) & here


@policy.relation("person", "own agency")
def _own_agency(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id)


@policy.relation("person", "the person")
def _the_person(actor: Actor) -> Q:
    return Q(pk=actor.person_id)


@policy.relation("person", "delegate")
def _delegate(actor: Actor) -> Q:
    return Q(pk=actor.person_id)


@policy.relation("person", "representative")
def _representative(actor: Actor) -> Q:
    return Q(pk=actor.person_id)


def visible_to(actor: Actor, action: str = "see") -> QuerySet[Person]:
    """Return the persons an actor may see, or do ``action`` to: the only way to a row of this room."""
    return Person.objects.filter(policy.allows(actor, "person", action)).exclude(state="merged")


def the_one(actor: Actor, person_id: int, action: str = "see") -> Person:
    """Return one person, or raise ``NotVisible`` as for somebody who is not there."""
    found = visible_to(actor, action).filter(pk=person_id).select_related("home_stair__building", "agency").first()
    if found is None:
        raise NotVisible
    return found


def require(actor: Actor, person_id: int, action: str = "see") -> None:
    """Raise ``NotVisible`` unless an actor may see a person, or do ``action`` to them: ``the_one`` without the row."""
    if not visible_to(actor, action).filter(pk=person_id).exists():
        raise NotVisible


def reads_at_the_desk(actor: Actor) -> bool:
    """Tell whether somebody reads with an operator in front, not on a phone."""
    return actor.kind == Kind.STAFF


def agency_of_card(card_number: str) -> int | None:
    """Return the body a card with a code belongs to: all the database tells before anybody is known."""
    return wall.asked("people_agency_of_card", card_number)


def session_of(actor: Actor) -> dict[str, object]:
    """Return what a session keeps of who signed in: ``tenant_actor`` finds them again with it."""
    return {"kind": str(actor.kind), "id": actor.id, "agency": actor.agency_id}


def tenant_actor(signed: dict[str, object] | None) -> Actor | None:
    """Return who is signed in to the tenants' app, or None when the session, delegation or decree has ended."""
    if not signed or not signed.get("agency"):
        return None
    with wall.within(int(str(signed["agency"])), ("social",)):
        return _signed(str(signed.get("kind")), int(str(signed.get("id") or 0)))


def _signed(kind: str, number: int) -> Actor | None:
    if kind == Kind.TENANT:
        return _tenant(Person.objects.filter(pk=number, state="active").first())
    if kind == Kind.DELEGATE:
        return _helper(Kind.DELEGATE, _alive(Delegation.objects.filter(pk=number, withdrawn_at=None)).first())
    if kind == Kind.REPRESENTATIVE:
        return _helper(Kind.REPRESENTATIVE, _alive(Representative.objects.filter(pk=number)).first())
    return None


def _tenant(person: Person | None) -> Actor | None:
    if person is None:
        return None
    return Actor(
        kind=Kind.TENANT, id=person.pk, name=person.display_name, role="tenant", agency_id=person.agency_id,
        person_id=person.pk,
    )  # fmt: skip


def _alive(rows: QuerySet[M]) -> QuerySet[M]:
    day = clock.today()
    return rows.filter(since__lte=day).exclude(until__lt=day).select_related("person")


def _helper(kind: Kind, mandate: Delegation | Representative | None) -> Actor | None:
    """A delegate or representative leaves their own name, never the person's."""
    if mandate is None or mandate.person.state != "active":
        return None
    return Actor(
        kind=kind, id=mandate.pk, name=mandate.name, role=str(kind), agency_id=mandate.person.agency_id,
        person_id=mandate.person_id, scopes=frozenset(mandate.scopes),
    )  # fmt: skip
