"""FL3: an application in six pages and twelve fields at most, left on one phone and found on another, with scripts and without."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from cortile.benefits.models import Application, ApplicationDraft
from tests.app.pages import come_by
from tests.benefits import notices
from tests.browser import Site
from tests.hands import Hand, OverBudgetError

pytestmark = pytest.mark.browser
MOST_PAGES, MOST_FIELDS = 6, 12
# What an eye counts as one thing to answer: a group of choices, or a box. The test's registry knows neither band, ISEE nor sum.
FIELDS = "main form .field"


def identified(site: Site, *, scripts: bool) -> Page:
    """Open a phone of Adele's, who came in with SPID."""
    page, signed = site.phone(scripts=scripts), come_by(Client(), "adele", "spid", 2)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": signed.cookies[name].value, "url": site.address}])
    return page


def onward(hand: Hand, counted: list[int]) -> None:
    """Go on to the next page, and count what stands on this one."""
    counted.append(hand.page.locator(FIELDS).locator("visible=true").count())
    hand.tap("Continua")


def apply(hand: Hand, call: int) -> list[int]:
    """Apply, from the list of what to do to the receipt; return how many fields each page asked."""
    counted: list[int] = []
    hand.page.goto(f"/casa/domanda/{call}/")
    hand.tap("Continua")
    hand.tap("Accesso")
    onward(hand, counted)
    hand.tap("Non lo so: controllate voi")
    onward(hand, counted)
    hand.write("[name=said_due]", "825")
    onward(hand, counted)
    onward(hand, counted)
    onward(hand, counted)
    counted.append(hand.page.locator(FIELDS).locator("visible=true").count())
    hand.tap("INVIA LA DOMANDA")
    expect(hand.page.get_by_role("heading", name="Abbiamo ricevuto la tua domanda")).to_be_visible()
    return counted


def test_six_pages_and_twelve_fields_at_most(site: Site, scripts: bool) -> None:
    call = notices.published().call_id
    hand = Hand(identified(site, scripts=scripts), most_taps=10, most_keys=3)
    counted = apply(hand, call)
    assert len(counted) <= MOST_PAGES
    assert sum(counted) <= MOST_FIELDS
    expect(hand.page.locator("main")).to_contain_text(str(Application.objects.get().number))


def test_a_thirteenth_field_is_seen_to_break(site: Site) -> None:
    """The negative control: a call that asks for two papers also asks which one is brought."""
    call = notices.published(documents=["ISEE", "Bolletta"]).call_id
    assert sum(apply(Hand(identified(site, scripts=True)), call)) == MOST_FIELDS + 1


def test_a_tap_less_is_seen_to_break(site: Site) -> None:
    call = notices.published().call_id
    with pytest.raises(OverBudgetError):
        apply(Hand(identified(site, scripts=True), most_taps=9), call)
    assert not Application.objects.exists()


def test_another_phone_goes_on_in_two_steps(site: Site, scripts: bool) -> None:
    call = notices.published().call_id
    first = identified(site, scripts=scripts)
    first.goto(f"/casa/domanda/{call}/5/")
    first.locator("[name=helper]").fill("Lucia")
    first.get_by_role("button", name="Fermati, riprendo dopo").click()
    code = re.search(r"[A-Z]{4,8}-[A-Z]{4,8}-\d{4}", first.locator("main").inner_text())
    assert code
    hand = Hand(site.phone(scripts=scripts), most_taps=3)
    hand.page.goto("/casa/domanda/codice/")
    hand.write("[name=code]", code[0].lower())
    hand.tap("Riprendi")
    hand.tap("Risposta, soldi e documenti")
    expect(hand.page.locator("[name=helper]")).to_have_value("Lucia")


def test_each_word_is_kept_while_it_is_typed(site: Site) -> None:
    call = notices.published().call_id
    page = identified(site, scripts=True)
    page.goto(f"/casa/domanda/{call}/5/")
    page.locator("[name=helper]").fill("Lucia")
    expect(page.locator(".saved")).to_contain_text("Salvato alle")
    page.goto(f"/casa/domanda/{call}/5/")
    expect(page.locator("[name=helper]")).to_have_value("Lucia")
    assert not ApplicationDraft.objects.exists()
