"""Files of cards, in and out: HSDS JSON, the folder of HSDS tables, and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from cortile.directory import access, hsds, reads
from cortile.directory.importing import books, hsds_files, sheets
from cortile.directory.importing.report import Row, harmless

JSON_ENDS, OTHER_BOOKS = (".json", ".ndjson", ".jsonl"), (".xls", ".ods", ".numbers")
# What hangs on a card, by its name in the nested form, is a table of its own (HSDS 3.1 tabular data package).
_TABLES = ("phones", "schedules", "languages", "service_areas", "cost_options")
# Not what the name says; brackets in brackets without end; a cell larger than a reader of CSV takes.
_UNREADABLE = (hsds_files.NotHsds, books.NotABook, RecursionError, csv.Error)


def rows_of(name: str, raw: bytes, columns: Mapping[str, str] | None = None) -> list[Row]:
    """Return the rows of a file by the end of its name. Raise ``Refused`` with ``file-unreadable`` or ``columns-unknown``."""
    if name.lower().endswith(OTHER_BOOKS):
        raise access.refuse("file-unreadable")
    try:
        if name.lower().endswith(books.ENDS):
            return sheets.read(books.as_csv(raw), columns)
        return hsds_files.read_json(raw) if name.lower().endswith(JSON_ENDS) else sheets.read(raw, columns)
    except _UNREADABLE as wrong:
        raise access.refuse("file-unreadable") from wrong
    except sheets.NoHeader as wrong:
        raise access.refuse("columns-unknown") from wrong


def field_of(column: str) -> str:
    """Return which field of a card a column of a sheet is by its name; nothing for one we do not know."""
    return sheets.field_of(column)


def rows_of_tables(files: Mapping[str, bytes]) -> list[Row]:
    """Return the rows of a folder of HSDS tables. Raise ``Refused`` with ``file-unreadable`` without ``services.csv``."""
    try:
        return hsds_files.read_tables(files)
    except _UNREADABLE as wrong:
        raise access.refuse("file-unreadable") from wrong


def as_json() -> str:
    """Return every published card as one HSDS JSON file."""
    return json.dumps([hsds.service_full(row) for row in reads.every_service()], ensure_ascii=False, indent=1)


def as_tables() -> dict[str, bytes]:
    """Return every published card as HSDS tables, by name without ``.csv``."""
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for row in reads.every_service():
        _tell(hsds.service_full(row), tables)
    return {name: _written(list(rows.values())) for name, rows in tables.items()}


def _tell(card: dict[str, Any], tables: dict[str, dict[str, dict[str, Any]]]) -> None:
    """Put a nested card into the tables: each row once, with the key of what it hangs on."""

    def put(name: str, row: dict[str, Any], **keys: str) -> None:
        flat = {k: v for k, v in row.items() if not isinstance(v, dict | list)} | keys
        tables.setdefault(name, {})[row["id"]] = flat

    key = card["id"]
    put("services", card)
    put("organizations", card["organization"])
    for name in _TABLES:
        for row in card.get(name, []):
            put(name, row, service_id=key)
    for at in card.get("service_at_locations", []):
        put("service_at_locations", at)
        place = at["location"]
        put("locations", place, organization_id=card["organization_id"])
        for name in ("addresses", "accessibility"):
            for row in place.get(name, []):
                put(name, row)
        for row in at.get("schedules", []):
            put("schedules", row, service_at_location_id=at["id"])
    for row in card.get("attributes", []):
        put("attributes", row)
        put("taxonomy_terms", row["taxonomy_term"])
        put("taxonomies", row["taxonomy_term"]["taxonomy_detail"])


def _written(rows: list[dict[str, Any]]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    into = io.StringIO()
    out = csv.writer(into, lineterminator="\r\n")
    out.writerow(names)
    for row in rows:
        out.writerow([harmless(str(row.get(name, ""))) if isinstance(row.get(name), str) else row.get(name, "") for name in names])
    return into.getvalue().encode()
