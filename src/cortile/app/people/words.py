"""«Chi ha visto i miei dati», in sentences: a name, a role, a day, and what for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from cortile.app.listening.words import given_name
from cortile.app.words import role as in_words
from cortile.kit import clock
from cortile.kit.actor import Kind

SENTENCES = {
    "person.opened": _("ha aperto la tua scheda"),
    "people.searched": _("ha visto il tuo nome cercando una persona"),
    "today.read": _("ha visto la tua richiesta tra le cose da fare"),
    "threads.listed": _("ha visto la tua richiesta in un elenco"),
    "thread.opened_page": _("ha letto una tua richiesta per seguirla"),
    "thread.sheet": _("ha preparato il foglio di una tua richiesta"),
    "thread.photo_seen": _("ha guardato una tua foto"),
    "office.queue_read": _("ha visto una domanda che ti riguarda"),
    "office.question_read": _("ha letto una domanda che ti riguarda, per rispondere"),
    "contacts.read": _("ha letto quando ci siamo sentiti"),
    "messages.read": _("ha letto i messaggi che ti abbiamo mandato"),
    "person.registered": _("ha scritto la tua scheda"),
    "contact.recorded": _("ha scritto che vi siete parlati"),
    "sign_in_code.issued": _("ha preparato il tuo codice per entrare"),
    "message.told": _("ti ha mandato un messaggio"),
    "person.preferences_set": _("ha cambiato le tue preferenze"),
}
BY_ROOM = {
    "thread": _("ha lavorato a una tua richiesta"),
    "hand_over": _("ha lavorato a una domanda che ti riguarda"),
    "contact_point": _("ha scritto un tuo numero"),
    "delegation": _("ha scritto chi ti aiuta"),
    "representative": _("ha scritto chi ti rappresenta"),
    "appointment": _("ha lavorato a un tuo appuntamento"),
}
LOOKED, WROTE = _("ha guardato i tuoi dati"), _("ha scritto nei tuoi dati")


class Event(Protocol):
    """What a line is made from."""

    recorded: datetime
    what: str
    verb: str
    agent_kind: str
    agent_name: str
    agent_role: str
    reason: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody, on a day, did one kind of thing, once or more."""

    day: date
    name: str
    role: str
    sentence: str
    reason: str
    times: int


def seen(events: Iterable[Event], role_of: Callable[[str], str]) -> list[Seen]:
    """Return who saw or wrote what, each thing once a day."""
    lines = [_line(e, role_of) for e in events]
    found = []
    for day, of_day in groupby(lines, key=lambda line: line.day):
        same = list(of_day)
        found += [Seen(day, line.name, line.role, line.sentence, line.reason, same.count(line)) for line in dict.fromkeys(same)]
    return found


def _line(event: Event, role_of: Callable[[str], str]) -> Seen:
    day = clock.local(event.recorded).date()
    why = event.reason if event.what == "person.opened" else ""
    role = in_words(role_of(event.agent_role)) if event.agent_kind == Kind.STAFF else ""
    return Seen(day, given_name(event.agent_name), role, sentence(event.what, event.verb), why, 1)


def sentence(what: str, verb: str) -> str:
    """Return what an event is called by the person it is about."""
    room = what.partition(".")[0]
    return str(SENTENCES.get(what) or BY_ROOM.get(room) or (LOOKED if verb == "R" else WROTE))
