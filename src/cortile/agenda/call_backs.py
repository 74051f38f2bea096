"""Questions about calls and talks: which hours can be offered, whom to call today, what was promised for a request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency, Staff
from cortile.agenda import access, reads, rules
from cortile.agenda.models import Appointment, CallBack
from cortile.homes import reads as homes
from cortile.homes.models import Place
from cortile.kit import audit, clock, working_days
from cortile.kit.actor import Actor, Kind
from cortile.listening import access as listening_access
from cortile.listening import reads as listening
from cortile.listening.models import Thread
from cortile.listening.owners import owner_for
from cortile.people import access as people_access
from cortile.people import reads as people
from cortile.people.models import Person

MINUTES, DAYS, OFFERED = 30, 14, 6
LENGTH = timedelta(minutes=MINUTES)
SEEN = ("call_back",)


@dataclass(frozen=True, slots=True)
class Line:
    """A call to make: at which hour, the number it is safe to call, and the language when somebody must interpret."""

    call: CallBack
    phone: str
    language: str


def call_back_hours(person: Person, *, by: Actor, thread: Thread | None = None, most: int = OFFERED) -> list[datetime]:
    """Return hours at which who follows a person, or one of her requests, can call her: a few, spread over days; soonest first.

    Empty where there is no number it is safe to call. Raise ``NotVisible`` for a person the actor may not see.
    """
    people_access.the_one(by, person.pk)
    if not may_be_called(person, by):
        return []
    follows = who_follows(thread) if thread is not None else owner_for(person, by)
    return _offered(call_starts(follows), most)


def visit_hours(person: Person, *, by: Actor, most: int = OFFERED) -> tuple[Place | None, list[datetime]]:
    """Return the nearest place, and hours at which who follows a person can receive her there."""
    people_access.the_one(by, person.pk)
    slot = homes.next_slot(person.agency_id, neighbourhood_id=person.home_neighbourhood_id)
    if slot is None:
        return None, []
    follows = owner_for(person, by)
    return slot.place, _offered(iter(reads.free_times(follows, slot.place, days=DAYS, minutes=MINUTES)), most)


def may_be_called(person: Person, by: Actor) -> bool:
    """Tell whether a call can be promised: there is a safe number, and who works knows that no phone is to ring.

    To the person's own app nothing changes with «solo di persona»: her page is like anybody's, and no one rings.
    """
    return bool(people.phone_of(person)) and not (by.kind == Kind.STAFF and person.only_in_person)


def who_follows(thread: Thread) -> Staff:
    """Return who calls about a request: its owner; of what is delicate, its duty person."""
    found = thread.duty if thread.delicate else thread.owner
    return agencies.staff(found.pk if found is not None else 0)


def call_starts(follows: Staff) -> Iterator[datetime]:
    """Go through the half hours at which somebody, or who stands in that day, can call inside the body's phone hours."""
    for day in (clock.today() + timedelta(days=n) for n in range(DAYS)):
        hours = answers_on(follows.agency, day)
        taken = reads.taken_of(agencies.on_duty(follows, day), clock.day_bounds(day)) if hours else []
        for opens, closes in hours:
            yield from rules.free_starts((clock.at(day, opens), clock.at(day, closes)), taken, LENGTH, clock.now())


def answers_on(agency: Agency, day: date) -> list[tuple[time, time]]:
    """Return the hours of a day in which a body is at the phone: none on a feast."""
    if not working_days.is_working(day, agency.holiday_subdivision):
        return []
    return [(h.opens, h.closes) for h in agencies.opening_hours(agency) if h.weekday == day.weekday()]


def _offered(starts: Iterator[datetime], most: int) -> list[datetime]:
    """Take the hours of as many days as there are choices, and spread them."""
    found: list[datetime] = []
    days: set[date] = set()
    for start in map(clock.local, starts):
        if start.date() not in days and len(days) == most:
            break
        days.add(start.date())
        found.append(start)
    return rules.spread(found, most)


def calls_of(*, by: Actor, day: date | None = None) -> list[Line]:
    """Return whom an operator calls on a day, and those of the days before that nobody has told about yet, by the hour."""
    until = clock.day_bounds(day or clock.today())[1]
    rows = access.calls_visible_to(by).filter(staff_id=by.id or 0, state="booked", starts_at__lt=until)
    found = list(rows.select_related("person", "thread__person", "agency").prefetch_related("person__contact_points")[: reads.MOST])
    _seen(found, by)
    return [line(call) for call in found]


def line(call: CallBack) -> Line:
    """Return a call with the number to dial; a delicate request's name and number stay off a list."""
    hidden = call.thread.delicate
    return Line(call, "" if hidden else listening.phone_for(call.thread), call.language if call.interpreter else "")


def to_be_called(number: int, *, by: Actor) -> Thread:
    """Return a request somebody may promise a call about; raise ``NotVisible``. A phone is told nothing of what is apart."""
    found = listening_access.the_thread(by, number, "promise")
    apart = found.only_in_person or found.delicate or found.person.only_in_person
    audit.seen("call_backs.read", by=by, persons=[found.person_id], fields=["name", "phone"], thing=found, sealed=apart)
    return found


def call_of(thread: Thread, *, by: Actor) -> CallBack | None:
    """Return the call still promised for a request, as far as the actor may see it."""
    found = access.calls_visible_to(by).filter(thread=thread, state="booked").select_related("staff", "person", "thread").first()
    _seen([found] if found else [], by)
    return found


def visit_of(thread: Thread, *, by: Actor) -> Appointment | None:
    """Return the appointment still to come for a request, as far as the actor may see it."""
    return next((a for a in reads.coming_of(thread.person_id, by=by) if a.thread_id == thread.pk), None)


def _seen(rows: list[CallBack], by: Actor) -> None:
    """Leave the read; what no phone may show is left apart, sealed, and what is delicate without a field's name."""
    shown = [c.person_id for c in rows if not access.sealed(c)]
    in_person = [c.person_id for c in rows if access.sealed(c) and not c.thread.delicate]
    audit.seen("call_backs.read", by=by, persons=shown, fields=SEEN)
    audit.seen("call_backs.read", by=by, persons=in_person, fields=SEEN, sealed=True)
    audit.seen("call_backs.read", by=by, persons=[c.person_id for c in rows if c.thread.delicate], sealed=True)
