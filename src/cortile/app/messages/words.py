"""How a message left the house, in words, and what it said there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

WAYS = {
    "sms": _("SMS"),
    "email": _("E-mail"),
    "io": _("App IO"),
    "voice": _("Telefonata"),
    "paper": _("Carta"),
}
# What the house took back, or never sent, was said to nobody.
SAID = ("queued", "sending", "sent", "delivered", "bounced", "failed")
LOST = ("bounced", "failed")


class Left(Protocol):
    """What a message's ways are read from: its copies, fetched with it."""

    deliveries: Any


@dataclass(frozen=True, slots=True)
class Way:
    """One way a message left: its name, its words there when they are others, and what became of it."""

    name: str
    text: str
    waits: bool
    lost: bool


def ways(message: Left) -> list[Way]:
    """Return every way a message left the house beside the app, in the order they left."""
    rows: Iterable[Any] = message.deliveries.all()
    return [
        Way(str(WAYS[d.channel]), d.text, waits=d.state in {"queued", "sending"}, lost=d.state in LOST)
        for d in rows
        if d.state in SAID and d.channel in WAYS
    ]
