"""T10 «Informazioni utili»: help in the first screen, the same page for everybody, and no trace of it that we control."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cortile.agencies import actions as agencies
from cortile.agencies.models import Agency
from cortile.kit import languages
from cortile.kit.actor import Actor
from tests import sessions
from tests.browser import Site

BEFORE, READ, LEAVE = "/info/", "/info/leggi/", "/info/esci/"
PAGES = pytest.mark.parametrize("address", [BEFORE, READ])
# M16, sentence by sentence (product §9).
M16 = (
    "Qualcuno ti fa paura o ti fa del male?", "Non è colpa tua. Non sei sola.", "Puoi parlare con una donna esperta.",
    "Non serve dire il tuo nome.", "CHIAMA IL 1522", "di giorno e di notte", "Rispondono anche in arabo.", "112",
    "Se sei in pericolo adesso", "Noi non avvisiamo nessuno. Non lo sanno ALER, il custode o la tua famiglia.",
    "questa pagina resta nella cronologia del telefono. Puoi cancellarla.", "Per uscire subito premi il tasto rosso.",
)  # fmt: skip
SCREEN = {"width": 360, "height": 640}


@PAGES
def test_nothing_of_it_stays_anywhere(address: str, client: Client) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    said = {name: answer.headers.get(name) for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag", "Vary")}
    assert list(said.values()) == ["no-store", "no-referrer", "noindex", None]
    assert answer.cookies == {}


@PAGES
def test_everybody_reads_the_same_page_to_the_byte(address: str) -> None:
    everybody = [sessions.Enter(Client())(who) for who in ("adele", "samira", "marta", "salvatore", "nadia")]
    assert {client.get(address).content for client in [Client(), *everybody]} == {Client().get(address).content}


@PAGES
def test_neither_an_address_nor_a_cookie_leaves_a_language_behind(address: str, client: Client) -> None:
    client.cookies["lingua"] = "ar"
    answer = client.get(address, {"lingua": "ar"})
    assert (answer.status_code, answer.cookies, answer["Content-Language"]) == (200, {}, "it")


@PAGES
def test_its_title_is_neutral(address: str, client: Client) -> None:
    assert "<title>Informazioni utili</title>" in client.get(address).content.decode()


def test_the_page_says_what_it_must(client: Client) -> None:
    page = client.get(READ).content.decode()
    assert [sentence for sentence in M16 if sentence not in page] == []


def test_the_page_before_it_says_what_the_phone_keeps(client: Client) -> None:
    page = client.get(BEFORE).content.decode()
    assert [said for said in ("tasto rosso", "cronologia", "elenco delle chiamate", "tel:1522", READ) if said not in page] == []


def test_a_language_nobody_has_reviewed_is_said_in_italian_with_the_interpreters_number(
    client: Client, milano: Agency, paola: Actor
) -> None:
    agencies.set_interpreter_phone(milano, "02 5550 077", by=paola)
    page = client.get("/info/ar/leggi/")
    assert page["Content-Language"] == "it"
    assert "العربية" in page.content.decode().partition("<footer")[0]
    assert "02 5550 077" in page.content.decode()


def test_no_interpreter_is_named_to_who_reads_italian(client: Client, milano: Agency, paola: Actor) -> None:
    agencies.set_interpreter_phone(milano, "02 5550 077", by=paola)
    assert "02 5550 077" not in client.get(READ).content.decode()


def test_a_reviewed_language_is_spoken(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "reviewed", lambda _code: True)
    page = client.get("/info/ar/leggi/")
    assert (page["Content-Language"], 'dir="rtl"' in page.content.decode()) == ("ar", True)


def test_the_browser_says_the_language_where_the_address_does_not(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "reviewed", lambda _code: True)
    assert client.get(READ, headers={"accept-language": "ar"})["Content-Language"] == "ar"


def test_a_language_we_do_not_speak_is_not_there(client: Client) -> None:
    assert client.get("/info/xx/leggi/").status_code == 404


# --- the centre near the blocks ---


def test_a_centre_is_shown_by_its_neutral_door_once_confirmed(client: Client, milano: Agency, paola: Actor) -> None:
    said = {"name": "Sportello di via Tigli", "door": "consulenze", "hours": "mercoledì 14–17"}
    agencies.write_local_centre(milano, by=paola, **said)
    assert "consulenze" not in client.get(READ).content.decode()
    agencies.write_local_centre(milano, by=paola, **said, to_confirm=False)
    page = client.get(READ).content.decode()
    assert [word for word in said.values() if word not in page] == []


def test_without_a_centre_nothing_is_said_of_one(client: Client) -> None:
    assert "Vicino a te" not in client.get(READ).content.decode()


# --- the one link to the associations' own pages ---

LANE = "http://riservato.localhost:8001/"
LINK = f'href="{LANE}" rel="noreferrer nofollow"'


def linked(page: str) -> list[str]:
    """Return the addresses of a page that lead to the other site."""
    return [address for address in re.findall(r'href="([^"]+)"', page) if "riservato" in address]


def test_one_link_leads_to_the_other_doors_and_says_nothing_of_who_follows_it(client: Client, settings: Settings) -> None:
    settings.LANE_ADDRESS = LANE
    page = client.get(READ).content.decode()
    assert (linked(page), LINK in page, "Altre porte vicino a te" in page) == ([LANE], True, True)


def test_the_link_is_the_same_for_everybody_in_every_language(settings: Settings) -> None:
    settings.LANE_ADDRESS = LANE
    everybody = [Client(), *(sessions.Enter(Client())(who) for who in ("adele", "samira", "marta", "salvatore", "nadia"))]
    pages = [client.get(address) for client in everybody for address in (READ, "/info/ar/leggi/", "/info/es/leggi/")]
    assert {tuple(linked(page.content.decode())) for page in pages} == {(LANE,)}


@pytest.mark.parametrize("tried", [BEFORE, "/", "/casa/", "/casa/chi-aiuta/"])
def test_no_other_page_holds_it(tried: str, client: Client, settings: Settings) -> None:
    settings.LANE_ADDRESS = LANE
    assert linked(client.get(tried).content.decode()) == []


def test_where_there_is_no_such_site_there_is_no_link(client: Client, settings: Settings) -> None:
    settings.LANE_ADDRESS = ""
    page = client.get(READ).content.decode()
    assert (linked(page), "Altre porte" in page) == ([], False)


# --- the way out ---


@pytest.mark.parametrize("who", ["adele", "marta"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_ends_the_session(who: str, method: str) -> None:
    client = sessions.Enter(Client(enforce_csrf_checks=True))(who)
    home = "/casa/io/" if who == "adele" else "/scrivania/"
    assert client.get(home).status_code == 200
    answer = getattr(client, method)(LEAVE)
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(home).status_code == 302


def test_a_session_that_comes_with_the_mark_of_leaving_ends_and_the_mark_goes() -> None:
    client = sessions.Enter(Client())("adele")
    client.cookies["sessione"] = "no"
    assert (client.get("/casa/io/").status_code, client.cookies["sessione"].value) == (302, "")
    assert client.get("/casa/io/").status_code == 302


def test_leaving_leads_to_another_site_without_a_word_of_where_from(client: Client, settings: Settings) -> None:
    answer = client.get(LEAVE)
    assert (answer["Location"], answer["Referrer-Policy"]) == (settings.EXIT_ADDRESS, "no-referrer")
    assert answer["Cache-Control"] == "no-store"


def test_who_has_no_session_leaves_as_well(client: Client) -> None:
    answer = client.post(LEAVE)
    assert (answer.status_code, answer.cookies) == (204, {})


# --- in a browser ---


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
@PAGES
def test_1522_stands_in_the_first_screen(address: str, scripts: bool, site: Site) -> None:
    page = site.phone(scripts=scripts)
    page.set_viewport_size(SCREEN)  # type: ignore[arg-type]  # a plain dictionary
    page.goto(address)
    box = page.locator('a[href="tel:1522"]').bounding_box()
    assert box is not None
    assert (box["y"] + box["height"] <= SCREEN["height"], box["height"] >= 44) == (True, True), box


@pytest.mark.browser
@PAGES
def test_the_way_out_comes_first_by_keyboard_and_stays_in_sight(address: str, site: Site) -> None:
    page = site.phone()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == LEAVE
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    box = page.locator("header a").bounding_box()
    assert box is not None
    assert (box["y"] >= 0, box["height"] >= 44) == (True, True)


DOORS = (("", "/"), ("", "/casa/"), ("adele", "/casa/io/"), ("marta", "/scrivania/"), ("", "/accesso/login/"), ("", "/nessuna/"))


@pytest.mark.parametrize(("who", "address"), [*DOORS, ("nadia", "/scrivania/amministrazione/"), ("", "/ufficio/")])
def test_every_door_leads_to_it_in_the_same_place(who: str, address: str) -> None:
    client = sessions.Enter(Client())(who) if who else Client()
    foot = client.get(address).content.decode().partition('<footer class="foot">')[2]
    assert foot.startswith('<div class="wrap"><a href="/info/" rel="nofollow">Informazioni utili</a>')


def test_its_addresses_are_neutral() -> None:
    assert [reverse(f"safety:{name}") for name in ("before", "read", "leave")] == [BEFORE, READ, LEAVE]


@PAGES
def test_the_way_out_is_read_before_anything_is_drawn(address: str, client: Client) -> None:
    head = client.get(address).content.decode().partition("<body")[0]
    (script,) = re.findall(r"<script[^>]*exit\.js[^>]*>", head)
    assert ("defer" in script, "async" in script, 'data-away="http' in script) == (False, False, True)
