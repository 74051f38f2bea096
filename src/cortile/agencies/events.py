"""What this room tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cortile.agencies.models import Staff
from cortile.kit.events import Event


@dataclass(frozen=True)
class StaffAway(Event):
    """Somebody will not answer between two days, or ever again when both are None."""

    staff: Staff
    first_day: date | None
    last_day: date | None
