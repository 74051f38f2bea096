"""What this room does when a lower room speaks: it writes to whoever has to look."""

from __future__ import annotations

from django.conf import settings

from cortile.kit.actor import system
from cortile.kit.events import on
from cortile.messages.actions import mail
from cortile.people.events import AlarmRaised, GlassBroken

# A mail leaves the house: it says where to look, never who, nor whose record.
PAGE = "/scrivania/accessi/"


@on(GlassBroken)
def ask_for_a_second_look(event: GlassBroken) -> None:
    """Write to the second person, with the day by which they look."""
    if event.to is not None:
        values = {"date": event.due, "link": f"{settings.PUBLIC_ADDRESS}{PAGE}"}
        mail(event.to.agency, event.to.email, "glass_mail", by=system("avvisi", agency_id=event.to.agency_id), values=values)


@on(AlarmRaised)
def tell_the_owner_of_the_lane(event: AlarmRaised) -> None:
    """Write to whoever answers for the lane that something waits on their page."""
    if event.to is not None:
        values = {"link": f"{settings.PUBLIC_ADDRESS}{PAGE}"}
        mail(event.to.agency, event.to.email, "alarm_mail", by=system("avvisi", agency_id=event.to.agency_id), values=values)
