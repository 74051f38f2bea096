"""One cell: Italian dates, decimals, yes and no."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.accounts.registry import cells
from cortile.accounts.registry.cells import BadCell

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("text", ["14/03/1948", "14/3/1948", "14-03-1948", "14.03.1948", "1948-03-14", "1948-03-14 00:00:00"])
def test_a_date_is_read(text: str) -> None:
    assert cells.day("data", text) == date(1948, 3, 14)


@pytest.mark.parametrize("text", ["31/02/1948", "14/03/48", "03/14/1948", "ieri", "14/03/1948 12:30", "0/0/0000"])
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="non è una data"):
        cells.day("data", text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("640,50", 64050), ("1.234,50", 123450), ("640.5", 64050), ("1.234", 123400), ("-20", -2000), ("€ 12,00", 1200), ("0", 0)],
)
def test_an_amount_is_read(text: str, wanted: int) -> None:
    assert cells.cents("saldo", text) == wanted


@pytest.mark.parametrize("text", ["", "dieci", "1,234.50", "12,345", "1.23.4"])
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="non è un importo"):
        cells.cents("saldo", text)


@pytest.mark.parametrize(("text", "wanted"), [("sì", True), ("SI", True), ("x", True), ("1", True), ("no", False), ("", False)])
def test_yes_and_no_are_read(text: str, wanted: bool) -> None:
    assert cells.yes("ascensore", text) is wanted


def test_a_perhaps_is_refused() -> None:
    with pytest.raises(BadCell, match="sì o un no"):
        cells.yes("ascensore", "forse")


@pytest.mark.parametrize(("text", "wanted"), [("54", 54), ("54,30", 54), ("54,50", 55), ("", None)])
def test_square_metres_are_rounded(text: str, wanted: int | None) -> None:
    assert cells.whole_or_none("superficie", text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("D'ANGELO", "D'Angelo"), ("DE LUCA", "De Luca"), ("de Luca", "de Luca"), ("حداد", "حداد")]
)
def test_a_shouted_name_is_calmed(text: str, wanted: str) -> None:
    assert cells.name(text) == wanted


def test_half_a_file_in_one_cell_is_refused() -> None:
    with pytest.raises(BadCell, match="troppo lungo"):
        cells.short("cognome", "x" * 500)
