"""S2 in a real browser: the bar that saves, the receipt, and nothing lost without scripts. Budgets: tests/flows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cortile.listening.models import Contact
from tests import cast
from tests.browser import Site
from tests.hands import Hand

pytestmark = pytest.mark.browser
HALF_HIDDEN = """() => {
    const edge = document.querySelector('.save').getBoundingClientRect().top;
    const cut = e => { const b = e.getBoundingClientRect(); return b.height && b.top < edge && b.bottom > edge };
    return [...document.querySelectorAll('.opt')].filter(cut).length;
}"""


def on_a_phone(site: Site) -> Page:
    """Open Marta's day on a phone."""
    page = site.phone("marta")
    page.goto("/scrivania/")
    return page


def test_the_bar_that_saves_cuts_no_choice(site: Site) -> None:
    page = on_a_phone(site)
    page.goto("/scrivania/contatto/")
    for way in (0, 130, 45, 90):
        page.mouse.wheel(0, way)
        page.wait_for_function(f"({HALF_HIDDEN})() === 0")
        expect(page.get_by_role("button", name="Salva", exact=True)).to_be_in_viewport()


def test_what_is_saved_at_once_is_no_draft_of_the_next_contact(site: Site) -> None:
    page = on_a_phone(site)
    page.goto("/scrivania/contatto/")
    hand = Hand(page)
    hand.tap("Guasti")
    hand.tap("Ho ascoltato")
    hand.tap("Salva")
    expect(page.get_by_text("Salvato.")).to_be_visible()
    page.goto("/scrivania/contatto/")
    expect(page.get_by_label("Guasti")).not_to_be_checked()


def test_a_request_at_the_desk_ends_with_its_number(site: Site) -> None:
    page = on_a_phone(site)
    page.goto("/scrivania/contatto/?fatto=opened_request")
    hand = Hand(page)
    hand.look_for("haddad", scripts=True)
    hand.tap("Samira Haddad")
    hand.tap("Scuola e figli")
    hand.tap("Salva")
    expect(page.get_by_role("heading", name="Richiesta registrata")).to_be_visible()
    expect(page.get_by_role("link", name="Stampa il foglio")).to_be_visible()


def test_without_scripts_enter_looks_and_nothing_typed_is_lost(site: Site) -> None:
    page = site.phone("marta", scripts=False)
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
