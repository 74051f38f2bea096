"""The port of who carries messages out: adapters named in the settings, one for each channel (docs/decisions/0016)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

# What a carrier may say has become of something: on its way, arrived, come back (nobody there), refused after all.
SENT, DELIVERED, BOUNCED, FAILED = "sent", "delivered", "bounced", "failed"
OUTCOMES = (SENT, DELIVERED, BOUNCED, FAILED)


class Later(Exception):  # noqa: N818 -- an answer rather than an error
    """It did not leave, or nobody knows whether it did: we ask for it by its reference, and try again with the same one."""


class Never(Exception):  # noqa: N818 -- an answer rather than an error
    """Refused for good: no other attempt will change it."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves the house. ``to`` is a number, an address or a fiscal code; ``reference`` is ours, the same at each attempt."""

    channel: str
    to: str
    subject: str
    text: str
    reference: str
    language: str = "it"


class Carrier(Protocol):
    """Carries parcels of one channel. Built without arguments: it reads its own settings from the environment."""

    @property
    def looks_up(self) -> bool:
        """Tell whether it can say what became of something it was given."""

    def send(self, parcel: Parcel) -> str:
        """Send, and return the carrier's own reference, empty where it has none. Raise ``Later`` or ``Never``."""

    def look_up(self, reference: str) -> str | None:
        """Return one of ``OUTCOMES`` for our reference; None where it was never accepted, or nobody can know.

        Raise ``Later`` when the carrier does not answer: then nothing is sent again either.
        """


def of(channel: str) -> Carrier | None:
    """Return the carrier of a channel, or nothing where none was named. Raise ``ImportError`` for a wrong name."""
    path = settings.CARRIERS.get(channel, "")
    if not path:
        return None
    found: Carrier = import_string(path)()
    return found


def has(channel: str) -> bool:
    """Tell whether somebody carries a channel."""
    return bool(settings.CARRIERS.get(channel))


def every() -> dict[str, Carrier]:
    """Return the carriers there are, by channel."""
    return {channel: found for channel in settings.CARRIERS if (found := of(channel)) is not None}
