"""Who, in this room: calls, applications of one's own contract or of one's own work, and the money of a body."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from cortile.agencies import policy
from cortile.benefits import codes
from cortile.benefits.models import (
    Application,
    ApplicationDraft,
    Batch,
    Call,
    CallVersion,
    Envelope,
    Invitation,
    SiussFlow,
    SiussOutcome,
)
from cortile.benefits.words import REFUSALS
from cortile.kit import clock, told, wall
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import access as people
from cortile.people.models import Membership, Person, Tenancy

# Money is read, and asked for, by who was identified (step A2): a card and a code may be in other hands.
IDENTIFIED = 2
CHIP = "benefits"


def calls_visible_to(actor: Actor) -> QuerySet[Call]:
    """Return the calls of their own body an actor may see with their drafts. A call is nobody's personal data."""
    mine = Call.objects.filter(agency_id=actor.agency_id or 0)
    return mine if policy.can(actor, "see calls") else mine.none()


def the_version(actor: Actor, version_id: int) -> CallVersion:
    """Return a version to work on, its row held. Raise ``NotVisible`` for one of another body, or of nobody's business."""
    rows = CallVersion.objects.select_for_update(of=("self",)).select_related("call")
    found = rows.filter(pk=version_id, call__in=calls_visible_to(actor)).first()
    if found is None:
        raise NotVisible
    return found


def the_call(actor: Actor, call_id: int) -> Call:
    """Return a call of the actor's own body, its row held. Raise ``NotVisible``."""
    found = calls_visible_to(actor).select_for_update().filter(pk=call_id).first()
    if found is None:
        raise NotVisible
    return found


def require(actor: Actor, capability: str) -> None:
    """Raise ``Refused`` unless an actor holds a capability on calls: «draft call» or «publish call»."""
    if not policy.can(actor, capability):
        raise Refused("not-allowed", *map(str, REFUSALS["not-allowed"]))


# --- applications ---


@policy.relation("contribution", "own agency")
def _own_agency(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id)


@policy.relation("contribution", "own area")
def _own_area(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, neighbourhood_id__in=actor.areas)


@policy.relation("contribution", "assisting")
def _assisting(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, helped_by_id=actor.id)


# What a phone may say of money (I7): nothing that is delicate or only in person.
_SAID_ON_A_PHONE = Q(thread__only_in_person=False, thread__delicate=False, applicant__only_in_person=False)


def _known_on_a_phone(actor: Actor) -> bool:
    """Tell whether we know who reads, and that no code sent to a telephone let them in: money is told to nobody else."""
    return actor.step >= IDENTIFIED and not actor.by_phone_code


@policy.relation("contribution", "the person")
def _the_applicant(actor: Actor) -> Q:
    return Q(applicant_id=actor.person_id) & _SAID_ON_A_PHONE if _known_on_a_phone(actor) else Q(pk__in=[])


@policy.relation("contribution", "own household")
def _of_the_house(actor: Actor) -> Q:
    """Who lives there sees that there is one, and its outcome on the bill: never what was said (I10)."""
    lives = Membership.objects.filter(person_id=actor.person_id or 0, until=None)
    return Q(household_id__in=lives.values("household_id")) & _SAID_ON_A_PHONE if _known_on_a_phone(actor) else Q(pk__in=[])


def _within_scopes(actor: Actor) -> Q:
    """What who helps, or represents, sees of her applications: as much as of her requests about contributions."""
    shown = CHIP in actor.scopes and not actor.by_phone_code
    return Q(applicant_id=actor.person_id) & _SAID_ON_A_PHONE if shown else Q(pk__in=[])


policy.relation("contribution", "delegate")(_within_scopes)
policy.relation("contribution", "representative")(_within_scopes)


def _of_the_body(actor: Actor) -> QuerySet[Application]:
    return Application.objects.filter(agency_id=actor.agency_id or 0)


@policy.relation("person", "applicants")
def _who_applied(actor: Actor) -> Q:
    mine = _of_the_body(actor)
    return Q(agency_id=actor.agency_id, pk__in=mine.values("applicant_id"))


@policy.relation("account", "applicants")
def _account_of_who_applied(actor: Actor) -> Q:
    mine = _of_the_body(actor)
    return Q(agency_id=actor.agency_id, tenancy_id__in=mine.values("tenancy_id"))


@policy.relation("thread", "applicants")
def _came_in_as_an_application(actor: Actor) -> Q:
    mine = _of_the_body(actor)
    return Q(agency_id=actor.agency_id, delicate=False, pk__in=mine.values("thread_id"))


@people.link
def _examines(actor: Actor) -> Q:
    """An application that was not decided yet ties the office to who made it."""
    if not policy.can(actor, "examine applications"):
        return Q(pk__in=[])
    open_ones = _of_the_body(actor).exclude(state__in=["decided", "withdrawn"])
    return Q(agency_id=actor.agency_id, pk__in=open_ones.values("applicant_id"))


def applications_visible_to(actor: Actor, action: str = "see") -> QuerySet[Application]:
    """Return the applications an actor may see, or do ``action`` to. To ``see`` one is not yet to ``read`` it."""
    return Application.objects.filter(policy.allows(actor, "contribution", action))


def the_application(actor: Actor, number: int, action: str = "read") -> Application:
    """Return one application by its number, or raise ``NotVisible``."""
    rows = applications_visible_to(actor, action).select_related("applicant", "version", "call", "thread", "tenancy", "agency")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def held(actor: Actor, application_id: int, action: str) -> Application:
    """Return an application with its row held, to change it. Raise ``NotVisible``."""
    may = applications_visible_to(actor, action).filter(pk=application_id).exists()
    # Held without its key: the ledger may name it meanwhile, and nobody waits in a ring.
    rows = Application.objects.select_for_update(of=("self",), no_key=True).select_related(
        "applicant", "version", "call", "thread", "tenancy", "agency"
    )
    found = rows.filter(pk=application_id).first() if may else None
    if found is None:
        raise NotVisible
    return found


def may_apply_for(actor: Actor, person: Person) -> Tenancy:
    """Return the contract in force a person may be helped to apply for. Raise ``NotVisible`` or ``Refused``.

    Refused with ``not-allowed``, ``not-identified`` for who has not shown who they are, ``no-contract`` for who signed none.
    """
    people.require(actor, person.pk)
    _unless(policy.can(actor, "apply"), "not-allowed-to-apply")
    _unless(actor.kind != Kind.TENANT or actor.step >= IDENTIFIED, "not-identified")
    _unless(actor.kind != Kind.REPRESENTATIVE or CHIP in actor.scopes, "not-allowed-to-apply")
    return _contract_of(person)


def _contract_of(person: Person) -> Tenancy:
    found = Tenancy.objects.filter(holder=person, end=None).select_related("household", "dwelling").order_by("-start").first()
    if found is None:
        raise Refused("no-contract", *map(str, REFUSALS["no-contract"]))
    return found


def old_drafts(agency_id: int) -> QuerySet[ApplicationDraft]:
    """Return the drafts of a body that nobody sent in their time: for the watch, which deletes them."""
    return ApplicationDraft.objects.filter(agency_id=agency_id, sent_at=None, expires_at__lte=clock.now())


def drafts_of(actor: Actor) -> QuerySet[ApplicationDraft]:
    """Return the drafts an actor may go on with: their own person's, or any of the body's for who helps at a desk.

    Who asked to talk only in person finds none on a phone (I7); who helps with other matters only finds none.
    """
    rows = ApplicationDraft.objects.filter(sent_at=None, expires_at__gt=clock.now())
    if actor.kind == Kind.STAFF:
        return rows.filter(person__in=people.visible_to(actor)) if policy.can(actor, "apply") else rows.none()
    mine = actor.person_id is not None and helps_with_it(actor)
    return rows.filter(person_id=actor.person_id or 0, person__only_in_person=False) if mine else rows.none()


def helps_with_it(actor: Actor) -> bool:
    """Tell whether a tenant, or who helps one, has to do with applications at all."""
    return actor.kind == Kind.TENANT or CHIP in actor.scopes


def may_write_for(actor: Actor, person: Person) -> Tenancy:
    """Return the contract a person may be helped to write an application for, by who then may not send it too.

    Raise ``NotVisible``, also for who helps with other matters only; ``Refused`` with ``not-allowed-to-apply`` or ``no-contract``.
    """
    people.require(actor, person.pk)
    if actor.kind != Kind.STAFF and not helps_with_it(actor):
        raise NotVisible
    _unless(policy.can(actor, "apply") or actor.kind == Kind.DELEGATE, "not-allowed-to-apply")
    return _contract_of(person)


@contextlib.contextmanager
def with_code(code: str, actor: Actor) -> Iterator[ApplicationDraft | None]:
    """Work behind the wall, for the length of a block, on the draft a code opens; None for one that opens nothing.

    Whoever is signed in as somebody else, or may not see whose it is, finds what a wrong code finds.
    """
    digest = codes.digest(code)
    with wall.within(wall.asked("benefits_agency_of_draft", digest), ("social",)):
        rows = ApplicationDraft.objects.filter(code_hash=digest, sent_at=None, expires_at__gt=clock.now())
        shown = rows if actor.kind == Kind.STAFF else rows.filter(person__only_in_person=False)
        found = shown.select_related("call", "agency").first()
    mine = found is not None and (actor.kind == Kind.PUBLIC or drafts_of(actor).filter(pk=found.pk).exists())
    with wall.within(found.agency_id if found is not None and mine else None, ("social",)):
        yield found if mine else None


# --- invitations ---


@policy.relation("invitation", "own area")
def _lives_in_her_area(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, person__home_neighbourhood_id__in=actor.areas, person__state="active")


def invitations_visible_to(actor: Actor, action: str = "see") -> QuerySet[Invitation]:
    """Return the invitations of whoever calls in an area: nobody else knows that there is one."""
    return Invitation.objects.filter(policy.allows(actor, "invitation", action))


def the_invitation(actor: Actor, invitation_id: int) -> Invitation:
    """Return one to mark, its row held. Raise ``NotVisible``."""
    may = invitations_visible_to(actor, "invite").filter(pk=invitation_id).exists()
    found = (
        Invitation.objects.select_for_update(of=("self",)).select_related("person").filter(pk=invitation_id).first()
        if may
        else None
    )
    if found is None:
        raise NotVisible
    return found


# --- money ---


def envelopes_visible_to(actor: Actor) -> QuerySet[Envelope]:
    """Return the envelopes of their own body whoever sees its calls may look at: sums, and nobody's name."""
    rows = Envelope.objects.filter(agency_id=actor.agency_id or 0)
    return rows if actor.kind == Kind.SYSTEM or policy.can(actor, "see calls") else rows.none()


# --- what is told to INPS ---

# What a machine recognised as INPS may do here, and no other machine may.
INPS = "inps"


@policy.relation("flow", "own agency")
def _flow_of_the_body(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id)


@policy.relation("flow", "sent to inps")
def _flow_for_inps(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id) if INPS in actor.scopes else Q(pk__in=[])


def flows_visible_to(actor: Actor, action: str = "see") -> QuerySet[SiussFlow]:
    """Return the flows of their own body an actor may see, or do ``action`` to: ``mend`` or ``answer``."""
    return SiussFlow.objects.filter(policy.allows(actor, "flow", action))


def is_kept_apart(flow: SiussFlow) -> bool:
    """Tell whether what a flow is about is told in person only: no line on a phone may say that it exists (I7)."""
    return flow.application.thread.only_in_person or flow.application.thread.delicate


@told.veil("benefits.siussflow")
def _flows_apart(numbers: set[int], shown: told.Shown) -> set[int]:
    """Hide what is delicate, what a phone may not tell, and what whoever reads is not shown by the wall either."""
    kinds = {told.Shown.PHONE: [False], told.Shown.PAPER: [False, True], told.Shown.ONLY_PAPER: [True]}
    rows = SiussFlow.objects.filter(pk__in=numbers, application__thread__delicate=False)
    rows = rows.filter(application__thread__only_in_person__in=kinds[shown])
    return numbers - set(rows.values_list("pk", flat=True)) if numbers else set()


def outcomes_visible_to(actor: Actor) -> QuerySet[SiussOutcome]:
    """Return INPS's answers about flows of an actor's own body, those about a flow that is none of ours too."""
    rows = SiussOutcome.objects.filter(agency_id=actor.agency_id or 0)
    return rows if policy.can(actor, "send to inps") else rows.none()


def _unless(condition: object, code: str) -> None:
    if not condition:
        raise Refused(code, *map(str, REFUSALS[code]))


# --- payments ---


def require_to(actor: Actor, capability: str, code: str) -> None:
    """Raise ``Refused`` with a code of one's own unless an actor holds a capability."""
    _unless(policy.can(actor, capability), code)


def batches_visible_to(actor: Actor) -> QuerySet[Batch]:
    """Return the batches of their own body an actor may look at: who prepares payments, and who signs them."""
    rows = Batch.objects.filter(agency_id=actor.agency_id or 0)
    return rows if policy.can(actor, "pay batches") or policy.can(actor, "sign batches") else rows.none()


def the_batch(actor: Actor, batch_id: int) -> Batch:
    """Return a batch to work on, its envelope held first and then its row. Raise ``NotVisible``.

    Every act of a batch and every movement of its envelope waits here, in this order: none waits in a ring.
    """
    found = batches_visible_to(actor).filter(pk=batch_id).values_list("envelope_id", flat=True).first()
    if found is None:
        raise NotVisible
    Envelope.objects.select_for_update().get(pk=found)
    return Batch.objects.select_for_update(of=("self",)).select_related("envelope", "agency").get(pk=batch_id)
