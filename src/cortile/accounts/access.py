"""Who, in this room: rent is seen by the office whose work it is, and by who was asked for help about it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cortile.accounts.models import Account
from cortile.agencies import policy
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible
from cortile.people.models import Tenancy

IDENTIFIED = 2


@policy.relation("account", "the person")
def _the_person(actor: Actor) -> Q:
    """Money is read by who was identified (step A2): a card and a code may be in other hands."""
    return Q(tenancy__holder_id=actor.person_id) if actor.step >= IDENTIFIED else Q(pk__in=[])


@policy.relation("standing", "own agency")
def _of_the_body(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id or 0)


@policy.relation("standing", "the person")
def _her_own(actor: Actor) -> Q:
    """A contract is told to who signed it, once we know who reads: who lives there too is not told what it owes."""
    return Q(holder_id=actor.person_id) if actor.step >= IDENTIFIED else Q(pk__in=[])


@policy.relation("registry", "own agency")
def _registry(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id)


def identified(actor: Actor) -> bool:
    """Tell whether we know who holds the phone: money is told to nobody else. It says nothing of what is owed."""
    return actor.kind == Kind.TENANT and actor.step >= IDENTIFIED


def to_protect(actor: Actor, account_id: int) -> Account:
    """Return an account an actor may write a protection on, or raise ``NotVisible``: whose work it is, and who sees it.

    A job writes those of its body, as the landlord's lists say.
    """
    own = Q(agency_id=actor.agency_id or 0)
    rows = Account.objects.filter(own) if actor.kind == Kind.SYSTEM else visible_to(actor).filter(own)
    found = rows.filter(pk=account_id).select_related("tenancy").prefetch_related("protections").first()
    if found is None or not policy.can(actor, "protect account"):
        raise NotVisible
    return found


def standings_visible_to(actor: Actor) -> QuerySet[Tenancy]:
    """Return the contracts whose economic facts an actor may see, for the purpose they act for."""
    return Tenancy.objects.filter(policy.allows(actor, "standing", "see"))


def require_standings(actor: Actor, agency_id: int) -> None:
    """Raise ``NotVisible`` unless an actor sees economic facts of their own body's contracts, for the purpose they act for."""
    if actor.agency_id != agency_id or not policy.rules_for(actor, "standing", "see"):
        raise NotVisible


def visible_to(actor: Actor) -> QuerySet[Account]:
    """Return the rent accounts an actor may see."""
    return Account.objects.filter(policy.allows(actor, "account", "see"))
