"""Another system's requests, from a CSV: states mapped, empty categories «other», bad rows apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cortile.accounts.registry import FileReport, cells, reading
from cortile.accounts.registry.cells import BadCell
from cortile.accounts.registry.layouts import Column, Layout
from cortile.agencies import reads as agencies
from cortile.kit.actor import Actor
from cortile.listening import actions as listening

LAYOUT = Layout("requests", "segnalazioni", "segnalazioni", (
    Column(("id", "codice", "code"), needed=True), Column(("stato", "state"), needed=True),
    Column(("creato", "aperta", "aperta_il", "opened"), needed=True), Column(("chiusa", "chiusa_il", "closed"), needed=True),
    Column(("categoria", "category"), needed=True), Column(("descrizionebreve", "canale", "channel")),
))  # fmt: skip
# How the old system's states are read here; docs/import.md says the same.
STATES = {
    "aperta": "open",
    "in carico": "in_progress",
    "chiusa": "closed",
    "archiviata": "closed",
    "annullata": "withdrawn",
    "eliminata": "withdrawn",
}
NO_CATEGORY = "other"
Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class Taken:
    """What the import did: how many were new, how many already there, and the file with its rejects."""

    new: int
    known: int
    file: FileReport


def take_in(agency_code: str, name: str, content: bytes, *, source: str, by: Actor) -> Taken:
    """Write the requests of a file as history, each once. Raise ``Refused`` for a file that is not a list of requests."""
    file = FileReport(reading.open_sheet(name, content, LAYOUT))
    body = agencies.agency(agency_code)
    rows = [listening.past_request(body, source=source, **row) for row in _rows(file)]  # type: ignore[arg-type]  # by name
    new, known = listening.take_in_history(body, rows, by=by)
    return Taken(new, known, file)


def _rows(file: FileReport) -> Iterator[Fields]:
    seen: set[str] = set()
    for line in file.sheet.lines():
        file.rows += 1
        try:
            row = _checked(line.cells, seen) if file.sheet.fits(line) else _short()
        except BadCell as bad:
            file.reject(line, bad)
        else:
            yield row


def _short() -> Fields:
    cells.wrong("", "La riga non ha tutte le celle.", "Controlla i separatori e le virgolette.")


def _checked(row: tuple[str, ...], seen: set[str]) -> Fields:
    code, state, created, ended, category, channel = row
    cells.needed("id", code)
    opened, closed = cells.day("creato", created), cells.day_or_none("chiusa", ended)
    if code in seen:
        cells.wrong("id", f"Il codice «{code}» c'è già.", "Togli una delle due righe.")
    if state.lower() not in STATES:
        cells.wrong("stato", f"Lo stato «{state[:20]}» non è conosciuto.", f"Scrivi uno di questi: {', '.join(STATES)}.")
    if closed is not None and closed < opened:
        cells.wrong("chiusa", "La chiusura viene prima dell'apertura.", "Correggi una delle due date.")
    seen.add(code)
    return {
        "code": code, "state": STATES[state.lower()], "original_state": state, "category": category or NO_CATEGORY,
        "channel": channel, "opened_on": opened, "closed_on": closed,
    }  # fmt: skip
