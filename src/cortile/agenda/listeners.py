"""What this room does when a lower room speaks."""

from __future__ import annotations

from cortile.agenda.actions import cancel_all_at
from cortile.agenda.words import PLACE_CLOSES
from cortile.homes.events import PlaceClosed
from cortile.kit.actor import system
from cortile.kit.events import on


@on(PlaceClosed)
def cancel_what_was_to_come(event: PlaceClosed) -> None:
    """Nobody walks to a closed door: what was booked there is taken back and told, in the same transaction."""
    reason = str(PLACE_CLOSES).format(place=event.place.name)
    cancel_all_at(event.place, by=system("chiusure", agency_id=event.place.agency_id), reason=reason)
