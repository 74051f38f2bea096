"""Small steps the acts of this room share. Each runs inside an act's transaction and is never called by a door."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from cortile.agencies import reads as agencies
from cortile.agencies.models import Staff
from cortile.agenda import access, rules
from cortile.agenda.models import Appointment, CallBack
from cortile.agenda.words import NEVER_OPEN, OPEN_ON, REFUSALS, WEEKDAYS
from cortile.homes.models import Opening, Place
from cortile.kit import clock, dates
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import access as listening
from cortile.listening.models import Thread
from cortile.messages import actions as messages
from cortile.people.models import Person


def check(condition: object, code: str, *, what_to_do: str = "", **names: object) -> None:
    """Raise the refusal with a code unless the condition holds."""
    if not condition:
        sentence, usual = REFUSALS[code]
        raise Refused(code, str(sentence).format(**names), what_to_do or str(usual))


def with_everything(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Lock some appointments with all that telling about them needs."""
    found = rows.select_for_update(of=("self",)).select_related("person", "staff", "place", "thread", "agency")
    return found.order_by("starts_at", "pk")


def locked(appointment: Appointment, action: str, by: Actor) -> Appointment:
    """Take an appointment for writing, as its row is now. Raise ``NotVisible`` when the actor may not do this to it."""
    access.the_one(by, appointment.pk, action)
    return with_everything(Appointment.objects.filter(pk=appointment.pk)).get()


def check_thread(thread: Thread | None, person: Person, by: Actor) -> None:
    """Raise ``NotVisible`` for a request of somebody else, or one the actor may not see."""
    if thread is not None and (thread.person_id != person.pk or not listening.may(by, "see", thread)):
        raise NotVisible


def check_fits(row: Appointment) -> None:
    """Refuse an appointment that is past, out of hours, with somebody away, or with somebody already busy."""
    span = (row.starts_at, row.ends_at)
    day = clock.local(row.starts_at).date()
    check(row.starts_at > clock.now(), "appointment-past")
    check(rules.length_fits(span), "appointment-length")
    check(row.place.agency_id == row.agency_id, "place-elsewhere")
    _check_open(row.place, span, day)
    check(row.staff.agency_id == row.agency_id and row.staff.is_active, "staff-elsewhere")
    check(agencies.is_present(row.staff, day), "staff-away", staff=row.staff.given_name)
    check(not _busy(row), "staff-busy", staff=row.staff.given_name)


def _check_open(place: Place, span: rules.Span, day: date) -> None:
    check(place.state == "open", "place-not-open", place=place.name)
    openings = list(place.openings.filter(cancelled_at=None))
    hours = [(o.opens, o.closes) for o in openings if o.on(day)]
    local = (clock.local(span[0]).replace(tzinfo=None), clock.local(span[1]).replace(tzinfo=None))
    check(rules.inside(local, hours), "place-closed-then", place=place.name, what_to_do=hours_line(openings))


def hours_line(openings: list[Opening]) -> str:
    """Say when a place is open: «È aperto: lunedì 9:00–13:00, giovedì 10:00–12:00.»."""
    said = [f"{_day_of(o)} {dates.hour(o.opens)}–{dates.hour(o.closes)}" for o in openings]
    return str(OPEN_ON).format(hours=", ".join(said)) if said else str(NEVER_OPEN)


def _day_of(opening: Opening) -> str:
    return dates.long_day(opening.on_date, "it") if opening.on_date else str(WEEKDAYS[opening.weekday or 0])


def _busy(row: Appointment) -> bool:
    return busy(row.staff_id, (row.starts_at, row.ends_at), but=row)


def busy(staff_id: int, span: rules.Span, *, but: Appointment | CallBack) -> bool:
    """Tell whether somebody already receives or calls then. The row of the staff is held: two bookings queue up."""
    Staff.objects.select_for_update().get(pk=staff_id)
    return _taken(Appointment.objects.all(), staff_id, span, but) or _taken(CallBack.objects.all(), staff_id, span, but)


def _taken(rows: QuerySet[Any], staff_id: int, span: rules.Span, but: Appointment | CallBack) -> bool:
    others = rows.exclude(pk=but.pk) if isinstance(but, rows.model) else rows
    return others.filter(staff_id=staff_id, state="booked", starts_at__lt=span[1], ends_at__gt=span[0]).exists()


def take_back(row: Appointment, by: Actor, reason: str) -> None:
    """Cancel an appointment and tell the person why."""
    row.state, row.cancelled_reason = "cancelled", reason.strip().rstrip(".")
    row.save(update_fields=["state", "cancelled_reason"])
    tell(row, "appointment_cancelled", by, sms="appointment_cancelled_sms", reason=row.cancelled_reason)


def tell(row: Appointment, key: str, by: Actor, *, sms: str = "", reason: str = "", was: datetime | None = None) -> None:
    """Tell the person, unless her choice or a delicate matter keeps it off every phone."""
    thread, place = row.thread, row.place
    spot = place.where if place.where != place.name else ""
    values: dict[str, object] = {
        "starts_at": row.starts_at, "date": clock.local(row.starts_at).date(), "time": dates.hour(row.starts_at),
        "place": place.name, "address": place.address or spot, "bring": row.bring,
        "owner": row.staff.given_name, "staff": row.staff.given_name, "phone": place.phone or row.agency.phone,
        "agency": row.agency.short_name, "reason": reason, "was": was or "",
    }  # fmt: skip
    messages.tell(
        row.person, key, by=by, values=values, about=row, sms=sms, quiet=access.sealed(row),
        delicate=thread is not None and thread.delicate, sensitive=access.sensitive(row),
    )  # fmt: skip
