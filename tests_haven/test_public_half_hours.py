"""Taking a half hour and giving it back, as a browser does it: no cookie, no token, one sentence for what cannot be."""

from __future__ import annotations

import re
import threading
import urllib.error
import urllib.request
import uuid
from datetime import time, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import expect

from cortile.haven import limiting
from cortile.haven.models import Slot
from cortile.kit import clock
from tests_haven import cast, published
from tests_haven.browser import Site

HOST = {"host": "riservato.localhost"}
WORDS = re.compile(r'<p class="number"><bdi lang="it">(\w+ \w+)</bdi>')


@pytest.fixture
def her() -> Client:
    """Return a browser that checks what a browser checks."""
    return Client(enforce_csrf_checks=True, headers=HOST)


def words_of(answer: HttpResponse) -> str:
    """Return the two words a page shows."""
    found = WORDS.search(answer.content.decode())
    return found.group(1) if found else ""


def given_back(client: Client, words: str, at: str = "14:00") -> HttpResponse:
    """Send the form that gives a half hour back."""
    return client.post("/orari/disdici/", {"on": "2026-03-12", "at": at, "two": words})  # type: ignore[return-value]  # a test's answer


def test_a_tap_takes_it_and_shows_two_words_once(her: Client) -> None:
    slot = published.a_slot()
    answer = her.post(f"/orari/{slot.pk}/")
    assert (answer.status_code, len(words_of(answer).split()), dict(answer.cookies)) == (200, 2, {})
    assert answer["Cache-Control"] == "no-store"
    assert her.get(f"/orari/{slot.pk}/").status_code == 404


def test_a_taken_one_is_simply_absent(her: Client) -> None:
    slot = published.a_slot()
    assert str(slot.pk) in her.get("/orari/").content.decode()
    her.post(f"/orari/{slot.pk}/")
    assert str(slot.pk) not in her.get("/orari/").content.decode()


def test_whoever_comes_second_reads_one_sentence_and_no_words(her: Client) -> None:
    slot = published.a_slot()
    her.post(f"/orari/{slot.pk}/")
    answer = her.post(f"/orari/{slot.pk}/")
    assert (answer.status_code, words_of(answer)) == (409, "")
    assert "Questa mezz&#x27;ora non c&#x27;è più." in answer.content.decode()


def test_only_the_next_two_weeks_are_shown(her: Client) -> None:
    published.a_slot()
    with clock.frozen(cast.NOW - timedelta(days=14)):
        assert "/orari/disdici/" in her.get("/orari/").content.decode()
        assert not re.search(r"/orari/[0-9a-f-]{36}/", her.get("/orari/").content.decode())


def test_the_two_words_give_it_back_and_it_is_free_again(her: Client) -> None:
    slot = published.a_slot()
    words = words_of(her.post(f"/orari/{slot.pk}/"))
    assert given_back(her, words).status_code == 200
    assert her.get(f"/orari/{slot.pk}/").status_code == 200


@pytest.mark.parametrize(("words", "at"), [("pera mulino", "14:00"), ("", "14:00"), ("pera mulino", "7:00")])
def test_wrong_words_or_none_are_refused_in_one_sentence(words: str, at: str, her: Client) -> None:
    her.post(f"/orari/{published.a_slot().pk}/")
    assert given_back(her, words, at).status_code == 422
    assert Slot.objects.filter(taken=True).count() == 1


def test_a_wrong_pair_is_answered_the_same_whether_anybody_took_that_hour(her: Client) -> None:
    her.post(f"/orari/{published.a_slot().pk}/")
    taken, empty = given_back(her, "pera mulino"), given_back(her, "pera mulino", "15:00")
    assert taken.content == empty.content


def test_an_unknown_language_is_as_none(her: Client) -> None:
    slot = published.a_slot()
    assert her.post(f"/orari/{slot.pk}/", {"language": "klingon"}).status_code == 200


@pytest.mark.parametrize("sent", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://altrove.example"}, {"Origin": "null"}])
def test_a_form_another_site_sends_takes_nothing(sent: dict[str, str], her: Client) -> None:
    slot = published.a_slot()
    assert her.post(f"/orari/{slot.pk}/", headers=sent).status_code == 403
    assert not Slot.objects.filter(taken=True).exists()


def test_our_own_form_is_let_through(her: Client) -> None:
    slot = published.a_slot()
    sent = {"Sec-Fetch-Site": "same-origin", "Origin": "http://riservato.localhost"}
    assert her.post(f"/orari/{slot.pk}/", headers=sent).status_code == 200


def test_who_has_taken_many_within_an_hour_is_refused(her: Client) -> None:
    slot = published.a_slot()
    for _ in range(20):
        limiting.spend(limiting.TAKINGS, "127.0.0.1")
    answer = her.post(f"/orari/{slot.pk}/")
    assert (answer.status_code, "Riprova tra un&#x27;ora" in answer.content.decode()) == (429, True)


def test_a_half_hour_that_is_gone_counts_for_nothing(her: Client) -> None:
    gone = [her.post(f"/orari/{uuid.uuid4()}/").status_code for _ in range(30)]
    assert (set(gone), her.post(f"/orari/{published.a_slot().pk}/").status_code) == ({409}, 200)


def test_after_many_wrong_words_even_the_right_ones_are_refused(her: Client) -> None:
    words = words_of(her.post(f"/orari/{published.a_slot().pk}/"))
    for _ in range(40):
        limiting.spend(limiting.GIVING_BACK, "127.0.0.1")
    assert [given_back(her, said).status_code for said in ("pera mulino", words)] == [429, 429]


# --- two at once, on a running lane ---


def answered(address: str, gate: threading.Barrier, got: list[int]) -> None:
    """Send the form as soon as everybody is ready."""
    gate.wait()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data=b"", headers=HOST)) as answer:  # noqa: S310 -- our own address
            got.append(answer.status)
    except urllib.error.HTTPError as refused:
        got.append(refused.code)


@pytest.mark.browser
def test_of_four_who_take_it_at_once_one_gets_it(site: Site) -> None:
    slot, got, gate = published.a_slot(), [], threading.Barrier(4)  # type: ignore[var-annotated]  # numbers
    where = f"http://127.0.0.1:{site.address.rpartition(':')[2]}/orari/{slot.pk}/"
    four = [threading.Thread(target=answered, args=(where, gate, got)) for _ in range(4)]
    for one in four:
        one.start()
    for one in four:
        one.join()
    assert sorted(got) == [200, 409, 409, 409]


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_two_browsers_that_see_it_both_one_takes_it(scripts: bool, site: Site) -> None:
    slot = published.a_slot()
    first, second = (site.phone(scripts=scripts) for _ in range(2))
    for page in (first, second):
        page.goto(f"/orari/{slot.pk}/")
    for page in (first, second):
        page.get_by_role("button", name="Prendo questa mezz'ora").click()
    expect(first.locator(".number")).to_have_text(re.compile(r"^\s*\w+\s+\w+\s*$"))
    expect(second.get_by_role("heading", level=1)).to_have_text("Questa mezz'ora non c'è più.")


@pytest.mark.browser
def test_a_half_hour_is_taken_and_given_back_without_scripts(site: Site) -> None:
    published.a_slot(at=clock.at(published.DAY, time(14)))
    page = site.phone(scripts=False)
    page.goto("/")
    page.get_by_role("link", name="Prendi mezz'ora per te").click()
    page.get_by_role("link", name="14:00").first.click()
    page.get_by_text("العربية").first.click()
    page.get_by_role("button", name="Prendo questa mezz'ora").click()
    words = page.locator(".number").inner_text()
    page.goto("/orari/disdici/")
    page.get_by_label("Giorno").fill("2026-03-12")
    page.get_by_label("A che ora").fill("14:00")
    page.get_by_label("Le due parole").fill(words)
    page.get_by_role("button", name="Disdico").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Fatto. Hai disdetto"


@pytest.mark.browser
def test_two_clicks_take_one_and_show_its_words(site: Site) -> None:
    slot = published.a_slot()
    page = site.phone()
    page.goto(f"/orari/{slot.pk}/")
    page.get_by_role("button", name="Prendo questa mezz'ora").dblclick()
    page.locator(".number").wait_for()
    assert len(page.locator(".number").inner_text().split()) == 2
