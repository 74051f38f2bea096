"""Who, in this room: what is published is everybody's; a draft, a change and a withdrawal are the keeper's."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.db.models import Q, QuerySet

from cortile.agencies import policy
from cortile.directory.models import Agreement, ConfirmationLink, Location, Organization, Service, ServiceAtLocation
from cortile.directory.words import REFUSALS
from cortile.kit import clock
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible, Refused


def refuse(code: str) -> Refused:
    """Return the refusal of a code, in the room's words."""
    return Refused(code, *map(str, REFUSALS[code]))


def require(actor: Actor, capability: str = "keep directory") -> None:
    """Raise ``Refused`` with ``not-allowed`` unless an actor holds a capability of the directory."""
    if not policy.can(actor, capability):
        raise refuse("not-allowed")


def published() -> QuerySet[Service]:
    """Return the cards anybody may read: a directory is public."""
    return Service.objects.filter(state="published")


def public_places() -> QuerySet[Location]:
    """Return the places anybody may read: those of a published card. Where a draft is given is told to nobody."""
    given = ServiceAtLocation.objects.filter(service__in=published())
    return Location.objects.filter(pk__in=given.values("location_id"))


def services_visible_to(actor: Actor) -> QuerySet[Service]:
    """Return the cards somebody sees in the workspace: what is published, and the drafts and past ones of their own body."""
    if not policy.can(actor, "see directory") and actor.kind != Kind.SYSTEM:
        return Service.objects.none()
    return Service.objects.filter(Q(state="published") | Q(agency_id=actor.agency_id or 0))


def kept_by(actor: Actor) -> QuerySet[Service]:
    """Return the cards somebody may change: their own body's; a job of the whole house, every one."""
    if not policy.can(actor, "keep directory"):
        return Service.objects.none()
    house = actor.kind == Kind.SYSTEM and actor.agency_id is None
    return Service.objects.all() if house else Service.objects.filter(agency_id=actor.agency_id or 0)


def the_service(actor: Actor, service_id: int) -> Service:
    """Return a card to work on, its row held. Raise ``not-allowed`` for a role, ``NotVisible`` for another body's card."""
    require(actor)
    rows = kept_by(actor).select_for_update(of=("self",)).select_related("organization", "agency")
    found = rows.filter(pk=service_id).first()
    if found is None:
        raise NotVisible
    return found


def the_organization(actor: Actor, organization_id: int) -> Organization:
    """Return an organisation to work on, its row held; raise as ``the_service`` does."""
    require(actor)
    rows = Organization.objects.select_for_update(of=("self",)).select_related("agency")
    house = actor.kind == Kind.SYSTEM and actor.agency_id is None
    found = (rows if house else rows.filter(agency_id=actor.agency_id or 0)).filter(pk=organization_id).first()
    if found is None:
        raise NotVisible
    return found


def hash_of(token: str) -> str:
    """Return the keyed hash of a link's token: the clear text is only in the mail."""
    return hmac.new(settings.SECRET_KEY.encode(), token.encode(), hashlib.sha256).hexdigest()


def link_by(token: str) -> ConfirmationLink | None:
    """Return the living link of a token: not over, its card still published. Whoever holds it may say «è ancora così»."""
    rows = ConfirmationLink.objects.filter(token_hash=hash_of(token), expires_at__gt=clock.now(), service__state="published")
    return rows.select_related("service__organization", "service__agency").first()


def agreements_visible_to(actor: Actor) -> QuerySet[Agreement]:
    """Return the agreements of somebody's own body."""
    rows = Agreement.objects.select_related("organization")
    seen = policy.can(actor, "see directory") or policy.can(actor, "sign agreements")
    return rows.filter(agency_id=actor.agency_id or 0) if seen else rows.none()
