"""FL4: a person is sent to a service and comes back: four taps for the sender, two for the partner, one for how it went."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cortile.listening.models import Thread
from cortile.referrals.models import Referral
from tests import cast
from tests.browser import Site
from tests.flows.papers import CODE, mailed
from tests.hands import Hand, OverBudgetError
from tests.referrals import world

pytestmark = pytest.mark.browser
LINK = r"(/servizio/l/[^/]+/)"


@pytest.fixture
def homework(site: Site) -> Thread:
    """Return a request of Samira's, and a club that may help."""
    world.service()
    return cast.open_request("samira", chip="school", title="Doposcuola per mio figlio")


def send(hand: Hand, thread: Thread) -> Referral:
    """Send from the request's page, with the usual choices."""
    hand.page.goto(f"/scrivania/richieste/{thread.number}/")
    hand.tap("Invia a un servizio")
    hand.tap("Scegli")
    hand.tap("Dice sì, davanti a me")
    hand.tap("Manda")
    expect(hand.page.get_by_text("Controlliamo da soli")).to_be_visible()
    return Referral.objects.get()


def come_in(site: Site, *, scripts: bool, most_taps: int) -> Hand:
    """Open the mailed link and bring its code; the hand counts from the page on."""
    page = site.phone(scripts=scripts)
    page.goto(mailed(LINK))
    page.get_by_role("button", name="Mandami il codice").click()
    page.get_by_label("Codice di sei cifre").fill(mailed(CODE))
    page.get_by_role("button", name="Apri la richiesta").click()
    return Hand(page, most_taps=most_taps, most_keys=0)


def test_the_sender_takes_four_taps_and_no_key(site: Site, homework: Thread, scripts: bool) -> None:
    row = send(Hand(site.phone("marta", scripts=scripts), most_taps=4, most_keys=0), homework)
    assert (row.state, row.basis, row.check_on > row.waits_since) == ("requested", "consent", True)


def test_a_tap_less_is_seen_to_break(site: Site, homework: Thread) -> None:
    with pytest.raises(OverBudgetError):
        send(Hand(site.phone("marta"), most_taps=3), homework)
    assert not Referral.objects.exists()


def test_the_partner_sees_what_was_ticked_and_says_yes_in_one_tap(site: Site, homework: Thread, scripts: bool) -> None:
    row = send(Hand(site.phone("marta", scripts=scripts)), homework)
    hand = come_in(site, scripts=scripts, most_taps=2)
    shown = hand.page.locator("dl.facts")
    told = dict(zip(shown.locator("dt").all_inner_texts(), shown.locator("dd").all_inner_texts(), strict=True))
    assert told == dict(row.given)
    hand.tap("Possiamo, da questo giorno")
    expect(hand.page.get_by_text("Grazie.")).to_be_visible()
    assert Referral.objects.get().state == "accepted"


def test_or_no_with_a_reason_in_two_and_two_alternatives_are_ready(site: Site, homework: Thread, scripts: bool) -> None:
    send(Hand(site.phone("marta", scripts=scripts)), homework)
    for name, mail in (("Doposcuola La Corte", "corte"), ("Doposcuola Il Pozzo", "pozzo")):
        world.service(name, email=f"{mail}@example.invalid")
    hand = come_in(site, scripts=scripts, most_taps=2)
    hand.tap("Non ci sono posti")
    hand.tap_on(hand.page.get_by_role("button", name="Non possiamo"))
    expect(hand.page.get_by_role("heading", name="Grazie")).to_be_visible()
    desk = site.phone("marta", scripts=scripts)
    desk.goto(f"/scrivania/richieste/{homework.number}/")
    expect(desk.get_by_role("link", name="Invia qui")).to_have_count(2)


def test_how_it_went_is_one_tap_for_each(site: Site, homework: Thread, scripts: bool) -> None:
    send(Hand(site.phone("marta", scripts=scripts)), homework)
    service = come_in(site, scripts=scripts, most_taps=2)
    service.tap("Possiamo, da questo giorno")
    service.tap("Il bisogno ha trovato risposta")
    expect(service.page.get_by_text("Grazie, lo abbiamo scritto.")).to_be_visible()
    home = Hand(site.phone("samira", scripts=scripts), most_taps=1, most_keys=0)
    home.page.goto(f"/casa/richieste/{homework.number}/?lingua=it")
    home.tap("Sì, mi è servito")
    home.page.wait_for_load_state()
    row = Referral.objects.get()
    assert (row.state, row.service_outcome, row.person_outcome) == ("completed", "met", "met")


def test_what_she_takes_back_is_gone_on_the_next_request(site: Site, homework: Thread, scripts: bool) -> None:
    send(Hand(site.phone("marta", scripts=scripts)), homework)
    partner = come_in(site, scripts=scripts, most_taps=2).page
    expect(partner.locator("main")).to_contain_text("Samira")
    home = site.phone("samira", scripts=scripts)
    home.goto(f"/casa/richieste/{homework.number}/?lingua=it")
    home.get_by_role("link", name="Ritira il permesso").click()
    home.get_by_role("button", name="Sì, ritira il permesso").click()
    partner.reload()
    expect(partner.get_by_role("heading", name="Qui non c'è una richiesta aperta")).to_be_visible()
    expect(partner.get_by_text("Samira")).to_have_count(0)
