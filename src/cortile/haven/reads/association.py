"""The association's own life, for who works there: its people, its audit in words, its card for another association."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cortile.haven import access, audit, keys, packages, said
from cortile.haven.keyring import Shift
from cortile.haven.models import Association, AssociationKey, Event, Operator
from cortile.haven.reads.records import Opened, Written
from cortile.kit import audit as kit
from cortile.kit import dates
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused

PAGE = 50


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
    found = json.loads(held)
    return Line(event.number, said.who(found), said.what(found), datetime.fromisoformat(found["recorded"]), _about(found))


def _about(event: dict[str, Any]) -> uuid.UUID | None:
    """Return the number of the record an event is about, where it is about one."""
    try:
        return uuid.UUID(str(event.get("reason") or (event.get("thing_id") if event.get("thing") == "haven.record" else "")))
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
    "paper": "Carta",
}
STAYS = frozenset({"code", "file", "handed_over", "received"})
LONGEST_LABEL = 60


def offered(found: Opened) -> list[tuple[str, str]]:
    """Return what of a record may go in a package: each entry by its number, in words."""
    return [(str(e.id), _label(e)) for e in found.entries if e.kind not in STAYS]


def _label(entry: Written) -> str:
    on = date.fromisoformat(str(entry.content["on"]))
    text = next((str(entry.content[name]) for name in ("text", "label", "where") if entry.content.get(name)), "")
    short = text if len(text) <= LONGEST_LABEL else f"{text[:LONGEST_LABEL]}…"
    return " · ".join(filter(None, (KINDS.get(entry.kind, "Altro"), dates.short_day(on, "it"), short)))


def words_of(text: str) -> str:
    """Return the words of a card, or nothing where it is none."""
    try:
        return packages.read_card(text).words
    except Refused:
        return ""
