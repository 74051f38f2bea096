"""T5's map where a body has tiles: one page may fetch them, and none that touches violence does."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from cortile.backstage import routes
from cortile.directory import actions
from cortile.directory.models import Service
from cortile.kit import leaflet
from cortile.kit.neutral import tells
from tests import cast
from tests.app.pages import said
from tests.directory import cards
from tests.sessions import Enter

HERE, HOST = "/casa/chi-aiuta/mappa/", "https://tiles.example.invalid"
WORD = {"q": "compiti"}


@pytest.fixture
def after_school() -> Service:
    """Return the after-school club of Via dei Tigli, which has a position."""
    return cards.whole("Doposcuola dei Tigli")


@pytest.fixture
def tiles(settings: Settings) -> Settings:
    """Give the house tiles, and whose they are."""
    settings.MAP_TILES, settings.MAP_CREDIT = f"{HOST}/{{z}}/{{x}}/{{y}}.png", "© <Chi le ha disegnate>"
    return settings


def policy(answer: HttpResponse) -> dict[str, set[str]]:
    parts = [part.split() for part in answer.get("Content-Security-Policy", "").split("; ")]
    return {name: set(words) for name, *words in parts}


def on_tiles(page: str) -> bool:
    """Tell whether a page loads the library, its script and what it is to draw."""
    signs = [sign in page for sign in (leaflet.SCRIPT, leaflet.SHEET, "cortile/map.js", 'id="mappa"', HOST)]
    assert len(set(signs)) == 1
    return signs[0]


@pytest.mark.usefixtures("after_school")
def test_without_tiles_nothing_of_the_library_is_loaded(client: Client) -> None:
    answer = client.get(HERE, WORD)
    assert (on_tiles(said(answer)), 'in alto.</p><svg viewBox="0 0 720 480"' in said(answer)) == (False, True)
    assert policy(answer) == policy(client.get("/casa/chi-aiuta/"))


@pytest.mark.usefixtures("after_school", "tiles")
def test_with_tiles_the_drawn_map_lies_under_them(client: Client) -> None:
    page = said(client.get(HERE, WORD))
    assert (on_tiles(page), '<a href="#servizio-1" aria-label="1. Doposcuola dei Tigli">' in page) == (True, True)


@pytest.mark.usefixtures("after_school", "tiles")
def test_the_script_reads_where_each_pin_is_and_whose_the_tiles_are(client: Client) -> None:
    place = BeautifulSoup(client.get(HERE, WORD).content, "html.parser").select_one("#mappa")
    assert place is not None
    where = [[45_478_100, 9_139_100]]
    assert (json.loads(str(place["data-places"])), place["data-credit"]) == (where, "© <Chi le ha disegnate>")


@pytest.mark.usefixtures("after_school", "tiles")
def test_the_page_may_fetch_images_of_that_host_and_nothing_else_more(client: Client) -> None:
    more, usual = policy(client.get(HERE, WORD)), policy(client.get("/casa/chi-aiuta/"))
    assert {name: words - usual[name] for name, words in more.items() if words != usual[name]} == {
        "img-src": {HOST}, "style-src": {"'self'"},
    }  # fmt: skip


@pytest.mark.usefixtures("after_school")
def test_tiles_of_our_own_host_let_no_other_in(client: Client, settings: Settings) -> None:
    settings.MAP_TILES = "/mappe/{z}/{x}/{y}.png"
    answer = client.get(HERE, WORD)
    assert leaflet.SCRIPT in said(answer)
    assert policy(answer)["img-src"] == policy(client.get("/casa/chi-aiuta/"))["img-src"]


def walk(enter: Enter) -> Iterator[tuple[str, HttpResponse]]:
    """Open every address as a tenant, as who leads and as nobody, but the map itself."""
    samples = {r.sample for r in routes.every() if r.sample.startswith("/") and "logout" not in r.sample and r.sample != HERE}
    for client in (Client(), enter("adele"), enter("paola")):
        yield from ((sample, client.get(sample)) for sample in sorted(samples))  # type: ignore[misc]  # the client's own response


@pytest.mark.slow
@pytest.mark.usefixtures("after_school", "tiles")
def test_no_other_page_changes_what_it_may_fetch(enter: Enter, client: Client) -> None:
    usual = policy(client.get("/casa/chi-aiuta/"))
    pages = [(where, answer) for where, answer in walk(enter) if answer.get("Content-Type", "").startswith("text/html")]
    assert {where for where, answer in pages if policy(answer) != usual or HOST in said(answer)} == set()
    assert len(pages) > 200
    assert policy(client.get(HERE, WORD)) != usual


@pytest.mark.usefixtures("after_school", "tiles")
@pytest.mark.parametrize("word", ["donne", "violenza", "violence", "violencia", "عنف", "العنف", "насильство", "暴力", "vittime"])
def test_a_search_that_touches_violence_asks_for_no_tile(client: Client, word: str) -> None:
    page = said(client.get(HERE, {"q": f"{word} compiti"}))
    assert ("Doposcuola dei Tigli" in page, "<svg viewBox" in page, on_tiles(page)) == (True, True, False)


@pytest.mark.usefixtures("tiles")
@pytest.mark.parametrize("word", ["mujeres", "نساء"])
def test_a_need_that_touches_it_in_any_language_asks_for_none(client: Client, after_school: Service, word: str) -> None:
    actions.set_terms(after_school.pk, by=cast.SYSTEM, codes=["women"])
    page = said(client.get(HERE, {"q": word}))
    assert ("Doposcuola dei Tigli" in page, on_tiles(page)) == (True, False)


@pytest.mark.usefixtures("tiles")
@pytest.mark.parametrize("name", ["Centro antiviolenza", "Casa delle donne"])
def test_a_card_found_that_tells_asks_for_none(client: Client, name: str) -> None:
    cards.whole(name)
    page = said(client.get(HERE, WORD))
    assert (name in page, "<svg viewBox" in page, on_tiles(page)) == (True, True, False)


@pytest.mark.usefixtures("tiles")
def test_where_no_place_is_known_there_is_no_map_at_all(client: Client) -> None:
    cards.published("Doposcuola senza posto")
    page = said(client.get(HERE, {"q": "doposcuola"}))
    assert ("Di questi servizi non sappiamo il punto sulla mappa." in page, on_tiles(page)) == (True, False)


@pytest.mark.pure
@pytest.mark.parametrize(("text", "found"), [("Sportello violence", True), ("مركز العنف", True), ("Violino e viola", False)])
def test_words_of_other_languages_tell_too(text: str, found: object) -> None:
    assert tells(text) == found
