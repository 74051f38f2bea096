"""FL1 and FL1b: somebody asks for help, alone or with Marta; app and paper promise the same."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cortile.kit import dates
from cortile.listening.models import Thread
from tests import cast
from tests.browser import Site
from tests.flows.papers import printed
from tests.hands import Hand, OverBudgetError

pytestmark = pytest.mark.browser
FORMS = {"/casa/aiuto/", "/casa/aiuto/racconta/", "/casa/aiuto/controlla/"}


def screens(page: Page) -> list[str]:
    """Return the list the page adds each address to that it shows."""
    seen: list[str] = []
    page.on("framenavigated", lambda frame: seen.append(frame.url.split("/", 3)[3]))
    return seen


def ask(hand: Hand) -> None:
    """Ask to be called about something broken, from Adele's first page on."""
    hand.page.goto("/casa/")
    hand.tap("Chiedi aiuto")
    hand.tap("Qualcosa non funziona")
    hand.tap("Avanti")
    hand.tap("CHIAMATEMI VOI")
    hand.tap("INVIA LA RICHIESTA")
    expect(hand.page.get_by_role("heading", name="Abbiamo ricevuto la tua richiesta")).to_be_visible()


def promised() -> tuple[str, str, str]:
    """Return what a receipt must say of the only request: number, day of the answer, who follows it."""
    thread = Thread.objects.select_related("owner").get()
    return str(thread.number), dates.long_day(thread.next_date or thread.first_promise, "it"), thread.owner.given_name


def test_asking_is_three_screens_five_taps_and_no_key(site: Site, scripts: bool) -> None:
    hand = Hand(site.phone("adele", scripts=scripts), most_taps=5, most_keys=0)
    seen = screens(hand.page)
    ask(hand)
    assert {f"/{address}" for address in seen if address.startswith("casa/aiuto/")} == FORMS
    assert hand.seconds <= 60
    assert Thread.objects.get().answer_by == "phone"


def test_a_neighbours_fault_is_recognised_in_four_taps_and_no_key(site: Site, scripts: bool) -> None:
    first = cast.open_request("samira")
    hand = Hand(site.phone("adele", scripts=scripts), most_taps=4, most_keys=0)
    hand.page.goto("/casa/")
    for words in ("Chiedi aiuto", "Qualcosa non funziona", "Avanti", "È lo stesso problema"):
        hand.tap(words)
    expect(hand.page.get_by_role("heading", name="Abbiamo ricevuto la tua richiesta")).to_be_visible()
    assert Thread.objects.get(person__code="adele").duplicate_of_id == first.pk


def test_the_receipt_says_number_day_and_owner(site: Site, scripts: bool) -> None:
    hand = Hand(site.phone("adele", scripts=scripts))
    ask(hand)
    for said in promised():
        expect(hand.page.locator("main")).to_contain_text(said)


def test_a_budget_of_one_tap_less_is_seen_to_break(site: Site) -> None:
    hand = Hand(site.phone("adele"), most_taps=4)
    with pytest.raises(OverBudgetError):
        ask(hand)
    assert not Thread.objects.exists()


def test_a_key_over_the_budget_is_seen_to_break(site: Site) -> None:
    hand = Hand(site.phone("marta"), most_keys=3)
    hand.page.goto("/scrivania/contatto/")
    with pytest.raises(OverBudgetError):
        hand.look_for("bram", scripts=True)


def test_the_button_that_asks_stands_high_on_the_first_page(site: Site, scripts: bool) -> None:
    cast.open_request("adele")
    page = site.phone("adele", scripts=scripts)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/casa/")
    box = page.get_by_role("link", name="Chiedi aiuto").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 560


def test_marta_asks_for_somebody_and_paper_says_what_the_app_says(site: Site, scripts: bool) -> None:
    hand = Hand(site.phone("marta", scripts=scripts), most_taps=7, most_keys=6)
    hand.page.goto("/scrivania/")
    hand.tap("Registra contatto")
    hand.look_for("sala", scripts=scripts)
    for words in ("Gianni Sala", "Affitto e bollette", "Apro una richiesta", "Salva"):
        hand.tap(words)
    expect(hand.page.get_by_role("heading", name="Richiesta registrata")).to_be_visible()
    assert hand.seconds <= 45
    paper = printed(hand.page, "Stampa il foglio")
    app = site.phone("gianni", scripts=scripts)
    app.goto(f"/casa/richieste/{Thread.objects.get().number}/ricevuta/")
    for said in promised():
        assert said in paper
        expect(app.locator("main")).to_contain_text(said)
        expect(hand.page.locator("main")).to_contain_text(said)
    assert printed(app, "Stampa il foglio") == paper
