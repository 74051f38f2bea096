"""The paper twin of a request, the same whoever prints it: the desk, or the person at home."""

from __future__ import annotations

from cortile.agencies import reads as agencies
from cortile.homes import reads as homes
from cortile.listening.models import Thread
from cortile.messages.sheet import Sheet


def twin(thread: Thread) -> Sheet:
    """Return what the sheet of a request says: its number, who follows it, by when, where a person is and who answers the phone."""
    body, owner = thread.agency, thread.owner
    slot = homes.next_slot(thread.agency_id, neighbourhood_id=thread.neighbourhood_id)
    answering = agencies.answering(body)
    return Sheet(
        number=thread.number, owner=owner.given_name if owner else "", role=body.label(owner.role) if owner else "",
        date=thread.next_date, phone=body.phone, agency=body.short_name, language=thread.person.language,
        place=slot.place.line if slot else "", opens_at=slot.starts_at if slot else None,
        hours=tuple(answering.hours), answering=answering.names,
    )  # fmt: skip
