"""The public pages and the desk's side of them in a real browser: axe, a 320 px screen, text twice as large, spacing, targets."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.house.looking import Seen, look, violations
from tests_haven import published
from tests_haven.browser import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESK = (
    "/lavoro/porte/",
    "/lavoro/porte/{door}/",
    "/lavoro/porte/{door}/orari/",
    "/lavoro/attivita/",
    "/lavoro/attivita/nuova/",
    "/lavoro/limiti/",
)


def seen(page: Page, *addresses: str) -> dict[str, Seen]:
    """Look at pages, and return those on which something is not as it should be."""
    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = look(page)
    return {address: one for address, one in found.items() if one != Seen()}


@pytest.mark.parametrize("language", ["it", "ar"])
def test_every_public_page_passes(language: str, site: Site) -> None:
    slot = published.everything()
    places = (*published.PAGES, f"/orari/{slot.pk}/", "/nessuna/")
    assert seen(site.phone(), *(f"{address}?lingua={language}" for address in places)) == {}


def test_the_page_of_the_two_words_passes(site: Site) -> None:
    page = site.phone()
    page.goto(f"/orari/{published.everything().pk}/")
    page.get_by_role("button", name="Prendo questa mezz'ora").click()
    page.locator(".number").wait_for()
    assert look(page) == Seen()


def test_every_page_of_the_desk_passes(site: Site) -> None:
    door = published.everything().door_id
    page = site.phone("chiara")
    assert seen(page, *(address.format(door=door) for address in DESK)) == {}


def test_a_page_that_names_nothing_is_noticed(site: Site) -> None:
    page = site.phone()
    page.goto("/")
    page.evaluate("document.querySelector('main').innerHTML = '<button></button><img src=\"data:,\">'")
    assert len(violations(page)) >= 2
