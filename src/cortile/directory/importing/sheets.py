"""A spreadsheet somebody keeps: find its letters, its marks and its header, and read each line as a card. Pure.

A workbook comes here as the lines a CSV of it would have (``books``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from cortile.directory.importing import hours
from cortile.directory.importing.report import REJECTED, Reason, Row
from cortile.directory.importing.texts import clean, line
from cortile.directory.rules.same import bare

# What columns are called. The first name that fits wins; a body adds its own with ``--column``.
COLUMNS: dict[str, tuple[str, ...]] = {
    "organization": ("ente", "organizzazione", "associazione", "organization", "gestore", "ente gestore", "chi", "nome ente"),
    "name": ("servizio", "nome servizio", "nome del servizio", "name", "nome", "attivita", "denominazione", "service"),
    "kind": ("tipo", "tipo ente", "tipologia", "natura"),
    "tax_id": ("partita iva", "p iva", "piva", "codice fiscale", "cf", "c f", "tax id", "cf piva"),
    "description": ("descrizione", "description", "che cosa fa", "cosa fa", "dettagli"),
    "address": ("indirizzo", "via", "address", "sede", "dove"),
    "postal_code": ("cap", "c a p", "postal code"),
    "city": ("citta", "comune", "city", "localita"),
    "phone": ("telefono", "tel", "recapito", "phone", "numero di telefono", "cellulare", "contatti telefonici"),
    "email": ("email", "mail", "e mail", "posta", "posta elettronica"),
    "url": ("sito", "sito web", "web", "url", "website", "pagina"),
    "hours": ("orari", "orario", "giorni e orari", "quando", "apertura"),
    "languages": ("lingue", "lingua", "languages", "lingue parlate"),
    "cost": ("costo", "costi", "prezzo", "gratis", "tariffa", "fees"),
    "eligibility": ("per chi", "destinatari", "a chi si rivolge", "requisiti", "eligibility", "utenza"),
    "ages": ("eta", "fascia d eta", "ages"),
    "capacity": ("posti", "disponibilita", "capienza", "capacity", "posti liberi"),
    "words": ("parole", "bisogno", "bisogni", "tema", "temi", "area", "categoria", "parole chiave"),
    "step_free": ("accessibile", "senza gradini", "accessibilita", "barriere"),
    "confirmed": ("aggiornato", "aggiornato il", "data", "ultimo aggiornamento", "verificato", "verificato il"),
    "keeper": ("referente mail", "mail referente", "chi tiene la scheda"),
}
LEAST_NAMES, HEADER_WITHIN, SAMPLE = 2, 15, 8000
_TOTALS = ("totale", "tot", "legenda", "fonte", "nb", "n b", "aggiornamento a cura")


class NoHeader(Exception):  # noqa: N818 -- an answer, not a fault
    """No line of the file names its columns."""


def decoded(raw: bytes) -> str:
    """Return the text of a file, in whichever alphabet it was written."""
    for letters in ("utf-8-sig", "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "cp1252"):
        try:
            return raw.decode(letters)
        except UnicodeError:
            continue
    return raw.decode("latin-1")


def read(raw: bytes, columns: Mapping[str, str] | None = None) -> list[Row]:
    """Return the rows of a sheet under its header, each as a card or with what is wrong with it.

    ``columns`` says which of our fields a column of theirs is, by their name. Raise ``NoHeader``.
    """
    text = decoded(raw).replace("\0", "")
    mark = _mark(text)
    found = list(_lines(text, mark))
    start, fields, names = _header(found, columns or {})
    return [_row(number, values, fields, names) for number, values in found[start + 1 :] if not _empty(values) or number == 0]


def field_of(column: str) -> str:
    """Return which of our fields a column is by its name; nothing for one we do not know."""
    said = bare(line(column))
    return next((field for field, names in COLUMNS.items() if said in names), "")


def blank_lines(raw: bytes) -> int:
    """Return how many lines of a file say nothing at all: they are no rows, and the report counts them."""
    text = decoded(raw).replace("\0", "")
    return sum(_empty(values) for _number, values in _lines(text, _mark(text)))


def _mark(text: str) -> str:
    sample = "\n".join(text[:SAMPLE].splitlines()[:20])
    return max(";\t|,", key=lambda mark: (sample.count(mark), mark == ";"))


def _lines(text: str, mark: str) -> list[tuple[int, list[str]]]:
    """Return each record with the number of the line it begins on. A quotation mark left open swallows no other row."""
    lines = text.splitlines()
    width = _width(lines, mark)
    found: list[tuple[int, list[str]]] = []
    place = 0
    while place < len(lines):
        taken = _whole(lines, place, mark, width)
        found.append((place + 1, next(csv.reader(io.StringIO("\n".join(lines[place : place + taken])), delimiter=mark), [])))
        if taken == 1 and lines[place].count('"') % 2:
            found[-1] = (place + 1, lines[place].replace('"', "").split(mark))
        place += taken
    return found


def _width(lines: list[str], mark: str) -> int:
    counts = [line.count(mark) + 1 for line in lines[:HEADER_WITHIN]]
    return max(counts, default=1)


def _whole(lines: list[str], place: int, mark: str, width: int) -> int:
    """Return how many lines a record takes: more than one only where the quotation closes before another whole row begins."""
    if lines[place].count('"') % 2 == 0:
        return 1
    for taken in range(2, 12):
        if place + taken > len(lines):
            return 1
        added = lines[place + taken - 1]
        if added.count(mark) + 1 >= width and added.count('"') % 2 == 0:
            return 1
        if added.count('"') % 2:
            # A mark that opens a cell closes none: the one before was left open.
            first = added.index('"')
            return 1 if first and added[first - 1] == mark else taken
    return 1


def _empty(values: list[str]) -> bool:
    return not any(clean(value) for value in values)


def _header(found: list[tuple[int, list[str]]], columns: Mapping[str, str]) -> tuple[int, list[str], list[str]]:
    """Return where the header is, our field of each column («» for one we do not know), and their own names."""
    for start, (_number, values) in enumerate(found[:HEADER_WITHIN]):
        fields = _fields(values, columns)
        known = {f for f in fields if f}
        if len(known) >= LEAST_NAMES and known & {"name", "organization"}:
            return start, fields, [line(v) or f"colonna {n}" for n, v in enumerate(values, 1)]
    raise NoHeader


def _fields(values: list[str], columns: Mapping[str, str]) -> list[str]:
    own = {bare(theirs): ours for theirs, ours in columns.items()}
    fields: list[str] = []
    for value in values:
        said = bare(line(value))
        ours = own[said] if said in own else field_of(said)
        fields.append("" if ours in fields else ours)
    if "name" not in fields and "organization" in fields:
        fields[fields.index("organization")] = "name"
    return fields


def _row(number: int, values: list[str], fields: list[str], names: list[str]) -> Row:
    extra = [f"colonna {n}" for n in range(len(names) + 1, len(values) + 1)]
    cells = dict(zip([*names, *extra], values, strict=False))
    row = Row(number, cells)
    told = {f: v for f, v in zip(fields, values, strict=False) if f}
    if wrong := _misplaced(values, fields, told):
        row.refuse(REJECTED, wrong)
        return row
    row.card = card_of(told)
    unknown = {n: clean(v) for f, n, v in zip(fields, names, values, strict=False) if not f and clean(v)}
    if unknown:
        row.card["brought"] = unknown
    return row


def _misplaced(values: list[str], fields: list[str], told: Mapping[str, str]) -> Reason | None:
    """Return why a row is not one of the list: another header, a total, a row of another width."""
    if sum(bare(line(v)) in COLUMNS.get(f, ()) for f, v in told.items()) >= LEAST_NAMES:
        return Reason("", "È di nuovo l'intestazione.", "Puoi toglierla.")
    filled = [line(v) for v in values if line(v)]
    if len(filled) <= LEAST_NAMES and bare(filled[0]).startswith(_TOTALS):
        return Reason("", "È un totale o una nota, non un servizio.", "Puoi toglierla.")
    if any(clean(v) for v in values[len(fields) :]):
        return Reason(
            "", f"Ci sono {len(values)} celle e le colonne sono {len(fields)}.", "Un segno di separazione sta dentro una cella."
        )
    if len(values) < len(fields):
        return Reason("", f"Ci sono {len(values)} celle e le colonne sono {len(fields)}.", "La riga è tagliata.")
    return None


def card_of(told: Mapping[str, str]) -> dict[str, Any]:
    """Return the card, in HSDS's nested words, that the cells of a row make; nothing is judged yet."""
    said = {field: line(value) for field, value in told.items()}
    kind = {key: said.get(key, "") for key in ("kind", "tax_id")}
    card: dict[str, Any] = {
        "name": said.get("name", ""), "description": clean(told.get("description", "")), "email": said.get("email", ""),
        "url": said.get("url", ""), "eligibility_description": clean(told.get("eligibility", "")),
        "assured_date": said.get("confirmed", ""), "assurer_email": said.get("keeper", ""), "ages": said.get("ages", ""),
        "fees_description": said.get("cost", ""), "capacity_words": said.get("capacity", ""),
        "organization": {"name": said.get("organization") or said.get("name", "")} | kind,
        "phones": [{"number": said["phone"]}] if said.get("phone") else [],
        "languages": [{"name": said["languages"]}] if said.get("languages") else [],
        "words": said.get("words", ""),
    }  # fmt: skip
    if said.get("hours"):
        card["schedules"] = hours.read(clean(told["hours"])) or [{"description": clean(told["hours"])}]
    address = {"address_1": said.get("address", ""), "postal_code": said.get("postal_code", ""), "city": said.get("city", "")}
    if any(address.values()):
        place = {"addresses": [address], "step_free": said.get("step_free", ""), "location_type": "physical"}
        card["service_at_locations"] = [{"location": place}]
    return card
