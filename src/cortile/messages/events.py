"""What this room tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass

from cortile.kit.events import Event
from cortile.messages.models import IncomingSms


@dataclass(frozen=True)
class SmsArrived(Event):
    """An SMS came in, once. It waits for whoever answers the phone, unless a room knows where it belongs."""

    sms: IncomingSms
