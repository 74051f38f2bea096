"""What this room does when a lower room speaks."""

from __future__ import annotations

from cortile.agenda.actions import cancel_all_at
from cortile.agenda.words import PLACE_CLOSES
from cortile.homes.events import PlaceClosed
from cortile.kit.actor import system
from cortile.kit.events import on
from cortile.listening.events import ThreadKeptOffPhones
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
