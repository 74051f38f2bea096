"""What this room tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cortile.agencies.models import Staff
from cortile.kit.events import Event
from cortile.people.models import Alarm, RecordOpening


@dataclass(frozen=True)
class GlassBroken(Event):
    """Somebody opened a record of another area: a second person looks at it by a day."""

    opening: RecordOpening
    to: Staff | None
    due: date


@dataclass(frozen=True)
class AlarmRaised(Event):
    """Something the owner of a lane should ask somebody about."""

    alarm: Alarm
    to: Staff | None
