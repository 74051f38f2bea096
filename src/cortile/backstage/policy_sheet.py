"""The truth table as a file: text, CSV for a sheet, PDF for the officer's folder."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import typst

from cortile.agencies import truth
from cortile.kit import dates
from cortile.messages.sheet import FONTS

TEMPLATES = Path(__file__).parent / "sheets"
TITLE = "Chi può vedere che cosa"


def heading(day: date) -> str:
    """Return what tells one table from another: the day it was printed, and the name of its lines."""
    return f"Stampata il {dates.short_day(day, 'it')} · versione {truth.version()}"


def as_text(day: date) -> bytes:
    """Return the table as text."""
    return f"{TITLE}\n{heading(day)}\n\n{truth.text()}".encode()


def as_csv(day: date) -> bytes:
    """Return the lines for a sheet: semicolons, and the mark that tells Excel the letters are UTF-8."""
    kept = io.StringIO()
    rows = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    rows.writerow((TITLE, heading(day)))
    rows.writerows(truth.table())
    rows.writerows(("atto", act, who) for act, who in truth.capabilities())
    return kept.getvalue().encode("utf-8-sig")


def as_pdf(day: date) -> bytes:
    """Return the table drawn: the grid on the first page, then every line."""
    said = {
        "title": TITLE, "heading": heading(day), "legend": truth.LEGEND, "protected": truth.PROTECTED,
        "columns": list(truth.COLUMNS.values()), "grid": truth.grid(), "lines": truth.table(), "acts": truth.capabilities(),
    }  # fmt: skip
    drawn = typst.compile(
        str(TEMPLATES / "truth.typ"), root=str(TEMPLATES), font_paths=FONTS, ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(said, ensure_ascii=False, sort_keys=True)}, pdf_standards=["ua-1"], format="pdf",
    )  # fmt: skip
    return bytes(drawn)


FORMATS = {"text": as_text, "csv": as_csv, "pdf": as_pdf}
