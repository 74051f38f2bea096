"""What an import did, as the page and the command show it. Pure."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from cortile.accounts.registry.cells import BadCell
from cortile.accounts.registry.layouts import REASONS, plain
from cortile.accounts.registry.reading import Line, Sheet, inert, rejects_header


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not be taken: where, why, and what the office can do."""

    line: int
    column: str
    reason: str
    cure: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A row that was taken and that somebody should look at again: where, why, and what the office can do."""

    line: int
    column: str
    reason: str
    cure: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would change: «persone P12, cognome: Rosi → Rossi»."""

    code: str
    column: str
    before: str
    after: str


@dataclass(slots=True)
class FileReport:
    """One file: what it did, in numbers, and what was refused."""

    sheet: Sheet
    rows: int = 0
    added: int = 0
    changed: int = 0
    closed: int = 0
    unchanged: int = 0
    rejects: list[Reject] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    doubts: list[Doubtful] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the file's name."""
        return self.sheet.name

    @property
    def what(self) -> str:
        """Return what it lists, in Italian: «persone»."""
        return self.sheet.layout.what

    def reject(self, line: Line, bad: BadCell) -> None:
        """Keep a row apart, as it was written."""
        self.rejects.append(Reject(line.number, bad.column, bad.reason, bad.cure, tuple(line.raw)))

    @property
    def rejects_csv(self) -> str:
        """Return the rejected rows as a file to correct and feed back: the same columns, then where, why and the cure."""
        kept = [i for i, h in enumerate(self.sheet.header) if plain(h) not in REASONS]
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.sheet.separator, lineterminator="\r\n")
        writer.writerow(rejects_header(self.sheet.header))
        for r in self.rejects:
            cells = [inert(r.cells[i]) if i < len(r.cells) else "" for i in kept]
            writer.writerow([*cells, r.line, r.column, r.reason, r.cure])
        return out.getvalue()

    @property
    def counts(self) -> dict[str, int]:
        """Return the numbers, as the run remembers them."""
        names = ("rows", "added", "changed", "closed", "unchanged")
        return {n: int(getattr(self, n)) for n in names} | {"rejected": len(self.rejects)}


@dataclass(slots=True)
class Report:
    """The whole run. ``dry_run`` says that nothing was written."""

    dry_run: bool
    files: list[FileReport] = field(default_factory=list)
    moved: int = 0

    @property
    def rejected(self) -> int:
        """Return how many rows were refused, all files together."""
        return sum(len(f.rejects) for f in self.files)

    @property
    def touched(self) -> int:
        """Return how many rows were added, changed or closed."""
        return sum(f.added + f.changed + f.closed for f in self.files)

    @property
    def rejects(self) -> dict[str, str]:
        """Return the files of rejects, by the name they are fed back with."""
        return {f.sheet.layout.files[1]: f.rejects_csv for f in self.files if f.rejects}

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Return the numbers of every file."""
        return {f.sheet.layout.name: f.counts for f in self.files}

    @property
    def lines(self) -> list[str]:
        """Return the closing summary, a line per file, in Italian."""
        return [
            f"{f.what}: {f.added} nuovi, {f.changed} cambiati, {f.closed} chiusi, {f.unchanged} uguali, {len(f.rejects)} scartati"
            + (f", {len(f.doubts)} da ricontrollare" if f.doubts else "")
            for f in self.files
        ]
