"""A workbook somebody keeps: its first sheet that holds something, as the lines a CSV of it would have. Nothing in it is run."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time

import openpyxl

ENDS = (".xlsx", ".xlsm")
# A workbook is packed: a small file may hold a very large sheet.
MOST_UNPACKED, MOST_ROWS, MOST_COLUMNS = 30_000_000, 5_000, 100


class NotABook(Exception):  # noqa: N818 -- an answer, not a fault
    """The file is no workbook, or is too large to be one of services."""


def as_csv(raw: bytes) -> bytes:
    """Return the first sheet that is not empty as CSV; of a formula, what it last came to. Raise ``NotABook``."""
    try:
        found = _filled(raw) if _unpacked(raw) <= MOST_UNPACKED else []
    # Whatever is wrong inside a workbook, the library says it in its own many ways.
    except Exception as broken:
        raise NotABook from broken
    if not found:
        raise NotABook
    return _written(found)


def _unpacked(raw: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return sum(part.file_size for part in packed.infolist())


def _filled(raw: bytes) -> list[list[str]]:
    """Return the first sheet that is not empty; nothing where all are."""
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    sheets = (_lines(s.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)) for s in book.worksheets)
    return next((lines for lines in sheets if any(any(line) for line in lines)), [])


def _lines(rows: Iterable[tuple[object, ...]]) -> list[list[str]]:
    """Return each row as text, as wide as the widest: a sheet has far more columns than anybody wrote in."""
    found = [[_said(cell) for cell in row] for row in rows]
    if len(found) > MOST_ROWS:
        raise NotABook
    wide = max((n for row in found for n, said in enumerate(row, 1) if said), default=0)
    return [row[:wide] for row in found]


def _said(cell: object) -> str:
    """Write a cell as its keeper reads it: days in the Italian way, whole numbers without decimals."""
    if isinstance(cell, datetime | date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, bool):
        return "sì" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _written(lines: list[list[str]]) -> bytes:
    into = io.StringIO()
    csv.writer(into, delimiter=";", lineterminator="\r\n").writerows(lines)
    return into.getvalue().encode()
