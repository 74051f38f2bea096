"""What this room tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass

from cortile.kit.actor import Actor
from cortile.kit.events import Event
from cortile.listening.models import Contact, Thread


@dataclass(frozen=True)
class ThreadOpened(Event):
    """A tenant asked."""

    thread: Thread


@dataclass(frozen=True)
class ThreadClosed(Event):
    """A thread ended, with its outcome."""

    thread: Thread


@dataclass(frozen=True)
class ThreadKeptOffPhones(Event):
    """From now on a thread is on no phone: nor is whatever another room said about it."""

    thread: Thread
    by: Actor
    delicate: bool


@dataclass(frozen=True)
class ContactRecorded(Event):
    """Somebody was listened to."""

    contact: Contact
