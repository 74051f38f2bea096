"""The import itself: eight files, one transaction, nothing half done."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction

from cortile.accounts import actions
from cortile.accounts.registry import checks, layouts, reading
from cortile.accounts.registry.cells import BadCell, needed, wrong
from cortile.accounts.registry.layouts import Layout
from cortile.accounts.registry.reading import Line, Sheet
from cortile.accounts.registry.report import Change, Doubtful, FileReport, Report
from cortile.agencies.models import Agency
from cortile.homes import registry as homes
from cortile.kit import audit, clock, mirror
from cortile.kit.actions import refuse_unless
from cortile.kit.actor import Actor, acting
from cortile.people import registry as people

Source = Path | Iterable[tuple[str, bytes]]
Progress = Callable[[str, int, int], None]
Row = TypeVar("Row", bound=mirror.Said)
Check = Callable[..., Row]
Act = Callable[..., mirror.Ledger]
STEP = 2000
LOCK = 2049
# A list that suddenly lacks a tenth of what it had is more often cut short than true.
MANY, SHARE = 20, 10


def run(
    agency: Agency, source: Source, *, by: Actor, dry_run: bool = False, accept_closures: bool = False,
    progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Import a landlord's registry from a folder or from uploaded ``(name, content)`` pairs.

    A dry run does everything and takes it back, so its differences are the true ones. ``accept_closures`` confirms
    that a list is short on purpose. ``progress(what, row, of)`` is called every two thousand rows.
    Raise ``Refused``: ``not-allowed``, ``nothing-to-import``, ``file-…``, ``columns-missing``, ``too-many-closed``,
    ``import-running``. Then nothing is written but the failed run.
    """
    homes.require(by, agency)
    started = clock.now()
    try:
        sheets = open_all(source)
        trial = audit.taken_back() if dry_run else contextlib.nullcontext()
        with acting(by), transaction.atomic(), trial:
            _alone(agency)
            report = _Run(agency, by, sheets, dry_run, accept_closures, progress).everything()
            if dry_run:
                transaction.set_rollback(True)
            else:
                _remember(agency, by, report, started, "done")
    except Exception:
        actions.remember_run(agency, by=by, state="failed", started_at=started, counts={}, rejects={})
        raise
    if dry_run:
        _remember(agency, by, report, started, "dry")
    return report


def _remember(agency: Agency, by: Actor, report: Report, started: datetime, state: str) -> None:
    actions.remember_run(
        agency, by=by, state=state, started_at=started, counts=report.counts, rejects=report.rejects, rejected=report.rejected
    )


def _alone(agency: Agency) -> None:
    """Let one import of a body run at a time, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, agency.pk])
        (free,) = cursor.fetchone()
    refuse_unless(free, "import-running", "Un altro import di questo ente è in corso.", "Aspetta che finisca e riprova.")


def open_all(source: Source) -> dict[str, Sheet]:
    """Open the files of a delivery, by what they list. Raise ``Refused`` before anything is written."""
    sheets: dict[str, Sheet] = {}
    for name, content in _in_folder(source) if isinstance(source, Path) else source:
        sheet = reading.open_sheet(name, content)
        what = sheet.layout.name
        refuse_unless(
            what not in sheets, "file-twice", f"Ci sono due file con gli {sheet.layout.what}: {name} e un altro.", "Togline uno."
        )
        sheets[what] = sheet
    names = ", ".join(layout.files[1] for layout in layouts.LAYOUTS)
    refuse_unless(sheets, "nothing-to-import", "Non c'è nessun file da importare.", f"Metti nella cartella: {names}.")
    return sheets


def _in_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    refuse_unless(folder.is_dir(), "folder-missing", f"La cartella {folder} non c'è.", "Controlla il nome e riprova.")
    known = {name for layout in layouts.LAYOUTS for name in layout.files}
    for path in sorted(folder.iterdir()):
        if path.name.lower() in known:
            yield path.name, path.read_bytes()


@dataclass(slots=True)
class _Run:
    """One delivery on its way in."""

    agency: Agency
    by: Actor
    sheets: dict[str, Sheet]
    dry_run: bool
    accept_closures: bool
    progress: Progress | None

    def everything(self) -> Report:
        """Take the lists in, in the order they lean on each other, then write where everybody lives."""
        report = Report(self.dry_run)
        take = partial(self._take, report)
        buildings = take(layouts.BUILDINGS, homes.BUILDINGS, lambda: checks.building, homes.take_in_buildings)
        dwellings = take(layouts.DWELLINGS, homes.DWELLINGS, lambda: checks.Dwellings(buildings.ids), homes.take_in_dwellings)
        persons = take(
            layouts.PEOPLE, people.PEOPLE, lambda: self._people(dwellings.ids),
            partial(people.take_in_people, trial=self.dry_run),
        )  # fmt: skip
        tenancies = take(
            layouts.TENANCIES, people.TENANCIES, lambda: checks.Tenancies(dwellings.ids, persons.ids), people.take_in_tenancies
        )
        take(layouts.ACCOUNTS, actions.ACCOUNTS, lambda: checks.Accounts(tenancies.ids), actions.take_in_accounts)
        take(layouts.BANDS, actions.BANDS, lambda: checks.Bands(tenancies.ids), actions.take_in_bands)
        take(layouts.CHARGES, actions.CHARGES, lambda: checks.Charges(tenancies.ids), actions.take_in_charges)
        take(layouts.ISEE, actions.ISEE, lambda: checks.Isee(people.households_of(self.agency.pk)), actions.take_in_isee)
        if report.touched:
            report.moved = people.settle_homes(self.agency, by=self.by)
        return report

    def _people(self, dwellings: dict[str, int]) -> checks.People:
        return checks.People(clock.today(), settings.DEMO, _Homes(self.agency.pk, dwellings, self.sheets.get("tenancies")).of)

    def _take(
        self, report: Report, layout: Layout, table: mirror.Mirror, check: Callable[[], Check[Row]], act: Act
    ) -> mirror.Ledger:
        """Take one list in and count. Without its file the ledger is only what later lists lean on."""
        ledger = mirror.opened(table, self.agency.pk)
        if (sheet := self.sheets.get(layout.name)) is None:
            return ledger
        file = FileReport(sheet)
        report.files.append(file)
        act(self.agency, self._rows(file, ledger, check()), by=self.by, ledger=ledger)
        file.added, file.changed, file.closed = len(ledger.added), len(ledger.changed), len(ledger.closed)
        file.unchanged = ledger.unchanged
        file.changes = [Change(d.code, layout.label(d.column), d.before, d.after) for d in ledger.differences]
        return ledger

    def _rows(self, file: FileReport, ledger: mirror.Ledger, check: Check[Row]) -> Iterator[Row]:
        """Yield what is new or different; skip what repeats itself; keep apart what is wrong."""
        seen: dict[str, int] = {}
        before, nameless = len(ledger.waiting), False
        for line in file.sheet.lines():
            code, key = file.sheet.layout.code(line.cells), reading.digest(line.cells)
            file.rows += 1
            if self.progress and file.rows % STEP == 0 and file.rows < file.sheet.size:
                self.progress(file.what, file.rows, file.sheet.size)
            if not (code not in seen and ledger.repeats(code, key)):
                ledger.names(code)
                nameless = nameless or not code
                try:
                    row = _checked(file.sheet, line, key, seen, check)
                except BadCell as bad:
                    file.reject(line, bad)
                else:
                    _doubt(file, line, check)
                    yield row
            seen.setdefault(code, line.number)
        self._close(file, ledger, before, nameless=nameless)

    def _close(self, file: FileReport, ledger: mirror.Ledger, before: int, *, nameless: bool) -> None:
        """Decide whether what the list no longer has is closed: not by corrections, nor when a row hid its code."""
        if file.sheet.correction or nameless:
            ledger.spare()
        gone = len(ledger.waiting)
        sudden = gone > MANY and gone * SHARE > before
        refuse_unless(
            not sudden or self.accept_closures or self.dry_run, "too-many-closed",
            f"Nel file {file.name} mancano {gone} righe su {before}: sembra incompleto.",
            "Controlla l'esportazione. Se è giusto così, ripeti e conferma le chiusure.",
        )  # fmt: skip
        if self.progress:
            self.progress(file.what, file.rows, file.rows)


def _checked(sheet: Sheet, line: Line, key: int, seen: dict[str, int], check: Check[Row]) -> Row:
    if not sheet.fits(line):
        sizes = f"{len(line.raw)} celle invece di {len(sheet.header)}"
        wrong("", f"La riga ha {sizes}.", "Controlla i separatori e le virgolette.")
    layout, column = sheet.layout, sheet.layout.columns[0].name
    if not (code := layout.code(line.cells)):
        for part, cell in zip(layout.columns, line.cells, strict=True):
            if part.needed:
                needed(part.name, cell)
    if code in seen:
        wrong(column, f"Il codice «{code}» c'è già alla riga {seen[code]}.", "Togli una delle due righe.")
    return check(key, *line.cells)


def _doubt(file: FileReport, line: Line, check: object) -> None:
    """Keep what a check doubts of a row it has taken: a list may be right where we have never seen its like."""
    if isinstance(check, checks.Isee) and (doubt := check.doubt(line.cells)):
        file.doubts.append(Doubtful(line.number, *doubt))


@dataclass(slots=True)
class _Homes:
    """Where each person is expected to live, read ahead from the contracts so that her row is written once."""

    agency_id: int
    dwellings: dict[str, int]
    tenancies: Sheet | None
    _places: dict[int, homes.Home] | None = None
    _expected: dict[str, str] = field(default_factory=dict)

    def of(self, person: str, household: str) -> homes.Home:
        """Return the home of a person by her household, else by herself. A guess: the contract decides afterwards."""
        if self._places is None:
            self._places = homes.homes_of(self.agency_id)
            self._read_ahead()
        dwelling = self._expected.get(f"n:{household}") or self._expected.get(f"p:{person}", "")
        return self._places.get(self.dwellings.get(dwelling, 0), people.NOWHERE)

    def _read_ahead(self) -> None:
        for line in self.tenancies.lines() if self.tenancies else ():
            _, dwelling, holder, household, _, end = line.cells
            if not end:
                self._expected[f"n:{household}" if household else f"p:{holder}"] = dwelling
