"""What this room tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass

from cortile.homes.models import Place
from cortile.kit.events import Event


@dataclass(frozen=True)
class PlaceClosed(Event):
    """Nobody waits there any more: a pop-up taken back, or a place that closes."""

    place: Place
