"""The association's pages at the desk: people, phrases, keys, papers, the audit, packages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cortile.haven import keyring
from cortile.haven.actions import associations, keys_life, records
from cortile.haven.models import Operator, Record
from cortile.haven.reads import association
from cortile.kit.actor import Actor
from tests_haven import cast
from tests_haven.browser import Site, session_of

HOME = "/lavoro/associazione/"
FIRST, OWN = "prima frase detta a voce", "una frase tutta sua qui"
LEAD_PAGES = ["nuova/", "chiavi/", "carte/", "registro/"]
PAGES = [
    HOME,
    *(HOME + page for page in LEAD_PAGES),
    f"{HOME}biglietto/",
    "/lavoro/frase/",
    "/lavoro/pacchi/",
    "/lavoro/pacchi/carica/",
]


@pytest.fixture
def at_desk() -> Callable[[str], Client]:
    """Return a browser with somebody's shift open."""

    def open_for(login: str) -> Client:
        client = Client(headers={"host": "riservato.localhost"})
        client.cookies["spazio"] = session_of(login)
        return client

    return open_for


Desk = Callable[[str], Client]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_useful_information_and_is_kept_nowhere(page: str, at_desk: Desk) -> None:
    answer = at_desk("chiara").get(page)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "<title>Informazioni utili</title>" in answer.text


@pytest.mark.parametrize("page", LEAD_PAGES)
def test_who_does_not_lead_finds_no_such_page(page: str, at_desk: Desk) -> None:
    assert at_desk("giulia").get(HOME + page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_nobody_without_a_shift_opens_one(page: str, client: Client) -> None:
    assert client.get(page).headers["Location"].startswith("/lavoro/entra/")


def test_a_person_comes_in_and_first_of_all_chooses_her_phrase(at_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at_desk("chiara").post(f"{HOME}nuova/", {"name": "Marta", "login": "marta", "phrase": FIRST})
    monkeypatch.setitem(cast.PHRASES, "marta", FIRST)
    marta = at_desk("marta")
    assert [marta.get(page).headers["Location"] for page in (HOME, "/lavoro/pacchi/")] == ["/lavoro/frase/"] * 2
    marta.post("/lavoro/frase/", {"old": FIRST, "new": OWN, "again": OWN})
    assert marta.get(HOME).status_code == 200


def test_her_first_phrase_then_opens_nothing(at_desk: Desk, monkeypatch: pytest.MonkeyPatch, chiara: Actor) -> None:
    at_desk("chiara").post(f"{HOME}nuova/", {"name": "Marta", "login": "marta", "phrase": FIRST})
    monkeypatch.setitem(cast.PHRASES, "marta", FIRST)
    at_desk("marta").post("/lavoro/frase/", {"old": FIRST, "new": OWN, "again": OWN})
    assert associations.open_shift(cast.operator("marta"), FIRST, by=chiara) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"old": "sbagliata del tutto", "new": OWN, "again": OWN}, "La frase di adesso non è giusta"),
        ({"old": cast.PHRASES["giulia"], "new": OWN, "again": "altra frase qualsiasi"}, "Le due frasi nuove sono diverse"),
        ({"old": cast.PHRASES["giulia"], "new": "breve", "again": "breve"}, "La frase è troppo corta"),
    ],
)
def test_what_is_wrong_with_a_phrase_is_said_and_no_phrase_comes_back(typed: dict[str, str], said: str, at_desk: Desk) -> None:
    answer = at_desk("giulia").post("/lavoro/frase/", typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert all(phrase not in answer.text for phrase in typed.values())


def test_a_login_that_is_taken_is_said_on_the_form(at_desk: Desk) -> None:
    answer = at_desk("chiara").post(f"{HOME}nuova/", {"name": "Giulia", "login": "giulia", "phrase": FIRST})
    assert "Questo nome d&#x27;accesso c&#x27;è già" in answer.text


def test_letting_somebody_go_shows_three_papers_once(at_desk: Desk, member: Operator) -> None:
    desk = at_desk("chiara")
    answer = desk.post(f"{HOME}{member.pk}/esce/", {"sure": "on"})
    papers = re.findall(r'<p lang="en" translate="no">([a-z ]+)</p>', answer.text)
    assert set(keys_life.opened_by(cast.association(), papers[:2])) == {1, 2}
    assert all(papers[0] not in desk.get(page).text for page in (HOME, f"{HOME}{member.pk}/"))


def test_nobody_goes_without_a_tick(at_desk: Desk, member: Operator) -> None:
    assert at_desk("chiara").post(f"{HOME}{member.pk}/esce/", {}).status_code == 422
    assert cast.operator("giulia").active


def test_the_last_lead_reads_why_she_stays(at_desk: Desk, chiara: Actor) -> None:
    assert "Resta almeno una responsabile" in at_desk("chiara").post(f"{HOME}{chiara.id}/esce/", {"sure": "on"}).text


def test_another_association_s_people_are_not_there(at_desk: Desk) -> None:
    dora = cast.operator("dora").pk
    assert at_desk("chiara").get(f"{HOME}{dora}/").status_code == 404
    assert at_desk("chiara").post(f"{HOME}{dora}/frase/", {"phrase": FIRST}).status_code == 404


def test_a_lost_phrase_is_given_anew(at_desk: Desk, member: Operator) -> None:
    at_desk("chiara").post(f"{HOME}{member.pk}/frase/", {"phrase": FIRST})
    assert associations.opened_keys(cast.operator("giulia"), FIRST)


def test_turned_keys_leave_the_desk_open(at_desk: Desk) -> None:
    desk = at_desk("chiara")
    assert "La chiave nuova è la numero 2" in desk.post(f"{HOME}chiavi/", {"sure": "on"}).text
    assert desk.get(HOME).status_code == 200


def test_keys_turned_in_another_process_end_a_shift_that_has_not_the_new_one(
    at_desk: Desk, shift: keyring.Shift, chiara: Actor
) -> None:
    desk = at_desk("giulia")
    hers = next(s for s in keyring._shifts.values() if s.operator_id != shift.operator_id)  # noqa: SLF001 -- another process's would not be here
    keys_life.turn_keys(shift, by=chiara)
    del hers.private[2]
    assert desk.get(HOME).headers["Location"].startswith("/lavoro/entra/")


def test_the_audit_reads_in_words_and_says_that_it_is_whole(at_desk: Desk, shift: keyring.Shift, chiara: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    page = at_desk("chiara").get(f"{HOME}registro/").text
    assert "ha aperto una scheda nuova" in page
    assert f"/lavoro/{record.pk}/" in page
    assert "Il registro è intero" in page
    assert "girasole" not in page


@pytest.mark.parametrize("asked", ["0", "99", "-1", "9" * 30, "x"])
def test_an_odd_page_of_the_audit_is_some_page(asked: str, at_desk: Desk) -> None:
    assert at_desk("chiara").get(f"{HOME}registro/", {"pagina": asked}).status_code == 200


def test_a_record_goes_from_one_desk_to_another(at_desk: Desk, shift: keyring.Shift, chiara: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    note = records.write(shift, record, {"kind": "note", "text": "cerca un corso"}, by=chiara)
    ours, theirs = (at_desk(login).get(f"{HOME}biglietto/?file=1").text for login in ("chiara", "dora"))
    words = association.card(cast.shift("dora")).words
    assert words in at_desk("chiara").post(f"/lavoro/pacchi/{record.pk}/", {"card": theirs}).text
    sent = {"card": theirs, "heard": "on", "entries": [str(note.pk)], "said_yes_on": "2026-03-10"}
    package = at_desk("chiara").post(f"/lavoro/pacchi/{record.pk}/manda/", sent)
    file = SimpleUploadedFile("pacco.txt", package.content)
    arrived = at_desk("dora").post("/lavoro/pacchi/apri/", {"card": ours, "heard": "on", "package": file})
    assert Record.objects.get(pk=arrived.headers["Location"].split("/")[2]).association == cast.association("porta-accanto")


def test_her_yes_is_read_on_the_record_s_page(at_desk: Desk, shift: keyring.Shift, chiara: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    note = records.write(shift, record, {"kind": "note", "text": "cerca un corso"}, by=chiara)
    sent = {
        "card": association.card(cast.shift("dora")).text(),
        "heard": "on",
        "entries": [str(note.pk)],
        "said_yes_on": "2026-03-10",
    }
    at_desk("chiara").post(f"/lavoro/pacchi/{record.pk}/manda/", sent)
    page = at_desk("chiara").get(f"/lavoro/{record.pk}/").text
    assert "Mandata a <bdi>La Porta Accanto</bdi>: 11/3/2026. Il suo sì: 10/3/2026" in page


def test_a_package_without_her_yes_or_unheard_words_is_not_made(at_desk: Desk, shift: keyring.Shift, chiara: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    note = records.write(shift, record, {"kind": "note", "text": "cerca un corso"}, by=chiara)
    sent = {"card": association.card(cast.shift("dora")).text(), "entries": [str(note.pk)]}
    unheard = at_desk("chiara").post(f"/lavoro/pacchi/{record.pk}/manda/", {**sent, "said_yes_on": "2026-03-10"})
    no_yes = at_desk("chiara").post(f"/lavoro/pacchi/{record.pk}/manda/", {**sent, "heard": "on"})
    assert "Prima leggi le parole al telefono" in unheard.text
    assert "Manca il suo sì" in no_yes.text


def test_a_file_that_is_no_package_is_said_on_the_form(at_desk: Desk) -> None:
    sent = {
        "card": association.card(cast.shift("dora")).text(),
        "heard": "on",
        "package": SimpleUploadedFile("pacco.txt", b"altro"),
    }
    assert "Questo pacco è rovinato" in at_desk("chiara").post("/lavoro/pacchi/apri/", sent).text


def test_another_association_s_record_is_offered_to_nobody(at_desk: Desk, dora: Actor) -> None:
    hers = records.open_record(cast.shift("dora"), "quercia", by=dora)
    assert at_desk("chiara").get(f"/lavoro/pacchi/{hers.pk}/").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_fit_a_phone_and_a_desk(width: int, site: Site) -> None:
    page = site.phone("chiara", width=width)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_a_phrase_is_changed_without_scripts(site: Site) -> None:
    page = site.phone("giulia", scripts=False)
    page.goto("/lavoro/frase/")
    page.fill("input[name=old]", cast.PHRASES["giulia"])
    page.fill("input[name=new]", OWN)
    page.fill("input[name=again]", OWN)
    page.get_by_role("button", name="Cambia la frase").click()
    assert page.url.endswith("/lavoro/")
