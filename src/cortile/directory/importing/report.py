"""What became of each row. Pure."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# What a row may come to. Whatever is not stored is explained.
STORED, CHANGED, SAME, DUPLICATE, REJECTED = "stored", "changed", "same", "duplicate", "rejected"
EXPLAINED = (SAME, DUPLICATE, REJECTED)
ITALIAN = {
    STORED: "nuove schede", CHANGED: "schede corrette", SAME: "schede uguali a prima", DUPLICATE: "doppioni",
    REJECTED: "righe scartate",
}  # fmt: skip
# A spreadsheet runs what begins so: written back with an apostrophe before.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row, or a cell of it, was not taken as it stands: where, what is wrong, what to do."""

    column: str
    sentence: str
    cure: str = ""

    def __str__(self) -> str:
        where = f"{self.column}: " if self.column else ""
        return f"{where}{self.sentence} {self.cure}".strip()


class Unfit(Exception):  # noqa: N818 -- an answer, not a fault
    """A row that cannot be a card."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(slots=True)
class Row:
    """One row as it was brought: its number in the file, its cells, and the card they make."""

    number: int
    cells: dict[str, str]
    card: dict[str, Any] = field(default_factory=dict)
    reason: Reason | None = None
    notes: list[Reason] = field(default_factory=list)
    outcome: str = ""

    def refuse(self, outcome: str, reason: Reason) -> None:
        """Say why this row is not stored."""
        self.outcome, self.reason = outcome, reason


@dataclass(slots=True)
class Report:
    """What an import did, or would do."""

    rows: list[Row]
    dry_run: bool = False

    @property
    def counts(self) -> Counter[str]:
        """Return how many rows came to what."""
        return Counter(row.outcome for row in self.rows)

    @property
    def lines(self) -> list[str]:
        """Return the counts in words."""
        return [f"{ITALIAN[what]}: {self.counts[what]}" for what in ITALIAN if self.counts[what]]

    def rejects(self) -> str:
        """Return a file (CSV, semicolons) of every row that was not stored, as it was brought, with its reason before it."""
        return _written([row for row in self.rows if row.outcome in {DUPLICATE, REJECTED}])

    def doubts(self) -> str:
        """Return a file of every row that was stored with something to look at: what we read otherwise, or could not place."""
        return _written([row for row in self.rows if row.notes and row.outcome not in {DUPLICATE, REJECTED}])


def _written(rows: list[Row]) -> str:
    if not rows:
        return ""
    names = list(dict.fromkeys(name for row in rows for name in row.cells))
    into = io.StringIO()
    out = csv.writer(into, delimiter=";", lineterminator="\r\n")
    out.writerow(["riga", "motivo", *map(harmless, names)])
    for row in rows:
        why = " ".join(map(str, [row.reason] if row.reason else row.notes))
        out.writerow([row.number, harmless(why), *(harmless(row.cells.get(name, "")) for name in names)])
    return into.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula (OWASP CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def flat(card: Mapping[str, Any], before: str = "") -> dict[str, str]:
    """Return a nested card as cells, so that one refused comes back in a file like any other row."""
    cells: dict[str, str] = {}
    for key, value in card.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            cells |= flat(value, f"{name}.")
        elif isinstance(value, list):
            for place, each in enumerate(value, 1):
                cells |= flat(each, f"{name}.{place}.") if isinstance(each, Mapping) else {f"{name}.{place}": str(each)}
        else:
            cells[name] = "" if value is None else str(value)
    return cells
