"""Writes about appointments: booked inside opening hours, never twice for one person who receives, and always told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cortile.agencies import access as staff_access
from cortile.agencies.models import Agency, Staff
from cortile.agenda import access, rules
from cortile.agenda.actions import steps
from cortile.agenda.actions.steps import check
from cortile.agenda.models import Appointment
from cortile.homes.models import Place
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.listening.models import Thread
from cortile.people import access as people
from cortile.people.models import Person

DEFAULT_MINUTES = 30


@action("appointment.booked")
def book(
    person: Person, *, by: Actor, staff: Staff, place: Place, starts_at: datetime, minutes: int = DEFAULT_MINUTES,
    bring: str = "", interpreter: bool | None = None, thread: Thread | None = None, once: str = "",
) -> Appointment:  # fmt: skip
    """Fix an appointment in a place's opening hours and tell the person.

    Raise ``Refused`` with ``appointment-past``, ``place-closed-then``, ``staff-away`` or ``staff-busy``; ``NotVisible``
    for a person or a request the actor may not see.
    """
    staff_access.require(by, "book appointment")
    people.the_one(by, person.pk)
    check(person.state == "active", "person-not-active")
    steps.check_thread(thread, person, by)
    row = Appointment(
        agency_id=person.agency_id, person=person, staff=staff, place=place, thread=thread, starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes), bring=bring.strip().rstrip("."), created_at=clock.now(),
        interpreter=person.needs_interpreter if interpreter is None else interpreter,
    )  # fmt: skip
    steps.check_fits(row)
    row.save()
    steps.tell(row, "appointment_booked", by)
    done("C", row, persons=[person.pk], fields=["appointment"])
    return row


@action("appointment.moved")
def move(
    appointment: Appointment, *, by: Actor, starts_at: datetime, staff: Staff | None = None, place: Place | None = None,
    once: str = "",
) -> Appointment:  # fmt: skip
    """Give an appointment another hour, as long as before; the person is told what it was and what it is.

    Raise ``Refused`` with ``appointment-not-booked``, ``appointment-same`` or those of ``book``.
    """
    row = steps.locked(appointment, "move", by)
    check(rules.may_move(row.state, row.starts_at, clock.now()), "appointment-not-booked")
    staff, place = (staff or row.staff, place or row.place) if by.kind == Kind.STAFF else (row.staff, row.place)
    check((starts_at, staff, place) != (row.starts_at, row.staff, row.place), "appointment-same")
    was, length = row.starts_at, row.ends_at - row.starts_at
    row.starts_at, row.ends_at, row.staff, row.place = starts_at, starts_at + length, staff, place
    row.moved_from, row.reminded_at = was, None
    steps.check_fits(row)
    row.save(update_fields=["starts_at", "ends_at", "staff", "place", "moved_from", "reminded_at"])
    steps.tell(row, "appointment_moved", by, sms="appointment_moved_sms", was=was)
    done("U", row, persons=[row.person_id], fields=["appointment"])
    return row


@action("appointment.cancelled")
def cancel(appointment: Appointment, *, by: Actor, reason: str = "", once: str = "") -> Appointment:
    """Take an appointment back. Ours has a reason, which the person reads; theirs needs none.

    Raise ``Refused`` with ``appointment-not-booked`` or ``reason-missing``.
    """
    row = steps.locked(appointment, "cancel", by)
    check(rules.may_cancel(row.state, row.starts_at, clock.now()), "appointment-not-booked")
    check(reason.strip() or by.kind != Kind.STAFF or by.in_her_place, "reason-missing")
    steps.take_back(row, by, reason)
    done("U", row, persons=[row.person_id], fields=["appointment"], reason=reason)
    return row


@action("appointments.cancelled_with_place")
def cancel_all_at(place: Place, *, by: Actor, reason: str) -> int:
    """Take back whatever was still to come in a place that closes, and tell everybody. Return how many."""
    coming = Appointment.objects.filter(place=place, state="booked", starts_at__gt=clock.now())
    rows = list(steps.with_everything(coming))
    for row in rows:
        steps.take_back(row, by, reason)
    open_ones = [r.person_id for r in rows if not access.sealed(r)]
    done("U", place, persons=open_ones, fields=["appointment"], reason=reason)
    return len(rows)


@action("appointment.done")
def mark_done(appointment: Appointment, *, by: Actor, once: str = "") -> Appointment:
    """Say that the person came. Raise ``Refused('appointment-not-yet')`` before its hour."""
    row = _closed(appointment, by, "done")
    done("U", row, persons=[row.person_id], fields=["appointment"])
    return row


@action("appointment.missed")
def mark_no_show(appointment: Appointment, *, by: Actor, once: str = "") -> Appointment:
    """Say that nobody came. It is a fact and no blame: the person is told nothing, who receives may call."""
    row = _closed(appointment, by, "no_show")
    done("U", row, persons=[row.person_id], fields=["appointment"])
    return row


def _closed(appointment: Appointment, by: Actor, state: str) -> Appointment:
    row = steps.locked(appointment, "move", by)
    check(access.may_mark(by), "not-allowed")
    check(row.state == "booked", "appointment-not-booked")
    check(rules.may_close(row.state, row.starts_at, clock.now()), "appointment-not-yet")
    row.state = state
    row.save(update_fields=["state"])
    return row


@action("appointments.reminded")
def remind_tomorrow(agency: Agency, *, by: Actor) -> int:
    """Remind who is expected on the next working day, once each. Safe to repeat. Return how many were told."""
    check(by.kind == Kind.SYSTEM, "not-allowed")
    coming = access.remindable().filter(agency=agency, reminded_at=None, starts_at__gt=clock.now())
    rows = [row for row in steps.with_everything(coming) if _reminded_today(row, agency, clock.today())]
    for row in rows:
        row.reminded_at = clock.now()
        row.save(update_fields=["reminded_at"])
        steps.tell(row, "appointment_reminder", by, sms="appointment_reminder_sms")
    done("U", agency, persons=[r.person_id for r in rows], fields=["appointment"])
    return len(rows)


def _reminded_today(row: Appointment, agency: Agency, today: date) -> bool:
    day, told = clock.local(row.starts_at).date(), clock.local(row.created_at).date()
    return rules.reminds(day, told, today, agency.holiday_subdivision)
