"""Who, in this room: which referrals and which yeses an actor may see, and what a link may be shown."""

from __future__ import annotations

import hashlib
import hmac
from datetime import time, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from cortile.agencies import policy
from cortile.agencies.policy import PARTNER
from cortile.kit import clock, told, wall
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible, Refused
from cortile.kit.told import Shown
from cortile.listening.states import SENSITIVE_CHIPS
from cortile.referrals.models import Consent, PartnerLink, Referral, Step
from cortile.referrals.rules import ONLY_AGREED, OUTCOME_WITHIN
from cortile.referrals.states import OPEN_TO_SERVICE, UNDER_WAY
from cortile.referrals.words import REFUSALS

# What a session keeps of a link, beside the row: an office's link has none of it.
OF_PARTNER = "referral"


def refuse(code: str, **names: object) -> Refused:
    """Return the refusal of a code, in the room's words."""
    return Refused(code, *(str(words).format(**names) for words in REFUSALS[code]))


def require(actor: Actor, capability: str) -> None:
    """Raise ``Refused`` with ``not-allowed`` unless an actor holds a capability."""
    if not policy.can(actor, capability):
        raise refuse("not-allowed")


def may_send(actor: Actor) -> bool:
    """Tell whether somebody's work is to send people to services."""
    return policy.can(actor, "refer")


def asks_for_herself(actor: Actor, person_id: int) -> bool:
    """Tell whether somebody may ask a service for this person because it is herself, or whom they represent: no delegate."""
    return policy.can(actor, "refer oneself") and actor.person_id == person_id


# --- referrals: a delicate request's match none of these but its duty person ---


@policy.relation("referral", "own area")
def _own_area(actor: Actor) -> Q:
    here = Q(thread__neighbourhood_id__in=actor.areas) | Q(thread__neighbourhood_id=None)
    return Q(agency_id=actor.agency_id, thread__delicate=False) & here


@policy.relation("referral", "holder")
def _holder(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, thread__owner_id=actor.id, thread__delicate=False)


@policy.relation("referral", "duty")
def _duty(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, thread__delicate=True, thread__duty_id=actor.id)


@policy.relation("referral", "own agency")
def _own_agency(actor: Actor) -> Q:
    house = actor.kind == Kind.SYSTEM and actor.agency_id is None
    return Q(thread__delicate=False) if house else Q(agency_id=actor.agency_id, thread__delicate=False)


def _on_a_phone(actor: Actor) -> Q:
    """What a phone may show of it: as much as of its request (I7)."""
    kept = Q(thread__delicate=True) | Q(thread__only_in_person=True) | Q(person__only_in_person=True)
    shown = Q(person_id=actor.person_id) & ~kept
    return shown & ~Q(thread__chip__in=SENSITIVE_CHIPS) if actor.by_phone_code else shown


policy.relation("referral", "the person")(_on_a_phone)


@policy.relation("referral", "representative")
def _represented(actor: Actor) -> Q:
    return _on_a_phone(actor) & Q(thread__chip__in=actor.scopes)


@policy.relation("referral", "sent to us")
def _sent_to_us(actor: Actor) -> Q:
    return Q(pk=actor.id, agency_id=actor.agency_id) & still_given()


def still_given() -> Q:
    """What a service may still be shown today.

    Not once it said no, nor once the referral is over, withdrawn or delicate; nor when the yes or the agreement it rests on
    has ended: that is read again at every request.
    """
    today = clock.today()
    yes = Q(basis="consent", consent__withdrawn_at=None, consent__starts_on__lte=today, consent__ends_on__gte=today)
    agreed = Q(agreement__ended_at=None, agreement__starts_on__lte=today, agreement__ends_on__gte=today)
    alone = ~Q(fields__overlap=sorted(ONLY_AGREED))
    rests = (yes & (alone | agreed)) | (~Q(basis="consent") & agreed)
    return rests & Q(state__in=OPEN_TO_SERVICE, closed_at=None, thread__delicate=False)


def is_given(row: Referral) -> bool:
    """Tell whether a referral's service may still be shown it today."""
    return Referral.objects.filter(still_given(), pk=row.pk).exists()


# --- yeses ---


@policy.relation("consent", "own area")
def _yes_of_area(actor: Actor) -> Q:
    return Q(pk__in=Referral.objects.filter(_own_area(actor)).values("consent_id"))


@policy.relation("consent", "holder")
def _yes_of_holder(actor: Actor) -> Q:
    return Q(pk__in=Referral.objects.filter(_holder(actor)).values("consent_id"))


@policy.relation("consent", "own agency")
def _yes_of_agency(actor: Actor) -> Q:
    return Q(pk__in=Referral.objects.filter(_own_agency(actor)).values("consent_id"))


@policy.relation("consent", "the person")
def _my_yes(actor: Actor) -> Q:
    return Q(pk__in=Referral.objects.filter(_on_a_phone(actor)).values("consent_id"))


@policy.relation("consent", "representative")
def _represented_yes(actor: Actor) -> Q:
    return Q(pk__in=Referral.objects.filter(_represented(actor)).values("consent_id"))


# --- what «who looked» may tell ---

_KEPT_FROM = {
    Shown.PHONE: Q(thread__delicate=True) | Q(thread__only_in_person=True),
    Shown.PAPER: Q(thread__delicate=True),
    Shown.ONLY_PAPER: Q(thread__delicate=True) | Q(thread__only_in_person=False),
}


@told.veil("referrals.referral")
def _referrals_apart(numbers: set[int], shown: Shown) -> set[int]:
    rows = Referral.objects.filter(_KEPT_FROM[shown], pk__in=numbers)
    return set(rows.values_list("pk", flat=True)) if numbers else set()


@told.veil("referrals.consent")
def _consents_apart(numbers: set[int], shown: Shown) -> set[int]:
    rows = Referral.objects.filter(_KEPT_FROM[shown], consent_id__in=numbers)
    return {int(pk) for pk in rows.values_list("consent_id", flat=True) if pk} if numbers else set()


@told.rests_on("referrals.listed")
def _since_sent(person_id: int, shown: Shown) -> list[told.Span]:
    rows = Referral.objects.filter(person_id=person_id).exclude(_KEPT_FROM[shown])
    return [(at, None) for at in rows.values_list("sent_at", flat=True)]


# --- the questions doors and actions ask ---


def visible_to(actor: Actor, action: str = "see") -> QuerySet[Referral]:
    """Return the referrals an actor may see, or do ``action`` to."""
    return Referral.objects.filter(policy.allows(actor, "referral", action))


def to_move(agency_id: int) -> QuerySet[Referral]:
    """Return what the watch may have to move today in a body: none, and it is left alone.

    What is ours already, and was told, is not there: it would be held each minute.
    """
    due = Referral.objects.filter(agency_id=agency_id, closed_at=None, next_date__lte=clock.today(), thread__delicate=False)
    due = due.filter(Q(ball="service") | Q(state__in=UNDER_WAY))
    without_outcome = clock.at(clock.today() - timedelta(days=OUTCOME_WITHIN - 1), time())
    told_so = Step.objects.filter(referral=OuterRef("pk"), kind="no_outcome")
    waits_for_day = Q(outcome_asked_at=None) | Q(sent_at__gte=without_outcome)
    return due.exclude(Q(ball="us") & (waits_for_day | Exists(told_so)))


def consents_visible_to(actor: Actor, action: str = "see") -> QuerySet[Consent]:
    """Return the yeses an actor may see, or withdraw."""
    return Consent.objects.filter(policy.allows(actor, "consent", action))


def the_referral(actor: Actor, number: int, action: str = "see") -> Referral:
    """Return one referral by its number, or raise ``NotVisible`` as for one that was never sent."""
    rows = visible_to(actor, action).filter(number=number)
    found = rows.select_related("thread", "person", "service__organization", "agency", "consent").first()
    if found is None:
        raise NotVisible
    return found


def hash_of(secret: str) -> str:
    """Return the keyed hash of a link's token or code: the clear text is only in the mail."""
    return hmac.new(settings.SECRET_KEY.encode(), secret.encode(), hashlib.sha256).hexdigest()


def agency_of_link(token_hash: str) -> int | None:
    """Return the body a link belongs to: all the database tells before anybody is known."""
    return wall.asked("referrals_agency_of_link", token_hash)


def link_by(token_hash: str) -> PartnerLink | None:
    """Return the living link with a token, held for the length of the act. What is not given any more has none."""
    rows = PartnerLink.objects.select_for_update(of=("self",)).filter(token_hash=token_hash, expires_at__gt=clock.now())
    rows = rows.filter(referral__in=Referral.objects.filter(still_given()))
    return rows.select_related("referral__agency", "referral__service__organization").first()


def session_of(opened: Referral) -> dict[str, object]:
    """Return what a session keeps (under ``link``) of a service that came in by link and code."""
    return {"agency": opened.agency_id, "id": opened.pk, "of": OF_PARTNER}


def is_partners(signed: dict[str, object] | None) -> bool:
    """Tell whether what a session keeps is of a service's link, not of an office's."""
    return bool(signed) and (signed or {}).get("of") == OF_PARTNER


def partner_actor(signed: dict[str, object] | None) -> Actor | None:
    """Return the actor of a service that came in by link and code: one referral, expiring.

    None from the first request after a withdrawal, a revocation or an agreement's end: then nothing is shown.
    """
    if signed is None or not is_partners(signed) or not signed.get("agency"):
        return None
    with wall.within(int(str(signed["agency"])), ("social",)):
        rows = PartnerLink.objects.filter(referral_id=int(str(signed.get("id") or 0)), expires_at__gt=clock.now())
        alive = rows.filter(referral__in=Referral.objects.filter(still_given()))
        link = alive.select_related("referral__service__organization").first()
    if link is None:
        return None
    row = link.referral
    return Actor(kind=Kind.LINK, id=row.pk, name=row.service.organization.name, role=PARTNER, agency_id=row.agency_id)
