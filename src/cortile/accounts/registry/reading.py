"""Open a CSV however the office's computer wrote it: encoding, separator, header in any order. Pure."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import itemgetter
from typing import NoReturn

from cortile.accounts.registry.layouts import LAYOUTS, MARK, REASONS, Column, Layout, plain
from cortile.kit.refusals import Refused

SEPARATORS = ";,\t|"
MAGIC = {b"PK\x03\x04": "Excel", b"\xd0\xcf\x11\xe0": "Excel", b"%PDF": "PDF"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: where it stands, its cells as written and, stripped, in the layout's order."""

    number: int
    raw: list[str]
    cells: tuple[str, ...]


@dataclass(slots=True)
class Sheet:
    """A file that opened: its layout, its header as written, and its text."""

    name: str
    layout: Layout
    header: list[str]
    separator: str
    text: str = field(repr=False)

    @property
    def correction(self) -> bool:
        """Tell whether this is a file of corrected rejects: it never closes what it does not name."""
        return MARK in map(plain, self.header)

    @property
    def size(self) -> int:
        """Return about how many rows it holds."""
        return max(self.text.count("\n") - 1, 1)

    def lines(self) -> Iterator[Line]:
        """Yield the rows. Raise ``Refused('file-broken')`` when a quotation mark swallowed the rest of the file."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator)
        next(reader)
        pick = _picker(self.header, self.layout.columns)
        read: Callable[[list[str]], list[str]] = _as_written if self.correction else list
        try:
            for raw in map(read, reader):
                if raw:
                    yield Line(reader.line_num, raw, pick(raw))
        except csv.Error:
            _refuse(
                "file-broken", f"Il file {self.name} non si legge dopo la riga {reader.line_num}.",
                "Controlla le virgolette: una è aperta e non chiusa.",
            )  # fmt: skip

    def fits(self, line: Line) -> bool:
        """Tell whether a line has as many cells as the header; empty ones at its end do not count."""
        extra = line.raw[len(self.header) :]
        return len(line.raw) >= len(self.header) and not any(extra)


def _picker(header: Sequence[str], columns: Sequence[Column]) -> Callable[[list[str]], tuple[str, ...]]:
    found = [plain(h) for h in header]
    places = [next((found.index(n) for n in c.names if n in found), len(header)) for c in columns]
    take, width = itemgetter(*places), len(header)

    def pick(raw: list[str]) -> tuple[str, ...]:
        row = raw if len(raw) > width else raw + [""] * (width + 1 - len(raw))
        return tuple(map(str.strip, take([*row[:width], ""])))

    return pick


FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula; a number stays a number."""
    return f"'{cell}" if cell.startswith(FORMULA) and not cell[1:2].isdigit() else cell


def _as_written(row: list[str]) -> list[str]:
    """Take back what ``inert`` added: corrections are fed to us again."""
    return [cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell for cell in row]


def _refuse(code: str, sentence: str, what_to_do: str) -> NoReturn:
    raise Refused(code, sentence, what_to_do)


def digest(cells: Iterable[str]) -> int:
    """Return sixty-four bits that tell a line from another, whatever the order of the columns in the file."""
    return int.from_bytes(blake2b("\x1f".join(cells).encode(), digest_size=8).digest(), signed=True)


def open_sheet(name: str, content: bytes, layout: Layout | None = None) -> Sheet:
    """Open a file. Raise ``Refused`` with one sentence when it is not a CSV of ours.

    Codes: ``file-empty``, ``file-binary``, ``columns-missing``, ``column-twice``, ``file-unknown``.
    """
    text = decode(name, content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    header = next(csv.reader([first], delimiter=separator))
    wanted = layout or _layout_of(name, header)
    _check(name, header, wanted)
    return Sheet(name, wanted, header, separator, text.lstrip())


def decode(name: str, content: bytes) -> str:
    """Return the text of a file: UTF-8 with or without its mark, UTF-16 as Excel saves it, else Windows-1252."""
    if not content.strip():
        _refuse("file-empty", f"Il file {name} è vuoto.", "Esporta di nuovo l'elenco e riprova.")
    if program := next((p for start, p in MAGIC.items() if content.startswith(start)), None):
        _refuse("file-binary", f"Il file {name} è un file {program}, non un CSV.", "Salvalo come CSV e riprova.")
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    _refuse("file-binary", f"Il file {name} non è un testo CSV.", "Salvalo come CSV, con codifica UTF-8, e riprova.")


def _layout_of(name: str, header: Sequence[str]) -> Layout:
    """Know a file by its name, else by the only layout whose needed columns it has."""
    bare = name.rsplit("/", 1)[-1].lower()
    if by_name := next((x for x in LAYOUTS if bare in x.files), None):
        return by_name
    fitting = [x for x in LAYOUTS if not _missing(header, x)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(x.files[1] for x in LAYOUTS)
    _refuse("file-unknown", f"Non riconosco il file {name}.", f"Chiamalo con uno di questi nomi: {names}.")


def _missing(header: Sequence[str], layout: Layout) -> list[str]:
    found = set(map(plain, header))
    return [c.name for c in layout.columns if c.needed and found.isdisjoint(c.names)]


def _check(name: str, header: Sequence[str], layout: Layout) -> None:
    if missing := _missing(header, layout):
        _refuse(
            "columns-missing", f"Nel file {name} mancano le colonne: {', '.join(missing)}.",
            f"La prima riga deve avere: {', '.join(c.name for c in layout.columns if c.needed)}.",
        )  # fmt: skip
    ours = {n for c in layout.columns for n in c.names}
    found = [plain(h) for h in header if plain(h) in ours]
    if twice := next((f for f in found if found.count(f) > 1), None):
        _refuse("column-twice", f"Nel file {name} la colonna «{twice}» c'è due volte.", "Togline una e riprova.")


def rejects_header(header: Sequence[str]) -> list[str]:
    """Return the header of the rejects of a file: its own columns, then ours."""
    return [h for h in header if plain(h) not in REASONS] + list(REASONS)
