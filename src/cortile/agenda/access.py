"""Who, in this room: which appointments an actor may see, move or cancel."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from cortile.agencies import policy
from cortile.agencies.roles import Role
from cortile.agenda.models import Appointment, CallBack
from cortile.homes.models import Posting
from cortile.kit import clock, told
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible
from cortile.kit.told import Shown
from cortile.listening.states import SENSITIVE_CHIPS
from cortile.messages import access as messages
from cortile.people import access as people

# An appointment about nothing delicate. Said this way because most have no request, and NULL is not False.
_PLAIN = Q(thread=None) | Q(thread__delicate=False)
_FOR_A_PHONE = Q(person__only_in_person=False) & (Q(thread=None) | Q(thread__delicate=False, thread__only_in_person=False))


@policy.relation("appointment", "own agency")
def _own_agency(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id) & _PLAIN


@policy.relation("appointment", "own area")
def _own_area(actor: Actor) -> Q:
    """Who lives where the actor works, and whoever the actor receives: of the others an hour is taken, and no name is said."""
    here = Q(person__home_neighbourhood_id__in=actor.areas) | Q(person__home_neighbourhood_id=None) | Q(staff_id=actor.id)
    return Q(agency_id=actor.agency_id) & _PLAIN & here


@policy.relation("appointment", "duty")
def _duty(actor: Actor) -> Q:
    """What is delicate is in the agenda of who receives, and of the request's duty person, only."""
    mine = Q(staff_id=actor.id) | Q(thread__duty_id=actor.id)
    return Q(agency_id=actor.agency_id, thread__delicate=True) & mine


@policy.relation("appointment", "own list")
def _own_list(actor: Actor) -> Q:
    """Who a nurse receives from today on. What is delicate has no words here: a name, as for whoever waits at the door."""
    since, _until = clock.day_bounds(clock.today())
    return Q(agency_id=actor.agency_id, staff_id=actor.id, state="booked", starts_at__gte=since)


@policy.relation("person", "own list")
def _person_on_my_list(actor: Actor) -> Q:
    return Q(pk__in=Appointment.objects.filter(_own_list(actor)).values("person_id"))


def _on_a_phone(actor: Actor) -> Q:
    """What a phone may show (I7): nothing delicate, nothing «solo di persona»; in a session opened by SMS nothing sensitive."""
    shown = Q(person_id=actor.person_id) & _FOR_A_PHONE
    plain = ~Q(staff__role=Role.NURSE) & (Q(thread=None) | ~Q(thread__chip__in=SENSITIVE_CHIPS))
    return shown & plain if actor.by_phone_code else shown


policy.relation("appointment", "the person")(_on_a_phone)


def _within_scopes(actor: Actor) -> Q:
    """Who helps, or represents, does so in some matters; an appointment about no request is about none of them."""
    return _on_a_phone(actor) & Q(thread__chip__in=actor.scopes)


# A call we promised is of a request: who may see one may see the other.
@policy.relation("call_back", "own agency")
def _calls_of_the_body(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, thread__delicate=False)


@policy.relation("call_back", "own area")
def _calls_of_my_area(actor: Actor) -> Q:
    here = Q(person__home_neighbourhood_id__in=actor.areas) | Q(person__home_neighbourhood_id=None) | Q(staff_id=actor.id)
    return Q(agency_id=actor.agency_id, thread__delicate=False) & here


@policy.relation("call_back", "duty")
def _delicate_calls(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, thread__delicate=True, thread__duty_id=actor.id)


@policy.relation("call_back", "the person")
def _calls_to_me(actor: Actor) -> Q:
    return _on_a_phone(actor)


policy.relation("appointment", "delegate")(_within_scopes)
policy.relation("appointment", "representative")(_within_scopes)


@messages.about("agenda.appointment")
def _told_within_scopes(actor: Actor) -> QuerySet[Appointment]:
    return Appointment.objects.filter(_within_scopes(actor))


@messages.about("agenda.callback")
def _calls_within_scopes(actor: Actor) -> QuerySet[CallBack]:
    return CallBack.objects.filter(_within_scopes(actor))


_SHOWN = {
    Shown.PHONE: _FOR_A_PHONE,
    Shown.PAPER: _PLAIN,
    Shown.ONLY_PAPER: _PLAIN & (Q(person__only_in_person=True) | Q(thread__only_in_person=True)),
}


@told.veil("agenda.appointment")
def _apart(numbers: set[int], shown: Shown) -> set[int]:
    rows = Appointment.objects.filter(pk__in=numbers)
    seen = set(rows.filter(_SHOWN[shown]).values_list("pk", flat=True)) if numbers else set()
    return set(rows.values_list("pk", flat=True)) - seen if numbers else set()


@told.veil("agenda.callback")
def _calls_apart(numbers: set[int], shown: Shown) -> set[int]:
    rows = CallBack.objects.filter(pk__in=numbers)
    seen = set(rows.filter(_SHOWN[shown]).values_list("pk", flat=True)) if numbers else set()
    return set(rows.values_list("pk", flat=True)) - seen if numbers else set()


@told.rests_on("call_backs.read")
def _since_promised(person_id: int, shown: Shown) -> list[told.Span]:
    rows = CallBack.objects.filter(_SHOWN[shown], person_id=person_id)
    return [(at, None) for at in rows.values_list("created_at", flat=True)]


@told.rests_on("agenda.read", "agenda.day_read", "appointments.read")
def _since_booked(person_id: int, shown: Shown) -> list[told.Span]:
    rows = Appointment.objects.filter(_SHOWN[shown], person_id=person_id)
    return [(at, None) for at in rows.values_list("created_at", flat=True)]


# An appointment is a reason to open somebody's record from its own day to a week after: one booked to look is none.
TIED_FOR = timedelta(days=7)


@people.link
def _expected(actor: Actor) -> Q:
    """Somebody the actor receives, or who comes where the actor works."""
    day = clock.today()
    since, until = clock.day_bounds(day)
    places = Posting.objects.filter(staff_id=actor.id or 0, since__lte=day).exclude(until__lt=day).values("place_id")
    near = visible_to(actor).filter(starts_at__gte=since - TIED_FOR, starts_at__lt=until, person_id=OuterRef("pk"))
    return Q(Exists(near.filter(Q(staff_id=actor.id) | Q(place_id__in=places)).exclude(state="cancelled")))


def visible_to(actor: Actor, action: str = "see") -> QuerySet[Appointment]:
    """Return the appointments an actor may see or do ``action`` to."""
    return Appointment.objects.filter(policy.allows(actor, "appointment", action))


def taken_around(actor: Actor) -> QuerySet[Appointment]:
    """Return the hours others of the body have taken, of which an actor may know when, where and who receives: never for whom.

    What is delicate is not among them: an hour nobody can account for would tell of it.
    """
    return Appointment.objects.filter(policy.allows(actor, "appointment", "busy")).exclude(pk__in=visible_to(actor).values("pk"))


def the_one(actor: Actor, appointment_id: int, action: str = "see") -> Appointment:
    """Return one appointment, or raise ``NotVisible`` as for one that is not there."""
    rows = visible_to(actor, action).filter(pk=appointment_id)
    found = rows.select_related("person", "staff", "place", "thread", "agency").first()
    if found is None:
        raise NotVisible
    return found


def calls_visible_to(actor: Actor, action: str = "see") -> QuerySet[CallBack]:
    """Return the calls we promised that an actor may see, or cancel."""
    return CallBack.objects.filter(policy.allows(actor, "call_back", action))


def the_call(actor: Actor, call_id: int, action: str = "see") -> CallBack:
    """Return one call we promised, or raise ``NotVisible`` as for one that is not there."""
    rows = calls_visible_to(actor, action).filter(pk=call_id)
    found = rows.select_related("person", "staff", "thread", "agency").first()
    if found is None:
        raise NotVisible
    return found


def sensitive(appointment: Appointment) -> bool:
    """Tell whether an hour is about something a telephone must not show: a sensitive request, or a nurse."""
    thread = appointment.thread
    return appointment.staff.role == Role.NURSE or (thread is not None and thread.chip in SENSITIVE_CHIPS)


def sealed(appointment: Appointment | CallBack) -> bool:
    """Tell whether no phone may learn of an appointment or a call, nor that somebody looked at it."""
    thread = appointment.thread
    return appointment.person.only_in_person or (thread is not None and (thread.delicate or thread.only_in_person))


def remindable() -> QuerySet[Appointment]:
    """Return the booked appointments a phone may ring for: the others were given on paper, in person."""
    return Appointment.objects.filter(_FOR_A_PHONE, state="booked", person__state="active")


def may_mark(actor: Actor) -> bool:
    """Tell whether an actor may say that somebody came or not: who receives, never the person's own phone."""
    return actor.kind == Kind.STAFF
