"""The receipt of a request. The session keeps the last number, so that Back after sending finds it and never sends again.

What no phone may show is told once, right after sending, and forgotten: whoever opens that phone later finds nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404

from cortile.agencies import reads as agencies
from cortile.app.words import role as in_words
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening import reads as listening

LAST, ONCE = "receipt", "receipt_once"


class Sent(Protocol):
    """What a receipt is made from: a request, with its owner and its body."""

    number: int
    next_date: date | None
    first_promise: date
    opened_at: datetime
    owner: Any
    agency: Any


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says. Days and instants are kept as text, as a session can."""

    number: int
    promised: str
    owner: str
    role: str
    reading: str

    @property
    def day(self) -> date:
        """Return the day of the answer."""
        return date.fromisoformat(self.promised)

    @property
    def role_said(self) -> str:
        """Return the owner's role in the reader's language."""
        return in_words(self.role)

    @property
    def read_at(self) -> datetime | None:
        """Return when a person first reads it, while nobody has."""
        at = datetime.fromisoformat(self.reading)
        return at if at > clock.now() else None


def of(number: int, *, by: Actor) -> Receipt:
    """Return the receipt of a request as it is now; raise ``NotVisible`` as the request does."""
    return told(listening.receipt(number, by=by))


def told(thread: Sent) -> Receipt:
    """Return what somebody is told when they have sent, also when from now on no phone shows it."""
    owner = thread.owner
    return Receipt(
        number=thread.number,
        promised=(thread.next_date or thread.first_promise).isoformat(),
        owner=owner.given_name if owner else "",
        role=thread.agency.label(owner.role) if owner else "",
        reading=agencies.next_reading(thread.agency, thread.opened_at).isoformat(),
    )


def keep(session: SessionBase, thread: Sent, *, shown: bool) -> None:
    """Remember what was just sent: its number where phones show it, else its receipt, to be told once."""
    if shown:
        session[LAST] = thread.number
    else:
        session[ONCE] = asdict(told(thread))


def last(session: SessionBase, *, by: Actor) -> int | None:
    """Return the number of the last request this session sent, as long as phones show it."""
    number = session.get(LAST)
    return number if number and listening.numbers_shown([number], by=by) else None


def find(number: int, *, by: Actor, session: SessionBase) -> Receipt:
    """Return a receipt: as the request is now, else, once, as this session was told when it was sent; else 404."""
    try:
        return of(number, by=by)
    except NotVisible as hidden:
        kept = session.pop(ONCE, None)
        if kept is None or kept["number"] != number:
            raise Http404 from hidden
        return Receipt(**kept)
