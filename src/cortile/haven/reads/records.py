"""Records, opened in memory: the list, the search, one. Each asking leaves its event in the association's own audit."""

from __future__ import annotations

import base64
import json
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet

from cortile.haven import access, keys
from cortile.haven.keyring import Shift
from cortile.haven.models import Entry, Record
from cortile.haven.reads import searching
from cortile.kit import audit, clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible

# A card's number of this many figures is compared by its figures, however they are spaced.
FIGURES = 6
_ENTRIES = """
    SELECT entry.record_id, entry.id, entry.closed FROM haven_entry entry JOIN haven_record record ON record.id = entry.record_id
    WHERE record.association_id = %s AND length(entry.closed) < %s
"""


@dataclass(frozen=True, slots=True)
class Written:
    """An entry, opened: its number and what it holds."""

    id: uuid.UUID
    content: dict[str, Any]

    @property
    def kind(self) -> str:
        """Return what it is: ``code``, ``contact``, ``note``, ``step`` and so on."""
        return str(self.content["kind"])

    @property
    def on(self) -> date:
        """Return its day."""
        return date.fromisoformat(str(self.content["on"]))

    @property
    def at(self) -> datetime:
        """Return the instant of an appointment."""
        return datetime.fromisoformat(str(self.content["at"]))

    @property
    def said_yes_on(self) -> date:
        """Return the day she said yes to a hand-over."""
        return date.fromisoformat(str(self.content["said_yes_on"]))

    @property
    def is_ahead(self) -> bool:
        """Tell whether it is still to come: a step not done, an appointment of today or later that stands."""
        if self.kind == "step":
            return not self.content.get("done")
        return self.kind == "appointment" and not self.content.get("off") and self.on >= clock.today()


@dataclass(frozen=True, slots=True)
class Opened:
    """A record, opened: the row, and its entries from the first day to the last."""

    record: Record
    entries: list[Written] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Return the code she chose."""
        return next((str(e.content["code"]) for e in self.entries if e.kind == "code"), "")

    @property
    def callback(self) -> bool:
        """Tell whether she said that she may be called back."""
        return any(bool(e.content.get("callback")) for e in self.entries if e.kind == "code")

    @property
    def contact(self) -> dict[str, Any]:
        """Return the card of how she is reached safely; empty before it is written."""
        return next((e.content for e in self.entries if e.kind == "contact"), {})

    @property
    def next_day(self) -> date | None:
        """Return the day of what comes next: a step to do or an appointment."""
        return min((e.on for e in self.entries if e.is_ahead), default=None)

    def of(self, kind: str) -> list[Written]:
        """Return its entries of a kind."""
        return [e for e in self.entries if e.kind == kind]

    def says(self, words: list[str]) -> bool:
        """Tell whether every word stands somewhere in it, in capitals or not."""
        said = " ".join(str(value) for e in self.entries if e.kind != "file" for value in e.content.values()).casefold()
        return all(word in said for word in words)


def every(shift: Shift, *, by: Actor) -> list[Opened]:
    """Open every record of the association in memory, by code: no index of hers stands anywhere."""
    found = opened_all(shift)
    audit.leave("haven.records.listed", by=by, verb="R", fields=["code"])
    return found


def found(shift: Shift, words: str, *, by: Actor) -> list[Opened]:
    """Return the records that hold all of some words, wherever they stand."""
    asked = words.casefold().split()
    rows = _rows().filter(pk__in=searching.holding(shift, asked))
    audit.leave("haven.records.searched", by=by, verb="R")
    opened = (_opened(shift, row) for row in rows)
    return sorted((one for one in opened if one.says(asked)), key=lambda one: one.code.casefold())


def one(shift: Shift, number: uuid.UUID, *, by: Actor) -> Opened:
    """Open one record. Raise ``NotVisible`` where the association has none of this number."""
    opened = _opened(shift, _row(shift, number))
    audit.leave("haven.record.read", by=by, verb="R", reason=str(number))
    return opened


def alike(shift: Shift, number: uuid.UUID, *, by: Actor) -> list[Opened]:
    """Return the association's other records with the same code or the same card: never another association's."""
    opened = opened_all(shift)
    audit.leave("haven.records.compared", by=by, verb="R", reason=str(number))
    mine = next((marks(o) for o in opened if o.record.pk == number), frozenset())
    return [o for o in opened if o.record.pk != number and marks(o) & mine]


def marks(opened: Opened) -> frozenset[tuple[str, str]]:
    """Return what two records of one woman would have in common: her code, and where she is reached."""
    where = str(opened.contact.get("where", ""))
    figures = "".join(sign for sign in where if sign.isdigit())
    reached = figures[-9:] if len(figures) >= FIGURES else " ".join(where.casefold().split())
    said = {("code", " ".join(opened.code.casefold().split())), ("where", reached)}
    return frozenset(mark for mark in said if mark[1])


def paper(shift: Shift, number: uuid.UUID, paper_id: uuid.UUID, *, by: Actor) -> tuple[str, bytes]:
    """Open a paper: what it is and its bytes. Raise ``NotVisible`` where the record has none of this number."""
    row = _row(shift, number)
    key = access.record_key(shift, row)
    about = access.opened(key, access.entry_of(row, paper_id))
    if about["kind"] != "paper":
        raise NotVisible
    held = access.opened(key, access.entry_of(row, uuid.UUID(str(about["file"]))))
    audit.leave("haven.paper.read", by=by, verb="R", reason=str(number))
    return str(held["media_type"]), base64.b64decode(str(held["content"]))


def opened_all(shift: Shift) -> list[Opened]:
    """Open every record of the association; whoever asks leaves the event of why."""
    rows = {row.pk: row for row in Record.objects.filter(association_id=shift.association_id)}
    keys_of = {number: access.record_key(shift, row) for number, row in rows.items()}
    held: dict[uuid.UUID, list[Written]] = {number: [] for number in rows}
    # As bytes, and no row becomes an object: an association's whole work is opened at each asking.
    with connection.cursor() as cursor:
        asked = [shift.association_id, access.LARGEST_WRITTEN]
        for record, number, closed in cursor.cursor.stream(_ENTRIES, asked, binary=True, size=100):
            if record in held:
                said = keys.decrypt(keys_of[record], closed, access.entry_place(number, record))
                held[record].append(Written(number, json.loads(said)))
    opened = [Opened(row, _in_order(held[number])) for number, row in rows.items()]
    return sorted(opened, key=lambda one: (one.code.casefold(), str(one.record.pk)))


def _rows() -> QuerySet[Record]:
    return Record.objects.prefetch_related(Prefetch("entries", access.small(Entry.objects.all())))


def _row(shift: Shift, number: uuid.UUID) -> Record:
    row = _rows().filter(pk=number, association_id=shift.association_id).first()
    if row is None:
        raise NotVisible
    return row


def _opened(shift: Shift, row: Record) -> Opened:
    key = access.record_key(shift, row)
    entries = [Written(entry.pk, access.opened(key, entry)) for entry in row.entries.all()]
    return Opened(row, _in_order(entries))


def _in_order(entries: list[Written]) -> list[Written]:
    return sorted(entries, key=lambda e: (str(e.content.get("on", "")), str(e.id)))
