"""The counts of three months: what would leave, and what has left. Only who leads the association asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from cortile.haven import access
from cortile.haven.keyring import Shift
from cortile.haven.models import Association, AssociationEntry, Release, Slot
from cortile.haven.reads import records
from cortile.haven.releases import LINES, Tally, told
from cortile.kit import audit, clock, signed_counts
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.kit.signed_counts import BadFileError, Cell, Quarter

QUARTERS_BACK = 8
FEW, NOT_SHOWN = "meno di 5", "non mostrato"


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter that is over: how it is called, and whether its counts were released."""

    quarter: Quarter
    released: bool

    @property
    def title(self) -> str:
        """Return it in words."""
        return f"{self.quarter.number}º trimestre {self.quarter.year}"


@dataclass(frozen=True, slots=True)
class Page:
    """A quarter's counts, line by line, as they leave or have left."""

    period: Period
    lines: list[tuple[str, str]]


def asked(text: str) -> Quarter:
    """Return a closed quarter by its name. Raise ``NotVisible`` for one that is not over, or is none."""
    try:
        found = signed_counts.quarter(text)
    except BadFileError:
        raise NotVisible from None
    if not found.closed(clock.today()):
        raise NotVisible
    return found


def periods(shift: Shift) -> list[Period]:
    """Return the quarters that are over, the last one first."""
    known = set(Release.objects.filter(association_id=shift.association_id).values_list("quarter", flat=True))
    found = [signed_counts.quarter_of(clock.today()).before]
    while len(found) < QUARTERS_BACK:
        found.append(found[-1].before)
    return [Period(quarter, str(quarter) in known) for quarter in found]


def page(shift: Shift, quarter: Quarter, *, by: Actor) -> Page:
    """Return a quarter's counts: those of its document once it was released, else what its document would say today."""
    released = _released(shift.association_id, quarter)
    cells = signed_counts.read(bytes(released.document)).cells if released else told(counted(shift, quarter, by=by))
    audit.leave("haven.counts.read", by=by, verb="R", fields=[str(quarter)])
    return Page(Period(quarter, released is not None), [(label, _text(cells[line])) for line, label in LINES.items()])


def _text(cell: Cell) -> str:
    if cell is None:
        return FEW
    return NOT_SHOWN if cell == signed_counts.HIDDEN else str(cell)


def document(shift: Shift, quarter: Quarter, *, by: Actor) -> bytes:
    """Return the signed file of a released quarter; raise ``NotVisible`` where there is none."""
    released = _released(shift.association_id, quarter)
    if released is None:
        raise NotVisible
    audit.leave("haven.counts.read", by=by, verb="R", fields=[str(quarter), "file"])
    return bytes(released.document)


def public_key(shift: Shift) -> bytes:
    """Return the key the association's files are read with."""
    return bytes(Association.objects.get(pk=shift.association_id).signing_public)


def counted(shift: Shift, quarter: Quarter, *, by: Actor) -> dict[str, int]:
    """Count a quarter from the work itself, opened in memory: nothing that is counted is typed by anybody."""
    tally = Tally(quarter)
    for record in records.every(shift, by=by):
        tally.add_record(entry.content for entry in record.entries)
    for content in _days_of_groups(shift):
        tally.add_group(content)
    begins, ends = clock.at(quarter.first, time.min), clock.at(quarter.after, time.min)
    taken = Slot.objects.filter(door__association_id=shift.association_id, taken=True, starts_at__gte=begins, starts_at__lt=ends)
    return {**tally.counts, "half_hours": taken.count()}


def _days_of_groups(shift: Shift) -> Iterator[dict[str, Any]]:
    for entry in AssociationEntry.objects.filter(association_id=shift.association_id):
        yield access.association_entry(shift, entry)


def _released(association_id: int, quarter: Quarter) -> Release | None:
    return Release.objects.filter(association_id=association_id, quarter=str(quarter)).first()
