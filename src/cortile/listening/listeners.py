"""What this room does when a lower room speaks, and below it when something becomes delicate."""

from __future__ import annotations

from cortile.agencies.events import StaffAway
from cortile.kit import clock
from cortile.kit.actor import system
from cortile.kit.events import on
from cortile.listening.actions import forget_waiting, pass_to_deputy
from cortile.listening.actions.replies import take_in
from cortile.listening.events import ThreadKeptOffPhones
from cortile.messages.events import SmsArrived
from cortile.people.actions import end_copies_of
from cortile.people.events import PersonKeptOffPhones


@on(StaffAway)
def hand_to_deputy(event: StaffAway) -> None:
    """Move the open requests in the same transaction when somebody is away from today, or for good.

    An absence that starts later is handled by the watch on its first morning.
    """
    if event.first_day is None or (event.last_day and event.first_day <= clock.today() <= event.last_day):
        pass_to_deputy(event.staff, by=system("assenze", agency_id=event.staff.agency_id))


@on(ThreadKeptOffPhones)
def take_its_copies_back(event: ThreadKeptOffPhones) -> None:
    """What another body was given for a request that leaves the phones ends in the same transaction."""
    end_copies_of(event.thread.pk)


@on(PersonKeptOffPhones)
def forget_what_waits(event: PersonKeptOffPhones) -> None:
    """A photo not yet sent would still be counted on her phone, and go with a request nobody there can see."""
    forget_waiting(event.phones)


@on(SmsArrived)
def put_it_where_it_belongs(event: SmsArrived) -> None:
    """An SMS with a request's number, from that person's own telephone, is her words in that request."""
    take_in(event.sms)
