"""Who, in this room: staff become actors; capabilities are checked here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cortile.agencies import policy
from cortile.agencies.models import LaneOwner, Staff
from cortile.agencies.roles import Role
from cortile.kit.actions import refuse_unless
from cortile.kit.actor import Actor, Kind


def actor_of(staff: Staff, *, areas: frozenset[int] = frozenset()) -> Actor:
    """Return the actor a member of staff is while at work."""
    return Actor(
        kind=Kind.STAFF,
        id=staff.pk,
        name=staff.display_name,
        role=staff.role,
        agency_id=staff.agency_id,
        office_id=staff.office_id,
        areas=areas,
    )


def may_set_absence(actor: Actor, staff: Staff) -> bool:
    """Tell whether an actor may write somebody's absence: their own, or any of the body for a lead."""
    if actor.agency_id != staff.agency_id or not policy.can(actor, "set absence"):
        return False
    return actor.id == staff.pk or actor.role in {"lead", "admin"} or actor.kind == Kind.SYSTEM


def may_review(actor: Actor, lane: str = "social") -> bool:
    """Tell whether an actor looks at who opened what in a lane: a lead of the body, or whoever answers for the lane."""
    if actor.kind != Kind.STAFF or actor.id is None:
        return False
    owned = LaneOwner.objects.filter(agency_id=actor.agency_id or 0, lane=lane, staff_id=actor.id)
    return actor.role == Role.LEAD or owned.exists()


def require(actor: Actor, capability: str, *, of: int | None = None) -> None:
    """Raise ``Refused('not-allowed')`` unless the actor holds a capability of the policy table.

    With ``of``, the body it is about, also when that is another one than their own. A job may belong to none.
    """
    at_home = of is None or actor.agency_id == of or (actor.kind == Kind.SYSTEM and actor.agency_id is None)
    refuse_unless(
        policy.can(actor, capability) and at_home,
        "not-allowed",
        _("Non puoi fare questa cosa con il tuo ruolo."),
        _("Chiedi alla tua responsabile."),
    )
