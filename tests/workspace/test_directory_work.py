"""S17 at work: hours by hand, a sheet taken in, the map, and the keeper who corrects from the mail."""

from __future__ import annotations

import base64
from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cortile.directory import actions
from cortile.directory.models import Schedule, Service
from cortile.directory.rules.hours import Hours
from cortile.kit import scopes
from tests import cast
from tests.app.pages import said
from tests.directory import cards
from tests.sessions import Enter
from tests.workspace.test_directory import link

LIST = "/scrivania/servizi/"
SHEET = "Ente;Servizio;Cosa si fa;Telefono;Orari\nLe Betulle;Doposcuola;Compiti insieme;02 5550 301;lun 9-12\nLe Betulle;;;;\n"


def page(row: Service) -> str:
    return f"{LIST}{row.pk}/orari/"


def lines(row: Service) -> set[tuple[str, date | None, time | None]]:
    return {(line.byday, line.valid_from, line.opens_at) for line in row.schedules.all()}


# --- hours ---


def test_the_week_and_a_special_day_are_written_by_hand(enter: Enter) -> None:
    row = cards.published()
    form = {"MO_0_from": "9:00", "MO_0_to": "12:30", "MO_1_from": "14:00", "MO_1_to": "18:00", "day_0": "2026-12-24"}
    assert enter("marta").post(page(row), form).status_code == 302
    assert lines(row) == {("MO", None, time(9)), ("MO", None, time(14)), ("", date(2026, 12, 24), None)}


def test_a_night_is_written_by_hand_and_said_in_words(enter: Enter) -> None:
    row = cards.published()
    assert enter("marta").post(page(row), {"MO_0_from": "20:00", "MO_0_to": "8:00"}).status_code == 302
    assert "dalle 20:00 alle 8:00 del giorno dopo" in said(enter("marta").get(f"{LIST}{row.pk}/"))
    assert enter("marta").post(page(row), {"MO_0_from": "12:00", "MO_0_to": "9:00"}).status_code != 302


def test_what_is_written_is_shown_and_saved_as_it_was(enter: Enter) -> None:
    row = cards.whole()
    before = {("MO", None, time(9)), ("WE", None, time(9)), ("", date(2026, 12, 7), None)}
    shown = said(enter("marta").get(page(row)))
    assert shown.count('value="09:00"') == 2
    form = {f"{day}_0_{end}": hour for day in ("MO", "WE") for end, hour in (("from", "09:00"), ("to", "12:30"))}
    enter("marta").post(page(row), {**form, "day_0": "2026-12-07"})
    assert lines(row) == before


def test_a_line_the_page_cannot_show_is_not_lost(enter: Enter) -> None:
    row = cards.published()
    monthly = Hours(freq="MONTHLY", byday=("2TU",), opens=time(9), closes=time(12))
    actions.set_hours(row.pk, by=cast.SYSTEM, lines=[monthly])
    with scopes.opened(scopes.EVERYTHING):
        Schedule.objects.create(service=row, description="Su appuntamento.")
    assert "secondo mar" in said(enter("marta").get(page(row)))
    enter("marta").post(page(row), {"FR_0_from": "9:00", "FR_0_to": "12:00"})
    assert {line.freq or line.description for line in row.schedules.all()} == {"MONTHLY", "Su appuntamento.", "WEEKLY"}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"MO_0_from": "12:00", "MO_0_to": "9:00"}, "finisce prima di cominciare"),
        ({"MO_0_from": "9:00"}, "di inizio o di fine"),
        ({"special_0_from": "9:00", "special_0_to": "10:00"}, "Manca il giorno."),
    ],
)
def test_hours_that_cannot_be_are_refused(enter: Enter, form: dict[str, str], words: str) -> None:
    answer = enter("marta").post(page(cards.published()), form)
    assert answer.status_code == 422
    assert words in said(answer)


def test_another_body_s_hours_are_not_there(enter: Enter) -> None:
    assert enter("sara").get(page(cards.published())).status_code == 404


# --- a sheet ---


def sheet(text: str = SHEET, name: str = "servizi.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def carried(**more: object) -> dict[str, object]:
    return {"carried": base64.b64encode(SHEET.encode()).decode(), "title": "servizi.csv", **more}


def test_a_trial_shows_columns_and_rows_and_writes_nothing(enter: Enter) -> None:
    shown = said(enter("marta").post(f"{LIST}importa/", {"sheet": sheet(), "act": "try"}))
    for words in ("non abbiamo ancora scritto niente", "nuove schede: 1", "righe scartate: 1", "Cosa si fa"):
        assert words in shown
    assert not Service.objects.exists()


def test_the_yes_stores_what_the_trial_showed(enter: Enter) -> None:
    told = carried(act="store", column=["Cosa si fa"], field=["description"])
    assert "il foglio è dentro" in said(enter("marta").post(f"{LIST}importa/", told))
    row = Service.objects.get()
    assert (row.name, row.description, row.state) == ("Doposcuola", "Compiti insieme", "draft")


def test_a_column_nobody_knows_is_kept_aside(enter: Enter) -> None:
    enter("marta").post(f"{LIST}importa/", carried(act="store"))
    assert Service.objects.get().brought["Cosa si fa"] == "Compiti insieme"


def test_the_rows_left_out_come_back_as_a_sheet_with_their_reason(enter: Enter) -> None:
    answer = enter("marta").post(f"{LIST}importa/", carried(act="rows"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    head, row = answer.content.decode("utf-8-sig").splitlines()
    assert head == "riga;motivo;Ente;Servizio;Cosa si fa;Telefono;Orari"
    assert row.startswith("3;")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Manca il file"), ({"carried": "non è base64"}, "Manca il file"),
        ({"sheet": sheet("a;b\n1;2\n")}, "Non trovo la colonna"), ({"sheet": sheet("x", "servizi.xlsx")}, "Salvalo come Excel"),
        ({"sheet": sheet("x" * 1_000_001)}, "troppo grande"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(enter: Enter, told: dict[str, object], words: str) -> None:
    answer = enter("marta").post(f"{LIST}importa/", {**told, "act": "try"})
    assert answer.status_code == 422
    assert words in said(answer)


def test_the_desk_takes_in_no_sheet(enter: Enter) -> None:
    assert enter("silvia").post(f"{LIST}importa/", carried(act="store")).status_code == 404


# --- search and map ---


def test_the_list_finds_by_what_is_needed(enter: Enter) -> None:
    cards.whole("Doposcuola")
    cards.published("Emporio", of=cards.organization(name="Emporio"))
    shown = said(enter("marta").get(LIST, {"q": "deberes"}))
    assert "Doposcuola" in shown
    assert "Emporio" not in shown


def test_the_map_starts_from_a_building(enter: Enter) -> None:
    cards.whole()
    shown = said(enter("marta").get(f"{LIST}mappa/", {"via": "tigli 12", "q": "compiti"}))
    assert 'aria-label="1. Doposcuola"' in shown
    assert "· <bdi>San Siro</bdi>" in shown
    assert "non è nell" in said(enter("marta").get(f"{LIST}mappa/", {"via": "via che non esiste 9"}))


# --- the keeper, by mail ---


def test_the_keeper_corrects_places_and_hours_note(client: Client) -> None:
    row = cards.whole()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    told = {"act": "correct", "state": "capacity", "available": "4", "note": "Ad agosto solo il lunedì."}
    assert "La scheda è confermata" in said(client.post(link(), told, follow=True))
    row = Service.objects.get(pk=row.pk)
    assert (row.capacity.available, row.capacity.maximum, row.confirmed_how) == (4, 20, "keeper")
    assert [line.description for line in row.schedules.all() if line.description] == ["Ad agosto solo il lunedì."]


def test_a_note_written_again_takes_the_place_of_the_first(client: Client) -> None:
    row = cards.published()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    for note in ("Prima.", "Dopo."):
        client.post(link(), {"act": "correct", "state": "waitlist", "note": note})
    assert [line.description for line in row.schedules.all()] == ["Dopo."]


def test_places_not_counted_are_refused_on_the_page(client: Client) -> None:
    actions.ask_keeper(cards.published().pk, by=cast.SYSTEM)
    answer = client.post(link(), {"act": "correct", "state": "capacity"})
    assert answer.status_code == 422
    assert "Manca quanti posti ci sono" in said(answer)
