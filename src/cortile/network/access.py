"""Who, in this room: a network is its body's; of another body's a lender sees only what it lends."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from cortile.agencies import policy
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.network.models import Lending, Meeting, Member, Network, NetworkDecision
from cortile.network.words import REFUSALS

Row = TypeVar("Row", bound=Model)


def refuse(code: str, **names: object) -> Refused:
    """Return the refusal of a code, in the room's words."""
    sentence, what_to_do = REFUSALS[code]
    return Refused(code, str(sentence).format(**names), str(what_to_do))


def require(actor: Actor, capability: str = "keep networks") -> None:
    """Raise ``Refused`` with ``not-allowed`` unless an actor holds a capability of the room."""
    if not policy.can(actor, capability):
        raise refuse("not-allowed")


def _of_my_body(rows: QuerySet[Row], actor: Actor) -> QuerySet[Row]:
    return rows.filter(agency_id=actor.agency_id or 0) if policy.can(actor, "keep networks") else rows.none()


def networks(actor: Actor) -> QuerySet[Network]:
    """Return the networks of an actor's own body."""
    return _of_my_body(Network.objects.all(), actor)


def members(actor: Actor) -> QuerySet[Member]:
    """Return who is in them, with the organisation."""
    return _of_my_body(Member.objects.select_related("organization", "network"), actor)


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """Return the tables of an actor's own body."""
    return _of_my_body(Meeting.objects.select_related("network", "agency"), actor)


def decisions(actor: Actor) -> QuerySet[NetworkDecision]:
    """Return what those tables decided, with who answers for it."""
    rows = NetworkDecision.objects.select_related("network", "meeting", "item", "owner_member__organization", "owner_staff")
    return _of_my_body(rows, actor)


def lendings_to(actor: Actor) -> QuerySet[Lending]:
    """Return what was lent, or asked, of another body for the networks of one's own."""
    return _of_my_body(Lending.objects.select_related("lender"), actor)


def lendings_of(actor: Actor) -> QuerySet[Lending]:
    """Return what one's own body lends, or is asked for."""
    rows = Lending.objects.select_related("agency")
    return rows.filter(lender_id=actor.agency_id or 0) if policy.can(actor, "lend counts") else rows.none()


def the(rows: QuerySet[Row], number: int, *, held: bool = False) -> Row:
    """Return one row of those somebody sees, its row held when it is to change. Raise ``NotVisible``."""
    found = (rows.select_for_update(of=("self",)) if held else rows).filter(pk=number).first()
    if found is None:
        raise NotVisible
    return found
