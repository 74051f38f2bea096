"""FL14 and T5 by hand: the keeper keeps the card true from the mail, and somebody finds it with a word, scripts or not."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from cortile.directory import actions
from cortile.directory.models import Service
from cortile.messages.models import Delivery
from tests import cast
from tests.browser import Site
from tests.directory import cards
from tests.hands import Hand, OverBudgetError

pytestmark = pytest.mark.browser
HERE = "/casa/chi-aiuta/"


@pytest.fixture
def card(site: Site) -> Service:
    """Return a card whose keeper was asked by mail, in the database of the page."""
    assert site.address
    row = cards.whole("Doposcuola dei Tigli")
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    return row


def link() -> str:
    text = Delivery.objects.filter(subject__contains="ancora così").latest("pk").text
    found = re.search(r"/servizi/l/[\w-]+/", text)
    assert found is not None
    return found.group()


def corrected(hand: Hand) -> None:
    """Say from the mail that there are four places now, and when."""
    hand.page.goto(link())
    hand.tap("Correggi i posti")
    hand.tap("ci sono posti")
    hand.write("#id_available", "4")
    hand.write("#id_note", "Ad agosto solo lunedì.")
    hand.tap("Salva: adesso")
    expect(hand.page.get_by_text("La scheda è confermata")).to_be_visible()


def test_the_keeper_confirms_with_one_tap(site: Site, card: Service, scripts: bool) -> None:
    hand = Hand(site.phone(scripts=scripts), most_taps=1, most_keys=0)
    hand.page.goto(link())
    hand.tap_on(hand.page.get_by_role("button", name="È ancora così"))
    expect(hand.page.get_by_text("La scheda è confermata")).to_be_visible()
    assert card.confirmations.filter(how="keeper").count() == 1


def test_the_keeper_corrects_within_forty_five_seconds(site: Site, card: Service, scripts: bool) -> None:
    hand = Hand(site.phone(scripts=scripts), most_taps=5, most_keys=23)
    corrected(hand)
    assert hand.seconds <= 45
    assert Service.objects.get(pk=card.pk).capacity.available == 4


@pytest.mark.usefixtures("card")
def test_a_correction_with_a_tap_less_is_seen_to_break(site: Site) -> None:
    with pytest.raises(OverBudgetError):
        corrected(Hand(site.phone(), most_taps=4))


def test_somebody_finds_help_with_a_word_a_letter_wrong(site: Site, card: Service, scripts: bool) -> None:
    hand = Hand(site.phone(scripts=scripts), most_taps=4, most_keys=8)
    hand.page.goto(HERE)
    hand.write("#id_q", "compitti")
    hand.tap("Cerca")
    expect(hand.page.get_by_role("heading", name=card.name)).to_be_visible()
    hand.tap(card.name)
    expect(hand.page.get_by_text("Via dei Tigli 12")).to_be_visible()


@pytest.mark.usefixtures("card")
def test_the_filters_work_without_scripts(site: Site) -> None:
    page = site.phone(scripts=False)
    page.goto(HERE)
    page.get_by_text("Vicino, aperto adesso").click()
    page.get_by_label("Gratis").check()
    page.get_by_role("button", name="Cerca così").click()
    expect(page.get_by_role("heading", name="1 servizio")).to_be_visible()
    page.get_by_role("link", name="Vedi la mappa").click()
    page.get_by_role("link", name="1. Doposcuola dei Tigli").click()
    assert page.url.endswith("#servizio-1")


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize("language", ["it", "ar"])
@pytest.mark.parametrize("address", [HERE, f"{HERE}?q=compiti", f"{HERE}mappa/"])
def test_nothing_is_wider_than_a_phone(site: Site, language: str, address: str) -> None:
    page = site.phone()
    page.context.add_cookies([{"name": "lingua", "value": language, "url": site.address}])
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
