"""Questions about appointments. Every one that returns a person's leaves its read in the audit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from cortile.agencies import policy
from cortile.agencies.models import Staff
from cortile.agenda import access, rules
from cortile.agenda.models import Appointment, CallBack
from cortile.homes.models import Place
from cortile.kit import audit, clock
from cortile.kit.actor import Actor

WEEK = 7
MOST = 200
SEEN = ("appointment",)
# What the first page of a tenant says of an appointment, and what decides whether it may.
CARD = (
    "starts_at", "ends_at", "state", "bring", "interpreter", "agency__short_name", "staff__given_name",
    "place__name", "place__where", "place__address", "person__only_in_person", "thread__delicate", "thread__only_in_person",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """An hour of a colleague that is not free: nothing of for whom, nor why."""

    starts_at: datetime
    ends_at: datetime
    staff: str
    place: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the agenda with its appointments and the hours others have taken, in order."""

    day: date
    appointments: tuple[Appointment, ...]
    taken: tuple[Taken, ...] = ()


def day_of(*, by: Actor, day: date | None = None) -> list[Appointment]:
    """Return whom an operator receives on a day, what was cancelled included: nobody waits for who will not come."""
    since, until = clock.day_bounds(day or clock.today())
    rows = access.visible_to(by).filter(staff_id=by.id or 0, starts_at__gte=since, starts_at__lt=until)
    return list_seen("agenda.day_read", list(_fetched(rows)[:MOST]), by)


def agenda(*, by: Actor, since: date | None = None, days: int = WEEK, place: Place | None = None) -> list[Day]:
    """Return the coming days, of the whole body or of one place (S9): every day, also the empty ones.

    Of what the reader may not see, the hour is there and no name: nobody books it twice.
    """
    first = since or clock.today()
    booked = Q(starts_at__gte=clock.day_bounds(first)[0], starts_at__lt=clock.day_bounds(first + timedelta(days=days))[0])
    booked &= Q(state="booked", **({"place": place} if place is not None else {}))
    found = list_seen("agenda.read", list(_fetched(access.visible_to(by).filter(booked))[:MOST]), by)
    taken = [Taken(a.starts_at, a.ends_at, a.staff.display_name, a.place.name) for a in _hours(by, booked)]
    return [
        Day(day, tuple(a for a in found if _on(a, day)), tuple(t for t in taken if _on(t, day)))
        for day in (first + timedelta(days=n) for n in range(days))
    ]


def _hours(by: Actor, booked: Q) -> list[Appointment]:
    rows = access.taken_around(by).filter(booked).select_related("staff", "place")
    return list(rows.only("starts_at", "ends_at", "staff", "place").order_by("starts_at", "pk")[:MOST])


def _on(row: Appointment | Taken, day: date) -> bool:
    return clock.local(row.starts_at).date() == day


def coming_of(person_id: int, *, by: Actor, limit: int = 5) -> list[Appointment]:
    """Return the appointments a person still has, soonest first, as far as the actor may see them."""
    rows = access.visible_to(by).filter(person_id=person_id, state="booked", ends_at__gt=clock.now())
    return list_seen("appointments.read", list(_fetched(rows)[:limit]), by)


def next_of(person_id: int, *, by: Actor) -> Appointment | None:
    """Return the next appointment of a person (T1), or None."""
    rows = access.visible_to(by).filter(person_id=person_id, state="booked", ends_at__gt=clock.now())
    return next(iter(list_seen("appointments.read", list(_fetched(rows).only(*CARD)[:1]), by)), None)


def one(appointment_id: int, *, by: Actor) -> Appointment:
    """Open one appointment; raise ``NotVisible`` as for one that is not there."""
    found = access.the_one(by, appointment_id)
    hidden = access.sealed(found)
    audit.seen("appointment.opened_page", by=by, persons=[found.person_id], fields=SEEN, thing=found, sealed=hidden)
    return _as_it_may_be_read(found, by)


def _as_it_may_be_read(row: Appointment, by: Actor) -> Appointment:
    """Leave the words out for who only needs to know whom to expect: a desk calls a name, and does not read why."""
    if "*" not in policy.fields(by, "appointment"):
        row.bring, row.cancelled_reason = "", ""
    return row


def free_times(staff: Staff, place: Place, *, since: date | None = None, days: int = WEEK, minutes: int = 30) -> list[datetime]:
    """Return when somebody has time in a place's opening hours, soonest first: no name and no reason of who is there."""
    first = since or clock.today()
    window = (clock.day_bounds(first)[0], clock.day_bounds(first + timedelta(days=days))[0])
    taken = taken_of(staff, window)
    away = list(staff.absences.filter(last_day__gte=first))
    openings = list(place.openings.filter(cancelled_at=None)) if place.state == "open" else []
    return sorted(
        start
        for day in (first + timedelta(days=n) for n in range(days))
        if not any(absence.covers(day) for absence in away)
        for o in openings
        if o.on(day)
        for start in rules.free_starts(
            (clock.at(day, o.opens), clock.at(day, o.closes)), taken, timedelta(minutes=minutes), clock.now()
        )
    )


def taken_of(staff: Staff, window: rules.Span) -> list[rules.Span]:
    """Return when somebody already receives or calls between two moments: hours, and nothing else."""
    return [
        span
        for rows in (Appointment, CallBack)
        for span in rows.objects.filter(staff=staff, state="booked", starts_at__lt=window[1], ends_at__gt=window[0]).values_list(
            "starts_at", "ends_at"
        )
    ]


def _fetched(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    return rows.select_related("person", "staff", "place", "thread", "agency").order_by("starts_at", "pk")


def list_seen(what: str, rows: list[Appointment], by: Actor, *, fields: Iterable[str] = SEEN) -> list[Appointment]:
    """Leave the read of a list; what no phone may show is left apart, sealed, and what is delicate without a field's name."""
    delicate = {a.pk for a in rows if a.thread is not None and a.thread.delicate}
    hidden = {a.pk for a in rows if access.sealed(a)}
    audit.seen(what, by=by, persons=[a.person_id for a in rows if a.pk not in hidden], fields=fields)
    audit.seen(what, by=by, persons=[a.person_id for a in rows if a.pk in hidden - delicate], fields=fields, sealed=True)
    audit.seen(what, by=by, persons=[a.person_id for a in rows if a.pk in delicate], sealed=True)
    return [_as_it_may_be_read(a, by) for a in rows]
