"""FL1b, FL2 and FL2b in a real browser: taps and keys are counted, with scripts and without."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from cortile.listening.models import Contact, Thread
from tests import cast, sessions
from tests.browser import Site

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
HALF_HIDDEN = """() => {
    const edge = document.querySelector('.save').getBoundingClientRect().top;
    const cut = e => { const b = e.getBoundingClientRect(); return b.height && b.top < edge && b.bottom > edge };
    return [...document.querySelectorAll('.opt')].filter(cut).length;
}"""


@dataclass
class Hand:
    """Counts what a hand does on a page."""

    page: Page
    taps: int = 0
    keys: int = 0

    def tap(self, words: str) -> None:
        """Tap the choice, button or field that says something."""
        self.taps += 1
        self.page.locator("label, button, main a, nav a", has_text=words).locator("visible=true").first.click()

    def write(self, box: str, words: str) -> None:
        """Tap a field and type."""
        self.taps += 1
        self.keys += len(words)
        self.page.locator(box).click()
        self.page.keyboard.type(words)


def without_scripts(site: Site, name: str) -> Page:
    """Open a page signed in, in a browser that runs no script."""
    browser = site.context.browser
    assert browser is not None
    context = browser.new_context(base_url=site.address, java_script_enabled=False, viewport=PHONE, locale="it-IT")  # type: ignore[arg-type]  # a plain dictionary
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions.key_of(name), "url": site.address}
    context.add_cookies([cookie])  # type: ignore[list-item]  # the three keys Playwright asks for
    return context.new_page()


def on_a_phone(site: Site) -> Page:
    """Open Marta's day on a phone."""
    page = site.enter("marta")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dictionary
    page.goto("/scrivania/")
    return page


def test_a_walk_in_is_six_taps_and_four_keys(site: Site) -> None:
    hand = Hand(on_a_phone(site))
    hand.tap("Registra contatto")
    hand.write("#id_q", "bram")
    hand.tap("Adele Brambilla")
    hand.tap("Ascolto")
    hand.tap("Ho ascoltato")
    hand.tap("Salva")
    expect(hand.page.get_by_text("Salvato. Puoi registrarne un altro.")).to_be_visible()
    assert (hand.taps, hand.keys) == (6, 4)


def test_the_bar_that_saves_cuts_no_choice(site: Site) -> None:
    page = on_a_phone(site)
    page.goto("/scrivania/contatto/")
    for way in (0, 130, 45, 90):
        page.mouse.wheel(0, way)
        page.wait_for_function(f"({HALF_HIDDEN})() === 0")
        expect(page.get_by_role("button", name="Salva", exact=True)).to_be_in_viewport()


def test_a_request_at_the_desk_ends_with_its_number(site: Site) -> None:
    page = on_a_phone(site)
    page.goto("/scrivania/contatto/?fatto=opened_request")
    hand = Hand(page)
    hand.write("#id_q", "haddad")
    hand.tap("Samira Haddad")
    hand.tap("Scuola e figli")
    hand.tap("Salva")
    expect(page.get_by_role("heading", name="Richiesta registrata")).to_be_visible()
    expect(page.get_by_role("link", name="Stampa il foglio")).to_be_visible()


def test_without_scripts_enter_looks_and_nothing_typed_is_lost(site: Site) -> None:
    page = without_scripts(site, "marta")
    page.goto("/scrivania/contatto/")
    page.get_by_label("Guasti").check()
    page.get_by_label("Nota").fill("Porta rotta")
    page.locator("#id_q").fill("bram")
    page.locator("#id_q").press("Enter")
    page.get_by_label("Adele Brambilla").check()
    expect(page.get_by_label("Nota")).to_have_value("Porta rotta")
    page.get_by_label("Ho spiegato").check()
    page.get_by_role("button", name="Salva", exact=True).click()
    contact = Contact.objects.get()
    assert (contact.note, contact.people.get().person) == ("Porta rotta", cast.person("adele"))


def test_without_scripts_a_courtyard_is_one_form(site: Site) -> None:
    page = without_scripts(site, "marta")
    page.goto("/scrivania/contatto/")
    for stair, name in (("tigli 12 a", "Samira Haddad"), ("tigli 12 c", "Gianni Sala")):
        page.locator("#id_q").fill(stair)
        page.locator("#id_q").press("Enter")
        page.get_by_label(name).check()
    page.get_by_text("Con altre persone?").click()
    page.get_by_label("Altre persone, senza nome").fill("7")
    page.get_by_label("Vicini").check()
    page.get_by_label("Ho ascoltato").check()
    page.get_by_role("button", name="Salva", exact=True).click()
    assert (Contact.objects.get().people.count(), Contact.objects.get().unnamed) == (2, 7)
    assert not Thread.objects.exists()
