"""Three questions to offices that have no account: one answered, one sent back, one met with silence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cortile.kit.actor import Actor
from cortile.listening import actions
from cortile.listening.models import HandOver
from cortile.messages.models import Message
from tests import cast
from tests.browser import Site
from tests.flows.papers import CODE, LINK, mailed

pytestmark = pytest.mark.browser


@pytest.fixture
def sent(site: Site) -> HandOver:
    """Return a question Marta handed to the rents office about Adele."""
    return actions.hand_over(cast.open_request("adele"), cast.office(), by=marta(), question="È in regola con l'affitto?")


def marta() -> Actor:
    """Return Marta at work, in the database of the page."""
    return cast.at_desk("marta")


def come_in(site: Site, *, scripts: bool) -> Page:
    """Open the mailed link as somebody without an account, ask for the code and bring it."""
    page = site.phone(scripts=scripts)
    page.goto(mailed(LINK))
    page.get_by_role("button", name="Mandami il codice").click()
    page.get_by_label("Codice di sei cifre").fill(mailed(CODE))
    page.get_by_role("button", name="Apri la domanda").click()
    expect(page.get_by_text("È in regola con l'affitto?")).to_be_visible()
    return page


def seen_by_marta(site: Site, sent: HandOver, *words: str) -> None:
    """Check what Marta reads on the request's page."""
    page = site.phone("marta")
    page.goto(f"/scrivania/richieste/{sent.thread.number}/")
    for said in words:
        expect(page.locator("main")).to_contain_text(said)


def test_one_is_answered(site: Site, sent: HandOver, scripts: bool) -> None:
    page = come_in(site, scripts=scripts)
    page.get_by_label("La risposta").fill("Sì, è in regola.")
    page.get_by_role("button", name="Invia la risposta").click()
    expect(page.get_by_text("Risposta inviata")).to_be_visible()
    seen_by_marta(site, sent, "Sì, è in regola.", "Ora dillo alla persona")
    assert HandOver.objects.get().state == "answered"


def test_one_is_sent_back_with_the_right_office(site: Site, sent: HandOver, scripts: bool) -> None:
    page = come_in(site, scripts=scripts)
    page.get_by_text("Non è del nostro ufficio").click()
    page.get_by_label("Perché non è vostra?").fill("È un guasto.")
    page.get_by_label("Di quale ufficio è?").select_option("Ufficio manutenzioni")
    page.get_by_role("button", name="Rimanda indietro").click()
    expect(page.get_by_text("Domanda rimandata")).to_be_visible()
    seen_by_marta(site, sent, "Perché la rimanda:", "È un guasto.", "Ufficio manutenzioni")
    assert HandOver.objects.get().state == "sent_back"


def test_one_is_silent_and_marta_hears_of_it_before_adele(site: Site, sent: HandOver, scripts: bool) -> None:
    told = Message.objects.filter(person=cast.person("adele")).count()
    with site.at(cast.NOW + timedelta(days=5)):
        actions.keep_watch(cast.agency(), by=cast.machine())
        page = site.phone("marta", scripts=scripts)
        page.goto("/scrivania/")
        silent = page.get_by_role("table", name="Uffici in silenzio")
        expect(silent).to_contain_text("Ufficio affitti")
        expect(silent.get_by_role("link", name="Adele B.")).to_be_visible()
        home = site.phone("adele", scripts=scripts)
        home.goto("/casa/")
        expect(home.get_by_text("Siamo in ritardo")).to_have_count(0)
    assert Message.objects.filter(person=cast.person("adele")).count() == told
    assert not HandOver.objects.get().thread.late_for
