"""What this room tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cortile.agencies.models import Staff
from cortile.kit.actor import Kind
from cortile.kit.events import Event
from cortile.people.models import Alarm, Person, RecordOpening


@dataclass(frozen=True)
class GlassBroken(Event):
    """Somebody opened a record of another area: a second person looks at it by a day."""

    opening: RecordOpening
    to: Staff | None
    due: date


@dataclass(frozen=True)
class PersonKeptOffPhones(Event):
    """«Solo di persona» from now on: no phone keeps what she, or who helps her, was about to send."""

    person: Person
    phones: tuple[tuple[Kind, int], ...]


@dataclass(frozen=True)
class AlarmRaised(Event):
    """Something the owner of a lane should ask somebody about."""

    alarm: Alarm
    to: Staff | None


@dataclass(frozen=True)
class CodeAsked(Event):
    """A code leaves for a telephone; those before it for its card do not. With no telephone, ``code_id`` is 0.

    The code is here in clear and nowhere else: whoever hears enqueues it, and forgets it once it has left.
    """

    code_id: int
    card_number: str
    channel: str
    to: str
    language: str
    agency_id: int | None
    code: str
