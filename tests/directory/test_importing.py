"""Two thousand damaged rows come in: each is stored as it was meant, or comes back with its reason."""

from __future__ import annotations

import csv
import io
import json

import pytest

from cortile.agencies.models import Agency
from cortile.directory import actions, files, hsds
from cortile.directory.importing import sheets
from cortile.directory.importing.report import CHANGED, DUPLICATE, EXPLAINED, REJECTED, SAME, STORED, Report
from cortile.directory.models import Schedule, Service
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from tests import cast
from tests.directory import cards, damage

SEED, ROWS = 20260311, 2000


def brought(text: str, **how: bool) -> Report:
    rows = sheets.read(text.encode())
    return actions.take_in(cast.agency(), rows, by=cast.SYSTEM, **how)


@pytest.fixture
def sheet() -> tuple[Report, list[damage.Told]]:
    raw, told = damage.sheet(SEED, ROWS)
    return actions.take_in(cast.agency(), sheets.read(raw), by=cast.SYSTEM), told


@pytest.mark.pure
def test_the_sheet_is_damaged_in_many_ways() -> None:
    _raw, told = damage.sheet(SEED, ROWS)
    assert len(told) == ROWS
    assert len({t.kind for t in told} - {"untouched"}) >= 15


@pytest.mark.slow
def test_every_damaged_row_is_stored_or_explained(sheet: tuple[Report, list[damage.Told]]) -> None:
    report, told = sheet
    assert [row.number for row in report.rows] == [t.line for t in told]
    wrong = [
        (t.kind, row.outcome, str(row.reason))
        for row, t in zip(report.rows, told, strict=True)
        if (row.outcome == STORED) != (t.end == damage.STORED) or (row.outcome in EXPLAINED and not row.reason)
    ]
    assert wrong == []
    # What is stored bears the name it was meant to have: nothing shifted, nothing swallowed, nothing twice.
    assert sorted(Service.objects.values_list("name", flat=True)) == sorted(t.name for t in told if t.end == damage.STORED)
    back = list(csv.reader(io.StringIO(report.rejects()), delimiter=";"))[1:]
    assert [int(line[0]) for line in back] == [t.line for t in told if t.end == damage.EXPLAINED]
    assert all(line[1] for line in back)


def test_a_reason_says_where_and_what_to_do() -> None:
    report = brought("Nome;Telefono\n;02 5550 100\nDoposcuola;02 5550 200\n")
    assert [row.outcome for row in report.rows] == [REJECTED, STORED]
    assert str(report.rows[0].reason) == "name: Manca il nome del servizio. Scrivi come si chiama."


def test_a_cell_nobody_understands_is_kept_beside_the_card() -> None:
    report = brought("Nome;Telefono;Colore\nDoposcuola;chiedere a Lina;verde\n")
    kept = Service.objects.get().brought
    assert (kept["phone"], kept["Colore"]) == ("chiedere a Lina", "verde")
    assert "chiedere a Lina" in report.doubts()


def test_a_trial_says_the_same_and_keeps_nothing() -> None:
    text = "Nome;Telefono\nDoposcuola;02 5550 200\nDoposcuola;02 5550 200\n"
    tried = brought(text, dry_run=True)
    assert (tried.counts[STORED], tried.counts[DUPLICATE]) == (1, 1)
    assert not Service.objects.exists()
    assert brought(text).counts == tried.counts


def test_a_file_brought_twice_changes_nothing() -> None:
    text = "Nome;Indirizzo;Comune\nDoposcuola;Via dei Tigli 12;Milano\n"
    brought(text)
    assert brought(text).counts[DUPLICATE] == 1


def test_a_column_of_another_name_is_said_by_whoever_knows() -> None:
    rows = sheets.read(b"Cosa;Tel\nDoposcuola;02 5550 200\n", {"Cosa": "name"})
    assert rows[0].card["name"] == "Doposcuola"
    with pytest.raises(sheets.NoHeader):
        sheets.read(b"Cosa;Tel\nDoposcuola;02 5550 200\n")


def test_a_person_s_own_tax_number_is_kept_nowhere() -> None:
    brought("Nome;Telefono;CF\nDoposcuola;02 5550 200;RSSMRA80A01F205X\n")
    row = Service.objects.get()
    assert "RSSMRA" not in json.dumps(row.brought) + row.organization.tax_id


def test_a_formula_comes_back_as_words() -> None:
    report = brought('Nome;Telefono\n"=cmd()";02 5550 100\n;"=HYPERLINK()"\n')
    assert '"=' not in report.rejects()
    assert ";=" not in report.rejects()


def test_a_column_named_as_a_formula_comes_back_as_words() -> None:
    report = brought('Nome;Telefono;"=HYPERLINK()"\n;02 5550 100;verde\nDoposcuola;02 5550 200;"=cmd()"\n')
    for sheet in (report.rejects(), report.doubts()):
        assert [cell for line in csv.reader(io.StringIO(sheet), delimiter=";") for cell in line if cell.startswith("=")] == []


@pytest.mark.parametrize("column", ["Referente", "Contatto interno", "Nome responsabile", "Altro CF", "Note"])
def test_a_column_about_a_person_is_not_taken_and_it_is_said(column: str) -> None:
    said = "RSSMRA80A01F205X" if column == "Note" else "Lina Rossi 333 5550 100"
    report = brought(f"Nome;Telefono;{column};Colore\nDoposcuola;02 5550 200;{said};verde\n")
    kept = Service.objects.get().brought
    assert (said in json.dumps(kept), kept["Colore"]) == (False, "verde")
    assert column in {note.column for note in report.rows[0].notes}


# --- HSDS's own forms ---


def test_what_goes_out_as_hsds_comes_in_as_it_was(milano: Agency, lodi: Agency) -> None:
    cards.whole()
    told = files.as_json()
    card = json.loads(told)[0]
    rows = files.rows_of("carte.json", told.encode())
    report = actions.take_in(milano, rows, by=cast.SYSTEM)
    assert report.counts[CHANGED] == 1
    again = json.loads(files.as_json())[0]
    assert {k: v for k, v in again.items() if k not in CHANGING} == {k: v for k, v in card.items() if k not in CHANGING}


CHANGING = {"last_modified", "metadata", "assured_date"}


def test_our_own_file_brought_back_leaves_the_card_its_keeper(milano: Agency) -> None:
    row = cards.whole()
    actions.take_in(milano, files.rows_of("a.json", files.as_json().encode()), by=cast.SYSTEM)
    assert Service.objects.get(pk=row.pk).keeper_email == "segreteria@example.invalid"


def test_a_file_that_names_another_keeper_ends_the_link_of_the_one_before(milano: Agency) -> None:
    row = cards.whole()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    told = [json.loads(files.as_json())[0] | {"assurer_email": "altra@example.invalid"}]
    actions.take_in(milano, files.rows_of("a.json", json.dumps(told).encode()), by=cast.SYSTEM)
    assert Service.objects.get(pk=row.pk).keeper_email == "altra@example.invalid"
    assert not row.links.exists()


def test_the_folder_of_tables_says_as_much_as_the_nested_file(milano: Agency) -> None:
    cards.whole()
    nested = json.loads(files.as_json())[0]
    report = actions.take_in(milano, files.rows_of_tables(files.as_tables()), by=cast.SYSTEM)
    assert report.counts[CHANGED] == 1
    again = json.loads(files.as_json())[0]
    for key in ("name", "phones", "languages", "schedules", "service_areas"):
        assert again[key] == nested[key]


def test_the_same_cards_again_are_the_same(milano: Agency) -> None:
    cards.whole()
    told = files.as_json().encode()
    actions.take_in(milano, files.rows_of("a.json", told), by=cast.SYSTEM)
    assert actions.take_in(milano, files.rows_of("a.json", told), by=cast.SYSTEM).counts == {SAME: 1}


def test_a_card_of_another_body_is_not_overwritten(lodi: Agency) -> None:
    row = cards.whole()
    report = actions.take_in(lodi, files.rows_of("a.json", files.as_json().encode()), by=cast.SYSTEM)
    assert report.rows[0].outcome == REJECTED
    assert Service.objects.get(uuid=row.uuid).agency != lodi


def test_a_workbook_is_asked_for_as_csv() -> None:
    with pytest.raises(Refused) as refused:
        files.rows_of("servizi.xlsx", b"PK\x03\x04")
    assert refused.value.code == "file-unreadable"


def test_the_desk_imports_nothing(silvia: Actor, milano: Agency) -> None:
    with pytest.raises(Refused) as refused:
        actions.take_in(milano, [], by=silvia)
    assert refused.value.code == "not-allowed"


NIGHT = {"byday": "MO,TU", "freq": "WEEKLY", "opens_at": "20:00", "closes_at": "08:00", "notes": "closes next day"}
ONE_NIGHT = {
    "valid_from": "2026-12-24", "valid_to": "2026-12-24", "opens_at": "18:00", "closes_at": "09:00",
    "notes": "exception; closes next day",
}  # fmt: skip


def test_a_night_goes_out_and_comes_in_as_it_was(milano: Agency) -> None:
    card = {"name": "Dormitorio", "phones": [{"number": "02 5550 200"}], "schedules": [NIGHT, ONE_NIGHT]}
    actions.take_in(milano, files.rows_of("a.json", json.dumps(card).encode()), by=cast.SYSTEM)
    lines = Schedule.objects.all()
    assert [{k: v for k, v in hsds.schedule(line).items() if k != "id"} for line in lines] == [NIGHT, ONE_NIGHT]
    assert [line.exception for line in lines] == [False, True]


def test_names_of_persons_are_not_taken_and_the_rest_is_kept_beside(milano: Agency) -> None:
    card = {
        "name": "Doposcuola", "phones": [{"number": "02 5550 200"}], "contacts": [{"name": "Lina Rossi"}], "licenses": "n. 12",
        "schedules": [{"freq": "WEEKLY", "byday": "MO,XX,9FR", "interval": 999999, "opens_at": "09:00", "closes_at": "12:00"}],
    }  # fmt: skip
    report = actions.take_in(milano, files.rows_of("a.json", json.dumps(card).encode()), by=cast.SYSTEM)
    row = Service.objects.get()
    assert "Lina" not in json.dumps(row.brought)
    assert row.brought["licenses"] == "n. 12"
    assert (row.schedules.get().byday, row.schedules.get().interval) == ("MO", 1)
    assert {note.column for note in report.rows[0].notes} == {"contacts", "licenses"}


@pytest.mark.parametrize("raw", [b"[" * 100_000, b'{"a":' * 100_000], ids=["lists", "objects"])
def test_brackets_without_end_are_an_unreadable_file(raw: bytes) -> None:
    with pytest.raises(Refused) as refused:
        files.rows_of("a.json", raw)
    assert refused.value.code == "file-unreadable"


def test_a_cell_larger_than_any_is_an_unreadable_file() -> None:
    raw = b"Nome;Telefono\nDoposcuola;" + b"1" * 200_000 + b"\n"
    with pytest.raises(Refused) as refused:
        files.rows_of("a.csv", raw)
    assert refused.value.code == "file-unreadable"
    with pytest.raises(Refused) as refused:
        files.rows_of_tables({"services": raw})
    assert refused.value.code == "file-unreadable"


def twins(**said: object) -> bytes:
    """Return a file of two cards with a telephone and a place each, whose ids are the same."""
    place = {"id": ID, "location": {"addresses": [{"id": ID, "address_1": "Via dei Tigli 12", "city": "Milano"}]}}
    return json.dumps(
        [
            {"name": name, "phones": [{"id": ID, "number": phone}], "service_at_locations": [place], **said}
            for name, phone in (("Doposcuola", "02 5550 200"), ("Emporio", "02 5550 201"))
        ]
    ).encode()


ID = "6f1c3c1e-6d52-4a52-8f3e-0f6a5b1d2c3a"


def test_an_id_said_twice_is_the_first_one_s_and_it_is_noted(milano: Agency) -> None:
    report = actions.take_in(milano, files.rows_of("a.json", twins()), by=cast.SYSTEM)
    assert report.counts == {STORED: 2}
    assert ["id" in {note.column for note in row.notes} for row in report.rows] == [False, True]
    assert str(Service.objects.get(name="Doposcuola").phones.get().uuid) == ID


def test_what_another_body_keeps_is_not_adopted_by_its_id(milano: Agency, lodi: Agency) -> None:
    row = cards.whole()
    place = row.at_locations.get().location
    card = {
        "name": "Emporio", "organization": {"id": str(row.organization.uuid), "name": "Altro ente"},
        "service_at_locations": [{"location": {"id": str(place.uuid), "addresses": [{"address_1": "Via Lodi 1"}]}}],
    }  # fmt: skip
    actions.take_in(lodi, files.rows_of("a.json", json.dumps(card).encode()), by=cast.SYSTEM)
    made = Service.objects.get(name="Emporio")
    assert (made.organization.name, made.organization.agency) == ("Altro ente", lodi)
    assert made.at_locations.get().location.agency == lodi
