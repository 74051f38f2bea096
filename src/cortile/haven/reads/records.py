"""Records, opened in memory: the list, the search, one. Each asking leaves its event in the association's own audit."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from cortile.haven import access
from cortile.haven.keyring import Shift
from cortile.haven.models import Record
from cortile.haven.reads import searching
from cortile.kit import audit
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible


@dataclass(frozen=True, slots=True)
class Written:
    """An entry, opened: its number and what it holds."""

    id: uuid.UUID
    content: dict[str, Any]

    @property
    def kind(self) -> str:
        """Return what it is: ``code``, ``contact``, ``note``, ``step``…"""
        return str(self.content["kind"])


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

    def of(self, kind: str) -> list[Written]:
        """Return its entries of a kind."""
        return [e for e in self.entries if e.kind == kind]

    def says(self, words: list[str]) -> bool:
        """Tell whether every word stands somewhere in it, in capitals or not."""
        said = " ".join(str(value) for e in self.entries if e.kind != "file" for value in e.content.values()).casefold()
        return all(word in said for word in words)


def every(shift: Shift, *, by: Actor) -> list[Opened]:
    """Open every record of the association in memory, by code: no index of hers stands anywhere."""
    rows = Record.objects.filter(association_id=shift.association_id).prefetch_related("entries")
    found = sorted((_opened(shift, row) for row in rows), key=lambda one: one.code.casefold())
    audit.leave("haven.records.listed", by=by, verb="R", fields=["code"])
    return found


def found(shift: Shift, words: str, *, by: Actor) -> list[Opened]:
    """Return the records that hold all of some words, wherever they stand."""
    asked = words.casefold().split()
    rows = Record.objects.filter(pk__in=searching.holding(shift, asked)).prefetch_related("entries")
    audit.leave("haven.records.searched", by=by, verb="R")
    opened = (_opened(shift, row) for row in rows)
    return sorted((one for one in opened if one.says(asked)), key=lambda one: one.code.casefold())


def one(shift: Shift, number: uuid.UUID, *, by: Actor) -> Opened:
    """Open one record. Raise ``NotVisible`` where the association has none of this number."""
    row = Record.objects.filter(pk=number, association_id=shift.association_id).prefetch_related("entries").first()
    if row is None:
        raise NotVisible
    audit.leave("haven.record.read", by=by, verb="R", reason=str(number))
    return _opened(shift, row)


def _opened(shift: Shift, row: Record) -> Opened:
    key = access.record_key(shift, row)
    entries = [Written(entry.pk, access.opened(key, entry)) for entry in row.entries.all()]
    return Opened(row, sorted(entries, key=lambda e: (str(e.content.get("on", "")), str(e.id))))
