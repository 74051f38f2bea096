"""The association's own life, for who works there: its people, its audit in words, its card for another association."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cortile.haven import access, audit, keys, packages
from cortile.haven.keyring import Shift
from cortile.haven.models import Association, AssociationKey, Event, Operator
from cortile.haven.reads.records import Opened, Written
from cortile.kit import audit as kit
from cortile.kit import dates
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused

PAGE = 50
# What was done, in words; the object follows where there is one.
WORDS = {
    "haven.association.founded": "ha aperto l'associazione",
    "haven.association.recovered": "ha riaperto l'associazione con due carte",
    "haven.operator.named": "ha fatto entrare una persona",
    "haven.operator.let_go": "ha fatto uscire una persona",
    "haven.operator.let_in_again": "ha dato una frase nuova a una persona",
    "haven.phrase.changed": "ha cambiato la sua frase",
    "haven.shift.opened": "ha aperto il turno",
    "haven.keys.turned": "ha girato le chiavi",
    "haven.papers.drawn": "ha fatto carte nuove",
    "haven.audit.read": "ha letto il registro",
    "haven.record.opened": "ha aperto una scheda nuova",
    "haven.record.read": "ha letto una scheda",
    "haven.records.listed": "ha letto l'elenco",
    "haven.entry.written": "ha scritto in una scheda",
    "haven.entry.rewritten": "ha corretto una scheda",
    "haven.record.shredded": "ha distrutto una scheda",
    "haven.records.searched": "ha cercato nell'elenco",
    "haven.backup.restored": "ha riportato una copia",
    "haven.package.made": "ha preparato un pacco",
    "haven.package.loaded": "ha caricato un pacco",
}
# Whatever another part of the lane does says at least this.
VERBS = {
    "C": "ha scritto qualcosa di nuovo",
    "R": "ha letto qualcosa",
    "U": "ha cambiato qualcosa",
    "D": "ha tolto qualcosa",
    "E": "ha fatto",
}
REFUSED = {"haven.shift.opened": "ha provato ad aprire il turno, senza riuscirci", "haven.phrase.changed": "ha sbagliato la frase"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the audit, in words; ``who`` is empty where it opens with no key of this shift."""

    number: int
    who: str
    what: str
    at: datetime | None
    about: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the audit, newest first."""

    lines: list[Line]
    page: int
    pages: int


def mine(shift: Shift) -> Association:
    """Return the association of a shift."""
    return Association.objects.get(pk=shift.association_id)


def people(shift: Shift) -> list[Operator]:
    """Return who works in the association and who has left, those who work first."""
    return list(Operator.objects.filter(association_id=shift.association_id).order_by("-active", "name"))


def person(shift: Shift, number: int) -> Operator:
    """Return somebody of the association. Raise ``NotVisible`` for anybody else."""
    found = Operator.objects.filter(association_id=shift.association_id, pk=number).first()
    if found is None:
        raise NotVisible
    return found


def card(shift: Shift) -> packages.Card:
    """Return the association's card: what another one needs to send it something, and to know what comes from it."""
    own = mine(shift)
    newest = AssociationKey.objects.get(association=own, version=own.key_version)
    return packages.Card(own.slug, own.name, bytes(newest.public), bytes(own.signing_public))


def log(shift: Shift, page: int, *, by: Actor) -> Log:
    """Open a page of the association's audit. That it was read stands in it too."""
    events = Event.objects.filter(association_id=shift.association_id).order_by("-number")
    pages = max(1, -(-events.count() // PAGE))
    page = min(max(page, 1), pages)
    lines = [_line(shift, event) for event in events[(page - 1) * PAGE : page * PAGE]]
    kit.leave("haven.audit.read", by=by, verb="R")
    return Log(lines, page, pages)


def _line(shift: Shift, event: Event) -> Line:
    try:
        held = keys.unseal(shift.key(event.key_version), bytes(event.sealed), audit.context(event.association_id, event.number))
    except keys.UnreadableError:
        return Line(event.number, "", "Questa riga non si apre.", None)
    said = json.loads(held)
    return Line(event.number, str(said.get("agent_name", "")), _what(said), datetime.fromisoformat(said["recorded"]), _about(said))


def _what(said: dict[str, Any]) -> str:
    name = str(said["what"])
    if "refused" in said.get("fields", []) and name in REFUSED:
        return REFUSED[name]
    return WORDS.get(name) or VERBS.get(str(said["verb"]), VERBS["E"])


def _about(said: dict[str, Any]) -> uuid.UUID | None:
    """Return the number of the record an event is about, where it is about one."""
    try:
        return uuid.UUID(str(said.get("reason") or (said.get("thing_id") if said.get("thing") == "haven.record" else "")))
    except ValueError:
        return None


def member(login: str) -> tuple[Operator, Actor]:
    """Return somebody who works, by login, and as who acts: for commands. Raise ``NotVisible`` where there is nobody."""
    found = Operator.objects.filter(login=login, active=True).first()
    if found is None:
        raise NotVisible
    return found, access.at_work(found)


def whole(shift: Shift) -> list[audit.Finding]:
    """Return what is wrong in the association's audit: nothing where it is whole."""
    return audit.findings(shift.association_id)


# What a record holds, by kind, as it is offered to go in a package; the code always goes.
KINDS = {
    "contact": "Come si raggiunge",
    "note": "Nota",
    "step": "Passo",
    "appointment": "Appuntamento",
    "paper": "Documento",
}
STAYS = frozenset({"code", "file", "handed_over", "received"})
LONGEST_LABEL = 60


def offered(found: Opened) -> list[tuple[str, str]]:
    """Return what of a record may go in a package: each entry by its number, in words."""
    return [(str(e.id), _label(e)) for e in found.entries if e.kind not in STAYS]


def _label(entry: Written) -> str:
    on = date.fromisoformat(str(entry.content["on"]))
    said = str(entry.content.get("text") or entry.content.get("title") or "")
    short = said if len(said) <= LONGEST_LABEL else f"{said[:LONGEST_LABEL]}…"
    return " · ".join(filter(None, (KINDS.get(entry.kind, "Altro"), dates.short_day(on, "it"), short)))


def words_of(text: str) -> str:
    """Return the words of a card, or nothing where it is none."""
    try:
        return packages.read_card(text).words
    except Refused:
        return ""
