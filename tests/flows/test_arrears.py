"""FL7: from a letter that frightens to an hour with a person, in three screens and no key, on any phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cortile.agenda.models import Appointment, CallBack
from cortile.kit import clock, dates
from cortile.listening.models import Thread
from tests import cast
from tests.browser import Site
from tests.flows.test_asking import screens
from tests.hands import Hand, OverBudgetError

pytestmark = pytest.mark.browser
TO_A_CALL = ["casa/conti/", "casa/conti/parliamone/", "casa/conti/parliamone/telefono/"]


def cannot_pay(hand: Hand, way: str = "Chiamatemi voi", send: str = "CHIAMATEMI A QUEST'ORA") -> None:
    """Say it, choose how to talk, take the first hour."""
    hand.page.goto("/casa/conti/")
    hand.tap("NON RIESCO A PAGARE")
    hand.tap(way)
    hand.tap(send)
    expect(hand.page.get_by_role("heading", name="Siamo d'accordo")).to_be_visible()


def test_three_screens_and_three_taps_to_an_hour_with_a_person(site: Site, scripts: bool) -> None:
    hand = Hand(site.phone("gianni", scripts=scripts), most_taps=3, most_keys=0)
    seen = screens(hand.page)
    cannot_pay(hand)
    assert [address for address in seen if "fatto" not in address] == TO_A_CALL
    assert hand.seconds <= 20


def test_the_receipt_says_the_number_the_hour_and_who(site: Site, scripts: bool) -> None:
    hand = Hand(site.phone("gianni", scripts=scripts))
    cannot_pay(hand)
    call = CallBack.objects.select_related("thread", "staff").get()
    for said in (str(call.thread.number), dates.long_day(call.starts_at, "it"), dates.hour(call.starts_at), call.staff.given_name):
        expect(hand.page.locator("main")).to_contain_text(said)
    assert call.thread.next_date == clock.local(call.starts_at).date()


def test_another_hour_is_one_tap_more(site: Site) -> None:
    hand = Hand(site.phone("gianni"), most_taps=4, most_keys=0)
    hand.page.goto("/casa/conti/parliamone/telefono/")
    hand.tap("giovedì 12 marzo")
    hand.tap("CHIAMATEMI A QUEST'ORA")
    expect(hand.page.locator("main")).to_contain_text("giovedì 12 marzo")


def test_to_come_is_as_short(site: Site) -> None:
    hand = Hand(site.phone("gianni"), most_taps=3, most_keys=0)
    cannot_pay(hand, "Vengo allo Spazio", "VENGO A QUEST'ORA")
    assert Appointment.objects.get().thread == Thread.objects.get()


def test_to_be_answered_here_is_as_short(site: Site) -> None:
    hand = Hand(site.phone("gianni"), most_taps=3, most_keys=0)
    cannot_pay(hand, "Rispondete qui", "INVIA")
    assert Thread.objects.get().answer_by == "app"


def test_no_screen_asks_why(site: Site) -> None:
    page = site.phone("gianni")
    for address in TO_A_CALL:
        page.goto(f"/{address}")
        assert page.locator("main textarea:visible, main input[type=text]:visible").count() == 0


def test_a_budget_of_one_tap_less_is_seen_to_break(site: Site) -> None:
    hand = Hand(site.phone("gianni"), most_taps=2)
    with pytest.raises(OverBudgetError):
        cannot_pay(hand)
    assert not Thread.objects.exists()


def test_marta_finds_the_call_at_its_hour_and_says_it_was_done(site: Site) -> None:
    cannot_pay(Hand(site.phone("gianni")))
    call = CallBack.objects.get()
    with site.at(call.starts_at):
        page = site.enter("marta")
        page.goto("/scrivania/")
        expect(page.get_by_role("link", name="333 5550 102").first).to_be_visible()
        page.get_by_role("button", name="Ci siamo sentiti").click()
        expect(page.locator("main")).to_contain_text("Telefonata fatta")
    assert cast.person("gianni").threads.get().first_answer_at == call.starts_at
