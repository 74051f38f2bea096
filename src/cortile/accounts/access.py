"""Who, in this room: rent is seen by the office whose work it is, and by who was asked for help about it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cortile.accounts.models import Account
from cortile.agencies import policy
from cortile.kit.actor import Actor

IDENTIFIED = 2


@policy.relation("account", "the person")
def _the_person(actor: Actor) -> Q:
    """Money is read by who was identified (step A2): a card and a code may be in other hands."""
    return Q(tenancy__holder_id=actor.person_id) if actor.step >= IDENTIFIED else Q(pk__in=[])


@policy.relation("registry", "own agency")
def _registry(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id)


def visible_to(actor: Actor) -> QuerySet[Account]:
    """Return the rent accounts an actor may see."""
    return Account.objects.filter(policy.allows(actor, "account", "see"))
