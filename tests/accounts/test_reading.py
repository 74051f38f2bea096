"""A CSV opens however the office's computer wrote it, and what is not one is refused with a sentence."""

from __future__ import annotations

import codecs

import pytest

from cortile.accounts.registry import layouts, reading
from cortile.kit.refusals import Refused

pytestmark = pytest.mark.pure
TEXT = "codice;cognome;nome\nP1;Nicolò;Zoë\nP2;Sorà;Iù\n"


def names(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells[:3] for line in reading.open_sheet("persone.csv", content).lines()]


WANTED = [("P1", "Nicolò", "Zoë"), ("P2", "Sorà", "Iù")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_reads_the_same(encoding: str) -> None:
    assert names(TEXT.encode(encoding)) == WANTED


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_every_separator_reads_the_same(separator: str) -> None:
    assert names(TEXT.replace(";", separator).encode()) == WANTED


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_reads_the_same(ending: str) -> None:
    assert names(TEXT.replace("\n", ending).encode()) == WANTED


def test_arabic_names_and_emoji_come_through() -> None:
    assert names("codice;cognome;nome\nP1;حداد;سميرة 🌱\n".encode()) == [("P1", "حداد", "سميرة 🌱")]


def test_columns_may_come_in_any_order_and_language() -> None:
    assert names(b"given_name;extra;Code;FAMILY NAME\nAda;x;P1;Sala\n") == [("P1", "Sala", "Ada")]


def test_a_header_is_read_as_a_person_writes_it() -> None:
    assert layouts.plain(" Data di Nascita ") == "data_nascita"


def test_empty_lines_are_passed_over() -> None:
    assert names(b"\n\ncodice;cognome;nome\n\nP1;Sala;Ada\n\n") == [("P1", "Sala", "Ada")]


def test_a_quoted_cell_may_hold_the_separator() -> None:
    assert names(b'codice;cognome;nome\nP1;"Sala; vedova";Ada\n') == [("P1", "Sala; vedova", "Ada")]


def test_the_number_of_a_line_is_the_one_of_the_file() -> None:
    assert [line.number for line in reading.open_sheet("persone.csv", TEXT.encode()).lines()] == [2, 3]


def test_the_digest_does_not_depend_on_the_order_of_the_columns() -> None:
    one = next(iter(reading.open_sheet("persone.csv", b"codice;cognome;nome\nP1;Sala;Ada\n").lines()))
    other = next(iter(reading.open_sheet("persone.csv", b"nome;codice;cognome\nAda;P1;Sala\n").lines()))
    assert reading.digest(one.cells) == reading.digest(other.cells)


def test_a_file_with_another_name_is_known_by_its_columns() -> None:
    sheet = reading.open_sheet("estrazione 3.csv", b"codice;contratto;saldo;data\n")
    assert sheet.layout is layouts.ACCOUNTS


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b" \r\n ", "file-empty"),
        (b"PK\x03\x04rest", "file-binary"),
        (b"%PDF-1.7", "file-binary"),
        (bytes(range(256)) * 4, "file-binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8x", "file-binary"),
        (b"P1;Sala;Ada\nP2;Sala;Ivo\n", "columns-missing"),
        (b"\xef\xbb\xbfcodice;cognome\nP1;Sala\n", "columns-missing"),
        (b"codice;cognome;nome;nome\nP1;Sala;Ada;Ida\n", "column-twice"),
    ],
)  # fmt: skip
def test_what_is_not_our_csv_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        reading.open_sheet("persone.csv", content)
    assert refused.value.code == code
    assert "persone.csv" in refused.value.sentence


def test_missing_columns_are_named() -> None:
    with pytest.raises(Refused) as refused:
        reading.open_sheet("persone.csv", b"codice;cognome\n")
    assert refused.value.sentence == "Nel file persone.csv mancano le colonne: nome."


def test_a_file_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        reading.open_sheet("foto.csv", b"a;b\n1;2\n")
    assert refused.value.code == "file-unknown"


def test_a_quotation_mark_left_open_is_refused_with_its_line() -> None:
    content = b'codice;cognome;nome\nP1;"Sala;Ada\n' + b"P2;Sala;Ivo\n" * 20_000
    with pytest.raises(Refused) as refused:
        list(reading.open_sheet("persone.csv", content).lines())
    assert refused.value.code == "file-broken"
