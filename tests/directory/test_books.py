"""A workbook comes in as its sheet would: days, numbers and formulas as people read them."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest

from cortile.directory import files
from cortile.directory.importing import books
from cortile.directory.importing.books import NotABook
from cortile.kit.refusals import Refused

pytestmark = pytest.mark.pure
HEADER = ["Ente", "Servizio", "Telefono", "Posti", "Aggiornato il"]


def book(*rows: list[object], before: int = 0) -> bytes:
    """Return a workbook with some rows on its last sheet, behind so many empty ones."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    for _ in range(before):
        made.create_sheet()
    sheet = made.worksheets[-1]
    for row in rows:
        sheet.append(row)
    made.save(out)
    return out.getvalue()


def test_a_workbook_is_read_as_its_sheet_would_be() -> None:
    raw = book(HEADER, ["Le Betulle", "Doposcuola", "02 5550 301", 4.0, datetime(2026, 3, 1)])  # noqa: DTZ001 -- a day in a cell
    (row,) = files.rows_of("servizi.xlsx", raw)
    assert (row.card["name"], row.card["organization"]["name"]) == ("Doposcuola", "Le Betulle")


@pytest.mark.parametrize(
    ("cell", "said"),
    [(4.0, "4"), (4.5, "4.5"), (True, "sì"), (datetime(2026, 3, 1), "01/03/2026")],  # noqa: DTZ001 -- as above
)  # fmt: skip
def test_a_cell_is_written_as_its_keeper_reads_it(cell: object, said: str) -> None:
    assert books.as_csv(book(["x", cell])).decode() == f"x;{said}\r\n"


def test_of_a_formula_nobody_worked_out_nothing_is_read() -> None:
    assert books.as_csv(book(["x", "=1+1", "y"])).decode() == "x;;y\r\n"


def test_empty_sheets_before_it_are_passed_over() -> None:
    assert b"Doposcuola" in books.as_csv(book(["Doposcuola"], before=2))


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(Refused) as found:
        files.rows_of("servizi.xlsx", b"Ente;Servizio\r\n")
    assert found.value.code == "file-unreadable"


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(NotABook):
        books.as_csv(book())


def test_a_small_file_that_unpacks_into_a_huge_one_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (books.MOST_UNPACKED + 1))
    assert len(out.getvalue()) < 100_000
    with pytest.raises(NotABook):
        books.as_csv(out.getvalue())


def test_more_rows_than_a_sheet_of_services_has_are_refused() -> None:
    with pytest.raises(NotABook):
        books.as_csv(book(*[["x"]] * (books.MOST_ROWS + 1)))
