"""The desk over HTTP: what each page shows and does, and for whom it is not there."""

from __future__ import annotations

import io
import json
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from cortile.haven import keyring
from cortile.haven.actions import records
from cortile.haven.models import Association, AssociationEntry, Door, Entry, Places, Record, Slot
from cortile.haven.reads import records as reads
from cortile.kit import scopes
from cortile.kit.actor import Actor
from tests_haven import cast
from tests_haven.browser import session_of

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
# Every page of a record, by what stands after its number.
PAGES = ("", "contatto/", "passi/", "note/", "appuntamenti/", "carte/", "copia/", "distruggi/")


@pytest.fixture
def desk(client: Client) -> Client:
    """Return Chiara's browser, her shift open."""
    client.cookies[live.SESSION_COOKIE_NAME] = session_of("chiara")
    return client


@pytest.fixture
def girasole(shift: keyring.Shift, chiara: Actor) -> Record:
    """Return a record of Chiara's association."""
    return records.open_record(shift, "girasole", by=chiara)


def here(record: Record, page: str = "") -> str:
    """Return the address of a record, or of a page of it."""
    return f"/lavoro/{record.pk}/{page}"


def opened(record: Record) -> reads.Opened:
    """Open a record again, as Chiara."""
    return reads.one(cast.shift("chiara"), record.pk, by=cast.at_work("chiara"))


def slot(casa: Association, *, public: bool = False) -> Slot:
    """Return a free half hour of tomorrow: the association's own, or of the public page."""
    with scopes.opened(scopes.EVERYTHING):
        door = Door.objects.create(association=casa, name="Sala blu", address="via dei Tigli 12", hours="")
        return Slot.objects.create(door=door, starts_at=cast.NOW + timedelta(days=1), public=public)


def test_a_record_is_opened_with_a_code_and_nothing_else(desk: Client) -> None:
    answer = desk.post("/lavoro/nuova/", {"code": "girasole", "callback": "no"})
    page = desk.get(answer["Location"]).content.decode()
    assert ("girasole" in page, "Non richiamare" in page) == (True, True)


def test_a_form_sent_twice_opens_one_record(desk: Client) -> None:
    for _ in range(2):
        desk.post("/lavoro/nuova/", {"code": "girasole", "callback": "no", "once": "una-volta"})
    assert (Record.objects.count(), Entry.objects.count()) == (1, 1)


def test_two_forms_open_two(desk: Client) -> None:
    for once in ("una", "due"):
        desk.post("/lavoro/nuova/", {"code": "girasole", "callback": "no", "once": once})
    assert Record.objects.count() == 2


def test_without_a_code_the_page_says_so(desk: Client) -> None:
    answer = desk.post("/lavoro/nuova/", {"code": "", "callback": "no"})
    assert (answer.status_code, Record.objects.count()) == (422, 0)


def test_the_list_names_the_code_and_the_next_day(desk: Client, girasole: Record) -> None:
    desk.post(here(girasole, "passi/"), {"step": "work", "text": "colloquio", "on": "2026-03-20"})
    page = desk.get("/lavoro/").content.decode()
    assert ("girasole" in page, "venerdì 20 marzo" in page) == (True, True)


@pytest.mark.parametrize(("words", "found"), [("lodi fratello", True), ("LODI", True), ("lodi sorella", False), ("", True)])
def test_every_word_of_every_entry_is_looked_for(words: str, found: bool, desk: Client, girasole: Record) -> None:
    desk.post(here(girasole, "note/"), {"text": "ha un fratello a Lodi"})
    answer = desk.post("/lavoro/", {"asked": words})
    assert (answer["Location"], "girasole" in desk.get("/lavoro/").content.decode()) == ("/lavoro/", found)


def test_the_card_says_how_she_is_reached_and_what_never_to_do(desk: Client, girasole: Record) -> None:
    said = {"callback": "yes", "how": "phone", "where": "333 000 1111", "when": "martedì", "never": "Niente messaggi"}
    desk.post(here(girasole, "contatto/"), said)
    desk.post(here(girasole, "contatto/"), {**said, "when": "giovedì"})
    card = opened(girasole)
    assert (card.callback, card.contact["when"], len(card.of("contact"))) == (True, "giovedì", 1)


@pytest.mark.parametrize("other", [{"code": "GIRASOLE", "where": ""}, {"code": "luna", "where": "+39 3330001111"}])
def test_the_same_woman_may_be_here_already(other: dict[str, str], desk: Client, girasole: Record) -> None:
    said = {"callback": "no", "how": "phone", "where": "333 000 1111", "when": "", "never": ""}
    desk.post(here(girasole, "contatto/"), said)
    address = desk.post("/lavoro/nuova/", {"code": other["code"], "callback": "no"})["Location"]
    where = desk.post(f"{address.partition('?')[0]}contatto/", {**said, "where": other["where"] or "altrove"})["Location"]
    assert ["Forse è già qui" in desk.get(a).content.decode() for a in (address, where)].count(True) >= 1


def test_nobody_is_compared_with_another_association(desk: Client, dora: Actor) -> None:
    records.open_record(cast.shift("dora"), "girasole", by=dora)
    address = desk.post("/lavoro/nuova/", {"code": "girasole", "callback": "no"})["Location"]
    assert "Forse" not in desk.get(address).content.decode()


def test_a_step_is_done_and_to_do_again(desk: Client, girasole: Record) -> None:
    desk.post(here(girasole, "passi/"), {"step": "support", "text": "gruppo", "on": "2026-03-20"})
    (step,) = opened(girasole).of("step")
    said = []
    for state in ("done", "todo"):
        desk.post(here(girasole, f"passi/{step.id}/"), {"state": state})
        (now,) = opened(girasole).of("step")
        said.append((now.content["done"], now.content["on"]))
    assert said == [(True, "2026-03-11"), (False, "2026-03-20")]


def test_a_half_hour_of_ours_becomes_taken_without_words(desk: Client, girasole: Record, casa: Association) -> None:
    free = slot(casa)
    desk.post(here(girasole, "appuntamenti/"), {"slot": str(free.pk)})
    free.refresh_from_db()
    assert (free.taken, free.words, "Sala blu" in desk.get("/lavoro/agenda/").content.decode()) == (True, None, True)


@pytest.mark.parametrize(("second", "status"), [("prima", 302), ("seconda", 422)])
def test_who_comes_second_is_told_and_who_tapped_twice_is_not(
    second: str, status: int, desk: Client, girasole: Record, casa: Association
) -> None:
    free = slot(casa)
    desk.post(here(girasole, "appuntamenti/"), {"slot": str(free.pk), "once": "prima"})
    answer = desk.post(here(girasole, "appuntamenti/"), {"slot": str(free.pk), "once": second})
    assert (answer.status_code, len(opened(girasole).of("appointment"))) == (status, 1)


def test_a_half_hour_of_another_association_is_not_there(desk: Client, girasole: Record) -> None:
    theirs = slot(cast.association("porta-accanto"))
    assert desk.post(here(girasole, "appuntamenti/"), {"slot": str(theirs.pk)}).status_code == 404


def test_a_half_hour_of_the_public_page_is_not_offered_and_not_there(desk: Client, girasole: Record, casa: Association) -> None:
    free = slot(casa, public=True)
    assert str(free.pk) not in desk.get(here(girasole, "appuntamenti/")).content.decode()
    assert desk.post(here(girasole, "appuntamenti/"), {"slot": str(free.pk)}).status_code == 404
    free.refresh_from_db()
    assert free.taken is False


def test_an_appointment_that_names_a_public_half_hour_frees_none(
    desk: Client, girasole: Record, casa: Association, shift: keyring.Shift, chiara: Actor
) -> None:
    taken = slot(casa, public=True)
    with scopes.opened(scopes.EVERYTHING):
        Slot.objects.filter(pk=taken.pk).update(taken=True)
    kept = records.write(shift, girasole, {"kind": "appointment", "slot": str(taken.pk)}, by=chiara)
    desk.post(here(girasole, f"appuntamenti/{kept.pk}/annulla/"))
    taken.refresh_from_db()
    assert (taken.taken, opened(girasole).of("appointment")[0].content["off"]) == (True, True)


def test_an_appointment_called_off_leaves_its_half_hour_free(desk: Client, girasole: Record, casa: Association) -> None:
    free = slot(casa)
    desk.post(here(girasole, "appuntamenti/"), {"slot": str(free.pk)})
    (kept,) = opened(girasole).of("appointment")
    desk.post(here(girasole, f"appuntamenti/{kept.id}/annulla/"))
    free.refresh_from_db()
    assert (free.taken, "girasole" in desk.get("/lavoro/agenda/").content.decode()) == (False, False)


def test_an_appointment_at_another_hour(desk: Client, girasole: Record) -> None:
    said = {"slot": "other", "on": "2026-03-20", "hour": "10:30", "where": "al bar"}
    desk.post(here(girasole, "appuntamenti/"), said)
    assert "10:30" in desk.get("/lavoro/agenda/").content.decode()


def test_a_day_without_an_hour_is_asked_again(desk: Client, girasole: Record) -> None:
    answer = desk.post(here(girasole, "appuntamenti/"), {"slot": "other", "on": "2026-03-20"})
    assert (answer.status_code, "Scrivi il giorno e l&#x27;ora" in answer.content.decode()) == (422, True)


def photo() -> bytes:
    """Return a photo with a word its camera wrote in it."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "posizione"
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"), [(PDF, 'attachment; filename="documento.pdf"'), (photo(), 'inline; filename="foto.jpg"')]
)
def test_a_paper_comes_back_harmless_under_a_name_that_says_nothing(
    content: bytes, name: str, desk: Client, girasole: Record
) -> None:
    desk.post(here(girasole, "carte/"), {"file": SimpleUploadedFile("maria-rossi.pdf", content), "label": "carta"})
    (paper,) = opened(girasole).of("paper")
    answer = desk.get(here(girasole, f"carte/{paper.id}/"))
    assert (answer["Content-Disposition"], "sandbox" in answer["Content-Security-Policy"]) == (name, True)
    assert b"posizione" not in answer.content


def test_what_is_neither_a_pdf_nor_a_photo_is_refused(desk: Client, girasole: Record) -> None:
    answer = desk.post(here(girasole, "carte/"), {"file": SimpleUploadedFile("foto.jpg", b"<script>")})
    assert (answer.status_code, opened(girasole).of("paper")) == (422, [])


def test_a_paper_over_eight_megabytes_is_refused(desk: Client, girasole: Record) -> None:
    answer = desk.post(here(girasole, "carte/"), {"file": SimpleUploadedFile("carta.pdf", PDF + bytes(8 * 1024 * 1024))})
    assert (answer.status_code, "8 MB" in answer.content.decode()) == (422, True)


def test_a_paper_destroyed_leaves_nothing_of_itself(desk: Client, girasole: Record) -> None:
    desk.post(here(girasole, "carte/"), {"file": SimpleUploadedFile("carta.pdf", PDF)})
    (paper,) = opened(girasole).of("paper")
    asked = desk.get(here(girasole, f"via/{paper.id}/"))
    assert ("Toglierlo per sempre?" in asked.content.decode(), len(opened(girasole).of("paper"))) == (True, 1)
    desk.post(here(girasole, f"via/{paper.id}/"))
    assert Entry.objects.filter(record=girasole).count() == 1


def test_the_copy_for_her_names_neither_her_nor_us(desk: Client, girasole: Record) -> None:
    desk.post(here(girasole, "note/"), {"text": "parole nostre"})
    desk.post(here(girasole, "passi/"), {"step": "work", "text": "portare il curriculum", "on": "2026-03-20"})
    page = desk.get(here(girasole, "copia/")).content.decode()
    assert [word in page for word in ("curriculum", "girasole", "parole nostre", "Spazio Aperto")] == [True, False, False, False]


@pytest.mark.parametrize(("words", "left"), [("distruggi per sempre", 0), ("Distruggi per sempre.", 0), ("sì", 1), ("", 1)])
def test_a_record_is_shredded_by_those_words_alone(words: str, left: int, desk: Client, girasole: Record) -> None:
    desk.post(here(girasole, "distruggi/"), {"said": words})
    assert Record.objects.count() == left


def test_a_groups_day_holds_how_many_came_and_nothing_readable(desk: Client) -> None:
    desk.post("/lavoro/gruppi/", {"name": "Cucito", "on": "2026-03-10", "came": "7"})
    row, page = AssociationEntry.objects.get(), desk.get("/lavoro/gruppi/").content.decode()
    assert (b"Cucito" in bytes(row.sealed), "Cucito" in page, ": 7" in page) == (False, True, True)


def test_places_are_counts(desk: Client, casa: Association) -> None:
    desk.post("/lavoro/posti/", {"shelter": "2", "aler": "1", "emergency": "0", "second": "3"})
    assert dict(Places.objects.filter(association=casa).values_list("kind", "free"))["aler"] == 1


@pytest.mark.parametrize("page", PAGES)
def test_another_associations_record_is_not_there(page: str, desk: Client, dora: Actor) -> None:
    theirs = records.open_record(cast.shift("dora"), "luna", by=dora)
    nobody = uuid.uuid4()
    answers = [desk.get(f"/lavoro/{number}/{page}") for number in (theirs.pk, nobody)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("page", PAGES)
def test_without_a_shift_every_record_leads_to_the_same_door(page: str, client: Client, girasole: Record) -> None:
    answers = [client.get(f"/lavoro/{number}/{page}") for number in (girasole.pk, uuid.uuid4())]
    assert [answer["Location"].partition("?")[0] for answer in answers] == ["/lavoro/entra/"] * 2


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_called_the_same(page: str, desk: Client, girasole: Record) -> None:
    assert "<title>Informazioni utili</title>" in desk.get(here(girasole, page)).content.decode()


def test_an_entry_of_another_record_is_not_there(desk: Client, girasole: Record, shift: keyring.Shift, chiara: Actor) -> None:
    other = records.open_record(shift, "luna", by=chiara)
    step = records.write(shift, other, {"kind": "step", "step": "work", "text": "x", "done": False}, by=chiara)
    assert desk.post(here(girasole, f"passi/{step.pk}/"), {"state": "done"}).status_code == 404


def test_the_demo_opens_a_shift_without_a_phrase_typed(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.STATE = tmp_path
    (tmp_path / "demo.json").write_text(json.dumps(cast.PHRASES))
    client.post("/demo/enter", {"persona": "chiara"})
    assert client.get("/lavoro/").status_code == 200


@pytest.mark.parametrize(("persona", "demo"), [("nessuna", True), ("dora", True), ("chiara", False)])
def test_nobody_else_comes_in_that_way(persona: str, demo: bool, client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.STATE, settings.DEMO = tmp_path, demo
    (tmp_path / "demo.json").write_text(json.dumps({"chiara": cast.PHRASES["chiara"]}))
    assert client.post("/demo/enter", {"persona": persona}).status_code == 404
