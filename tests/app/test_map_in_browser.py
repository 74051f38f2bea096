"""The map on tiles in a real browser: the same numbers to the same lines, tiles that are told nothing, drawn where none comes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Response, expect
from pytest_django import Settings

from cortile.directory import actions
from tests import cast
from tests.browser import Site
from tests.directory import cards
from tests.house.looking import look
from tests.tile_server import TileServer, giving

pytestmark = pytest.mark.browser
HERE = "/casa/chi-aiuta/mappa/"
HEAVIEST = 60_000


@pytest.fixture
def tiles(settings: Settings) -> Iterator[TileServer]:
    """Give the house tiles of somebody on loopback."""
    with giving(TileServer()) as server:
        settings.MAP_TILES, settings.MAP_CREDIT = server.template, "© Mappe di prova"
        yield server


@pytest.fixture
def page(site: Site, tiles: TileServer) -> Page:
    """Return a phone's page in a world with two services in one house and one further on."""
    del tiles
    cards.whole("Doposcuola dei Tigli")
    for name, degrees in (("Doposcuola di sotto", (45.4781, 9.1391)), ("Doposcuola lontano", (45.4712, 9.1502))):
        row = cards.published(name)
        actions.place_service(
            row.pk, by=cast.SYSTEM, address_1="Via 1", city="Milano", postal_code="20151", degrees=degrees, step_free=True
        )
    return site.phone()


def pins(page: Page) -> Locator:
    return page.locator("#mappa .pin a")


def opened(page: Page, address: str = f"{HERE}?q=doposcuola") -> Page:
    """Open the map and wait for its first tile."""
    page.goto(address)
    expect(pins(page).first).to_be_visible()
    return page


def drawn(page: Page) -> Locator:
    return page.locator("#mappa svg a")


def test_each_number_leads_to_its_line(page: Page) -> None:
    opened(page)
    assert sorted(pins(page).all_inner_texts()) == ["1", "2", "3"]
    name = page.locator("#servizio-2 h3").inner_text()
    page.locator("#mappa").get_by_role("link", name=name, exact=True).click()
    page.wait_for_url("**#servizio-2")
    expect(page.locator("#servizio-2")).to_be_in_viewport()


def test_the_drawn_map_is_then_neither_seen_nor_reached(page: Page) -> None:
    opened(page)
    expect(drawn(page).first).to_be_hidden()
    assert page.locator("#mappa").get_by_role("link", name="1. ").count() == 1


def test_a_number_is_reached_and_opened_with_the_keyboard(page: Page) -> None:
    opened(page)
    page.locator("#mappa > div").focus()
    for _pin in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className + document.activeElement.textContent") == "3"
    page.keyboard.press("Enter")
    page.wait_for_url("**#servizio-3")


def test_two_services_of_one_house_are_two_pins(page: Page) -> None:
    opened(page)
    boxes = [box for pin in pins(page).all() if (box := pin.bounding_box())]
    apart = [abs(a["x"] - b["x"]) + abs(a["y"] - b["y"]) for n, a in enumerate(boxes) for b in boxes[:n]]
    assert len(boxes) == 3
    assert min(apart) >= 30


def test_who_gives_tiles_is_told_no_address_and_no_session(page: Page, site: Site, tiles: TileServer) -> None:
    site.sign_in(page.context, "adele")
    opened(page)
    assert len(tiles.asked) > 0
    assert {name for _path, headers in tiles.asked for name in headers} & {"referer", "origin", "cookie"} == set()
    assert "doposcuola" not in str(tiles.asked)


def test_nothing_is_refused_by_the_page_s_own_policy(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    opened(page)
    page.get_by_role("button", name="Avvicina").click()
    expect(page.locator("#mappa .leaflet-tile-loaded").first).to_be_visible()
    assert [line for line in said if "Content Security Policy" in line or "Error" in line] == []


def test_where_no_tile_comes_the_drawn_map_stays(page: Page, tiles: TileServer) -> None:
    tiles.gives = False
    page.goto(f"{HERE}?q=doposcuola")
    expect(page.locator("#mappa > div")).to_have_count(0)
    assert len(tiles.asked) > 0
    drawn(page).first.click()
    page.wait_for_url("**#servizio-*")


def test_where_the_library_does_not_come_the_drawn_map_stays(page: Page) -> None:
    page.route("**/library/*.js", lambda route: route.abort())
    page.goto(f"{HERE}?q=doposcuola")
    page.wait_for_load_state("networkidle")
    expect(drawn(page).first).to_be_visible()
    assert page.locator("#mappa > div").count() == 0


@pytest.mark.usefixtures("page")
def test_without_scripts_the_drawn_map_stays(site: Site, tiles: TileServer) -> None:
    plain = site.phone(scripts=False)
    plain.goto(f"{HERE}?q=doposcuola")
    expect(drawn(plain).first).to_be_visible()
    assert tiles.asked == []


def test_a_search_that_touches_violence_asks_nobody(page: Page, tiles: TileServer) -> None:
    page.goto(f"{HERE}?q=doposcuola+donne")
    page.wait_for_load_state("networkidle")
    expect(page.locator("svg[role=group] a").first).to_be_visible()
    assert tiles.asked == []


@pytest.mark.parametrize("language", ["it", "ar"])
def test_everybody_can_use_it(page: Page, site: Site, language: str) -> None:
    page.context.add_cookies([{"name": "lingua", "value": language, "url": site.address}])
    seen = look(opened(page))
    assert (seen.axe, seen.unjudged, seen.small, seen.enlarged, seen.spread, seen.targets) == ([], [], 0, 0, 0, [])


@pytest.mark.parametrize("language", ["it", "ar"])
def test_the_page_with_its_library_stays_light(page: Page, site: Site, language: str) -> None:
    for n in range(20):
        cards.published(f"Doposcuola nuovo {n}", free=True, languages=[("ar", "arabo")])
    page.context.add_cookies([{"name": "lingua", "value": language, "url": site.address}])
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- Playwright marks the function it is given
    opened(page)
    weights = {a.url: len(gzip.compress(a.body())) for a in answers if a.url.startswith(site.address)}
    assert sum(weights.values()) <= HEAVIEST, weights
    assert sum("leaflet" in url for url in weights) == 2
