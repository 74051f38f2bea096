"""A page nobody touches is gone from the glass by its own clock: nobody has to ask for the next one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cortile.kit import drafts
from tests import cast
from tests.browser import Site

pytestmark = pytest.mark.browser
WORDS = "La caldaia fa rumore."


def opened(site: Site, who: str, path: str) -> Page:
    """Open a page on a phone whose clock can be moved."""
    page = site.phone(who)
    page.clock.install()
    page.goto(path)
    return page


def test_a_desk_left_alone_is_locked_and_the_words_are_kept(site: Site) -> None:
    page = opened(site, "marta", "/scrivania/contatto/")
    page.locator("main summary").first.click()
    page.locator("main textarea:visible").first.fill(WORDS)
    with site.at(cast.NOW + timedelta(minutes=11)):
        page.clock.fast_forward("10:07")
        expect(page.get_by_role("heading", name="Schermo bloccato")).to_be_visible()
    assert page.url.endswith("/scrivania/blocco/?next=%2Fscrivania%2Fcontatto%2F")
    page.goto("/scrivania/contatto/")
    assert WORDS in str(drafts.find(cast.at_desk("marta"), "contact"))


def test_a_tenants_page_leads_to_the_way_in(site: Site) -> None:
    page = opened(site, "adele", "/casa/io/")
    with site.at(cast.NOW + timedelta(minutes=31)):
        page.clock.fast_forward("30:07")
        expect(page.get_by_label("Numero della tessera")).to_be_visible()


def test_minutes_before_a_line_says_so_and_a_touch_holds_on(site: Site) -> None:
    page = opened(site, "adele", "/casa/io/")
    line = page.get_by_text("Tra qualche minuto l'app si chiude.")
    page.clock.fast_forward("25:00")
    expect(line).to_have_count(0)
    page.clock.fast_forward("01:00")
    expect(line).to_be_in_viewport()
    with site.at(cast.NOW + timedelta(minutes=26)), page.expect_response("**/casa/entra/") as asked:
        page.keyboard.press("Shift")
    assert asked.value.request.method == "HEAD"
    expect(line).to_have_count(0)
    with site.at(cast.NOW + timedelta(minutes=50)):
        page.goto("/casa/messaggi/")
        expect(page.get_by_role("heading", name="Avvisi e messaggi")).to_be_visible()


def test_without_scripts_the_page_says_when_it_ends(site: Site) -> None:
    page = site.phone("adele", scripts=False)
    page.goto("/casa/io/")
    expect(page.get_by_text("Se non tocchi niente per 30 minuti, l'app si chiude.")).to_be_visible()


def test_who_touches_it_stays(site: Site) -> None:
    page = opened(site, "marta", "/scrivania/contatto/")
    page.clock.fast_forward("09:00")
    page.keyboard.press("Shift")
    page.clock.fast_forward("09:00")
    assert page.url.endswith("/scrivania/contatto/")


def test_without_scripts_a_page_to_read_leaves_too(site: Site) -> None:
    page = site.phone("marta", scripts=False)
    page.goto("/scrivania/")
    assert '<noscript><meta http-equiv="refresh" content="600;url=/scrivania/blocco/?ferma=1&amp;next=%2Fscrivania%2F">' in (
        page.content()
    )
    page.goto("/scrivania/blocco/?ferma=1&next=%2Fscrivania%2F")
    page.get_by_role("link", name="Continua").click()
    assert page.url.endswith("/scrivania/")
