"""What this room does when a lower room speaks."""

from __future__ import annotations

from cortile.agencies.events import StaffAway
from cortile.agenda.actions import cancel_all_at, end_with_request, keep_calls_off_phones, pass_calls_on
from cortile.agenda.words import PLACE_CLOSES
from cortile.homes.events import PlaceClosed
from cortile.kit.actor import system
from cortile.kit.events import on
from cortile.listening.events import ThreadClosed, ThreadKeptOffPhones
from cortile.messages import actions as messages


@on(PlaceClosed)
def cancel_what_was_to_come(event: PlaceClosed) -> None:
    """Nobody walks to a closed door: what was booked there is taken back and told, in the same transaction."""
    reason = str(PLACE_CLOSES).format(place=event.place.name)
    cancel_all_at(event.place, by=system("chiusure", agency_id=event.place.agency_id), reason=reason)


@on(ThreadKeptOffPhones)
def keep_appointments_off_phones(event: ThreadKeptOffPhones) -> None:
    """What was said about a request's appointments leaves the phone with it."""
    for appointment in event.thread.appointments.all():
        messages.keep_off_phones(appointment, by=event.by, delicate=event.delicate)
    keep_calls_off_phones(event.thread, by=event.by, delicate=event.delicate)


@on(ThreadClosed)
def call_nobody_about_it(event: ThreadClosed) -> None:
    """A request that closed has no call to come."""
    end_with_request(event.thread, by=system("telefonate", agency_id=event.thread.agency_id))


@on(StaffAway)
def let_others_call(event: StaffAway) -> None:
    """Who is away calls nobody: whoever stands in on that day does, in the same transaction."""
    pass_calls_on(event.staff, by=system("assenze", agency_id=event.staff.agency_id))
