"""FL2 and FL2b: a walk-in in six taps, a courtyard in one form."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cortile.listening.models import Contact, Thread
from cortile.people import actions as people
from tests import cast
from tests.browser import Site
from tests.hands import Hand, OverBudgetError

pytestmark = pytest.mark.browser
NEIGHBOURS = ("Rosa Villa", "Ugo Pini", "Ines Costa", "Zeno Riva")


def walk_in(hand: Hand, *, scripts: bool) -> None:
    """Record that Adele came in to talk."""
    hand.page.goto("/scrivania/")
    hand.tap("Registra contatto")
    hand.look_for("bram", scripts=scripts)
    for words in ("Adele Brambilla", "Ascolto", "Ho ascoltato", "Salva"):
        hand.tap(words)
    expect(hand.page.get_by_text("Salvato. Puoi registrarne un altro.")).to_be_visible()


def test_a_walk_in_is_six_taps_and_six_keys(site: Site, scripts: bool) -> None:
    hand = Hand(site.phone("marta", scripts=scripts), most_taps=6, most_keys=6)
    walk_in(hand, scripts=scripts)
    assert hand.seconds <= 30
    assert Contact.objects.get().people.get().person == cast.person("adele")


def test_a_walk_in_with_a_tap_less_is_seen_to_break(site: Site) -> None:
    with pytest.raises(OverBudgetError):
        walk_in(Hand(site.phone("marta"), most_taps=5), scripts=True)
    assert not Contact.objects.exists()


def test_the_button_that_saves_never_leaves_the_screen(site: Site, scripts: bool) -> None:
    page = site.phone("marta", scripts=scripts)
    page.goto("/scrivania/contatto/")
    save = page.get_by_role("button", name="Salva", exact=True)
    for way in (0, 300, 500, -200, 2000):
        page.mouse.wheel(0, way)
        expect(save).to_be_in_viewport(ratio=1)
    page.locator("#id_q").fill("tigli 12")
    page.locator("#id_q").press("Enter")
    expect(page.get_by_text("spunta chi c'era")).to_be_visible()
    expect(save).to_be_in_viewport(ratio=1)


def test_twelve_people_of_a_courtyard_are_one_form(site: Site, scripts: bool) -> None:
    stair = cast.person("adele").home_stair
    for name in NEIGHBOURS:
        given, _, family = name.partition(" ")
        people.register(cast.agency(), by=cast.at_desk("marta"), given_name=given, family_name=family, home_stair=stair)
    hand = Hand(site.phone("marta", scripts=scripts), most_taps=13, most_keys=14)
    hand.page.goto("/scrivania/")
    hand.tap("Registra contatto")
    hand.look_for("tigli 12 b", scripts=scripts)
    for words in ("Adele Brambilla", *NEIGHBOURS, "Vicini", "Ho ascoltato", "Con altre persone?"):
        hand.tap(words)
    hand.write("#id_unnamed", "7")
    hand.tap("Salva")
    expect(hand.page.get_by_text("Salvato. Puoi registrarne un altro.")).to_be_visible()
    assert hand.seconds <= 90
    assert (Contact.objects.get().people.count(), Contact.objects.get().unnamed) == (5, 7)
    assert not Thread.objects.exists()
