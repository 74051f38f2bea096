"""HSDS files: JSON (one card, many, a page, or a card on each line) and the folder of CSV tables. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from cortile.directory.importing.report import REJECTED, Reason, Row, flat
from cortile.directory.importing.sheets import decoded

Table = list[dict[str, str]]
# Which tables hang on which key of a card (HSDS 3.1 datapackage).
_OF_SERVICE = {
    "phones": "phones", "schedules": "schedules", "languages": "languages", "service_areas": "service_areas",
    "cost_options": "cost_options",
}  # fmt: skip


class NotHsds(Exception):  # noqa: N818 -- an answer, not a fault
    """A file that is not what its name says."""


def read_json(raw: bytes) -> list[Row]:
    """Return the cards of a JSON file, each as a row. Raise ``NotHsds``."""
    text = decoded(raw).strip()
    try:
        found = json.loads(text)
    except ValueError:
        return _lines(text)
    if isinstance(found, Mapping):
        found = found.get("contents") or found.get("services") or [found]
    if not isinstance(found, list):
        raise NotHsds
    return [_row(number, card) for number, card in enumerate(found, 1)]


def _lines(text: str) -> list[Row]:
    rows = []
    for number, said in enumerate(text.splitlines(), 1):
        try:
            rows.append(_row(number, json.loads(said)))
        except ValueError as wrong:
            if number == 1:
                raise NotHsds from wrong
            row = Row(number, {"riga": said})
            row.refuse(REJECTED, Reason("", "Questa riga non è JSON.", "Esporta di nuovo il file."))
            rows.append(row)
    return rows


def _row(number: int, card: object) -> Row:
    if not isinstance(card, dict):
        row = Row(number, {"valore": str(card)[:200]})
        row.refuse(REJECTED, Reason("", "Non è una scheda.", "Ogni scheda è un oggetto con un nome."))
        return row
    cells = flat(card)
    for key in [k for k, v in card.items() if v is None]:
        del card[key]
    return Row(number, cells, card)


def read_tables(files: Mapping[str, bytes]) -> list[Row]:
    """Return the cards of a folder of HSDS tables, by file name without ``.csv``. Raise ``NotHsds`` without ``services``."""
    tables = {name: _table(raw) for name, raw in files.items()}
    if "services" not in tables:
        raise NotHsds
    organizations = {row["id"]: row for row in tables.get("organizations", []) if row.get("id")}
    places = _places(tables)
    of = {name: _by(tables.get(name, []), "service_id") for name in _OF_SERVICE}
    at = _by(tables.get("service_at_locations", []), "service_id")
    under, terms = (
        _by(tables.get("attributes", []), "link_id"),
        {row.get("id", ""): row for row in tables.get("taxonomy_terms", [])},
    )
    rows = []
    for number, service in enumerate(tables["services"], 2):
        key = service.get("id", "")
        card: dict[str, Any] = dict(service)
        card["organization"] = organizations.get(service.get("organization_id", ""), {})
        card |= {into: of[name][key] for name, into in _OF_SERVICE.items() if of[name][key]}
        card["service_at_locations"] = [{**one, "location": places.get(one.get("location_id", ""), {})} for one in at[key]]
        card["attributes"] = [{"taxonomy_term": terms.get(one.get("taxonomy_term_id", ""), {})} for one in under[key]]
        rows.append(Row(number, service, card))
    return rows


def _places(tables: Mapping[str, Table]) -> dict[str, dict[str, Any]]:
    addresses, steps = _by(tables.get("addresses", []), "location_id"), _by(tables.get("accessibility", []), "location_id")
    return {
        row["id"]: {**row, "addresses": addresses[row["id"]], "accessibility": steps[row["id"]]}
        for row in tables.get("locations", []) if row.get("id")
    }  # fmt: skip


def _table(raw: bytes) -> Table:
    return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(io.StringIO(decoded(raw)))]


def _by(rows: Iterable[dict[str, str]], key: str) -> defaultdict[str, list[dict[str, str]]]:
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        found[row.get(key, "")].append(row)
    return found
