"""The public pages: the same for everybody to the byte, kept nowhere, and the way to help first on each."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from pytest_django import Settings

from cortile import haven
from cortile.haven import limiting
from cortile.haven.actions import publishing
from cortile.kit import clock, languages, plain_language
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.kit.sessions import SessionStore
from tests_haven import cast, published
from tests_haven.browser import session_of

HOST = {"host": "riservato.localhost"}
PAGES = pytest.mark.parametrize("address", published.PAGES)
TEMPLATES = Path(haven.__file__).parent / "templates" / "haven" / "public"
SAID = re.compile(r'{% translate "([^"]+)" %}|_\("([^"]+)"\)')


def page(address: str, **how: object) -> str:
    """Return a page's text as a stranger gets it."""
    return Client(headers=HOST).get(address, **how).content.decode()


@PAGES
def test_everybody_reads_the_same_page_to_the_byte(address: str) -> None:
    published.everything()
    plain, at_work, leaving = (Client(headers=HOST) for _ in range(3))
    at_work.cookies[settings.SESSION_COOKIE_NAME] = session_of("chiara")
    leaving.cookies["sessione"] = "no"
    answers = [client.get(address) for client in (plain, at_work, leaving)]
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


@PAGES
def test_no_page_sets_a_cookie_or_lets_itself_be_kept(address: str, client: Client) -> None:
    client.cookies["lingua"] = "ar"
    answer = client.get(address)
    assert (answer.status_code, dict(answer.cookies), answer["Cache-Control"]) == (200, {}, "no-store")
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"], answer.get("Vary")) == ("same-origin", "noindex, nofollow", None)


@PAGES
def test_the_number_to_call_comes_before_anything_else(address: str, client: Client) -> None:
    body = client.get(address).content.decode().partition("<main")[2]
    first = min(body.find(sign) for sign in ("1522", "tel:1522") if sign in body)
    assert 0 < first < body.find("112") < body.find("</main>")
    assert first < min((body.find(mark) for mark in ("<form", "<article", "<section") if mark in body), default=len(body))


@PAGES
def test_the_way_out_is_read_before_anything_is_drawn(address: str, client: Client) -> None:
    head = client.get(address).content.decode().partition("<body")[0]
    (script,) = re.findall(r"<script[^>]*exit\.js[^>]*>", head)
    assert ("defer" in script, 'data-end="/esci/"' in script) == (False, True)


def test_a_door_says_where_when_in_which_language_and_how_one_gets_in() -> None:
    published.a_door()
    said = ("Consulenze", "via dei Tigli 12", "mercoledì 14–17", "tel:+390200000001", "arabo", "Senza gradini")
    assert [words for words in said if words not in page("/")] == []


def test_a_hidden_door_is_shown_to_nobody(chiara: Actor) -> None:
    slot = published.a_slot()
    publishing.write_door(replace(published.CONSULENZE, shown=False), by=chiara, number=slot.door_id)
    assert [address for address in published.PAGES if "via dei Tigli" in page(address)] == []


def test_an_offer_is_shown_until_it_begins(chiara: Actor) -> None:
    offer = published.an_offer(chiara)
    assert "Cucito in compagnia" in page("/attivita/")
    with clock.frozen(offer.starts_at + timedelta(minutes=1)):
        assert "Cucito in compagnia" not in page("/attivita/")


def test_the_page_of_limits_says_the_four_things_and_that_a_lawyer_must_read_them(chiara: Actor) -> None:
    publishing.write_limits("Da noi nessuno scrive il tuo nome.", by=chiara)
    said = page("/limiti/")
    assert said.count("da confermare dal legale") == 5
    for words in (
        "un ufficio pubblico a volte deve avvisare",
        "Noi non avvisiamo nessuno",
        "chi comanda la macchina può leggere",
        "cronologia",
    ):
        assert words in said
    assert "Spazio Aperto" in said
    assert "La Porta Accanto" not in said


def test_the_sheet_leads_to_the_first_page_and_to_no_other(client: Client) -> None:
    said = client.get("/foglio/").content.decode()
    assert "http://riservato.localhost/" in said
    assert said.count("<svg") >= 1
    assert "style=" not in said


def test_a_language_is_asked_in_the_address_and_carried_by_every_link() -> None:
    published.everything()
    said = page("/orari/?lingua=ar")
    inner = re.findall(r'href="(/[^"]*)"', said.partition("<main")[2])
    assert [where for where in inner if where != "/esci/" and not where.endswith("?lingua=ar")] == []
    assert 'dir="rtl"' in said


def test_a_language_we_do_not_speak_is_carried_nowhere() -> None:
    assert "xx" not in page("/?lingua=xx").partition("<main")[2]


def test_what_nobody_has_reviewed_keeps_safety_and_promises_in_italian() -> None:
    said = page("/limiti/?lingua=ar")
    assert 'lang="it" dir="ltr"' in said
    assert "Se sei in pericolo adesso." in said
    assert "Noi non avvisiamo nessuno" in said


def test_a_reviewed_language_says_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "reviewed", lambda _code: True)
    assert "Se sei in pericolo adesso." not in page("/limiti/?lingua=ar")


@PAGES
def test_links_between_the_pages_share_one_place_in_history(address: str) -> None:
    published.everything()
    inner = re.findall(r'<a ([^>]*href="[/?][^"]*"[^>]*)>', page(address))
    assert inner
    assert [link for link in inner if "data-stay" not in link and "data-exit" not in link] == []


# --- the way out ---


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_ends_the_shift_and_the_session(method: str) -> None:
    client, key = Client(enforce_csrf_checks=True, headers=HOST), session_of("chiara")
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/lavoro/porte/").status_code == 200
    answer = getattr(client, method)("/esci/")
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302 if method == "get" else 204, '"cache", "storage"')
    assert (client.get("/lavoro/porte/").status_code, SessionStore().exists(key)) == (302, False)


def test_a_public_page_leaves_the_mark_of_leaving_for_the_desk_to_read(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of("chiara")
    client.cookies["sessione"] = "no"
    client.get("/")
    assert client.get("/lavoro/porte/").status_code == 302


def test_leaving_leads_to_another_site(client: Client, settings: Settings) -> None:
    answer = client.get("/esci/")
    assert (answer["Location"], dict(answer.cookies)) == (settings.EXIT_ADDRESS, {})


# --- plain words ---


def sentences() -> list[str]:
    """Return every Italian sentence of the public pages."""
    templates = [path.read_text() for path in TEMPLATES.glob("*.html")]
    code = [path.read_text() for path in (Path(haven.__file__).parent / "public").glob("*.py")]
    others = [(Path(haven.__file__).parent / name).read_text() for name in ("limiting.py", "actions/slots.py")]
    return sorted({one or other for text in (*templates, *code, *others) for one, other in SAID.findall(text)})


@pytest.mark.pure
def test_every_sentence_is_plain() -> None:
    assert len(sentences()) > 50
    assert {said: wrong for said in sentences() if (wrong := plain_language.problems(said, gate=70))} == {}


@PAGES
def test_every_page_passes_the_gate_for_short_texts(address: str) -> None:
    published.everything()
    measure = plain_language.measure_html(page(address).partition("<main")[2])
    assert measure.index >= 70
    assert measure.banned == ()


@pytest.mark.pure
def test_a_bureaucrats_sentence_does_not_pass() -> None:
    old = "La vittima può fruire del servizio presentando istanza documentata presso gli uffici territorialmente competenti."
    assert len(plain_language.problems(old, gate=70)) >= 2


# --- what the association writes ---


@pytest.mark.parametrize("name", ["Centro antiviolenza", "Sportello donna", "Aiuto vittime", "مركز مناهضة العنف"])
def test_a_door_that_tells_is_refused(name: str, chiara: Actor) -> None:
    with pytest.raises(Refused, match="door-tells"):
        publishing.write_door(replace(published.CONSULENZE, name=name), by=chiara)


def test_a_title_that_tells_is_refused(chiara: Actor) -> None:
    with pytest.raises(Refused, match="title-tells"):
        published.an_offer(chiara, title="Gruppo contro la violenza")


def test_a_kind_nobody_knows_is_refused(chiara: Actor) -> None:
    with pytest.raises(Refused, match="kind-unknown"):
        published.an_offer(chiara, kind="course")


def test_limits_without_end_are_refused(chiara: Actor) -> None:
    with pytest.raises(Refused, match="limits-long"):
        publishing.write_limits("a" * 4001, by=chiara)


def test_another_associations_door_and_offer_are_not_there(chiara: Actor, dora: Actor) -> None:
    door, offer = published.a_door(), published.an_offer(chiara)
    with pytest.raises(NotVisible):
        publishing.write_door(published.CONSULENZE, by=dora, number=door.pk)
    with pytest.raises(NotVisible):
        publishing.write_offer(publishing.OfferSaid("group", "x", "y", cast.NOW), by=dora, number=offer.pk)


# --- how often ---


@pytest.mark.pure
def test_many_in_an_hour_are_refused_and_the_next_hour_begins_again() -> None:
    for _ in range(20):
        limiting.spend(limiting.TAKINGS, "127.0.0.1")
    with pytest.raises(Refused, match="too-often"):
        limiting.allow(limiting.TAKINGS, "127.0.0.1")
    with clock.frozen(cast.NOW + timedelta(hours=1)):
        limiting.allow(limiting.TAKINGS, "127.0.0.1")
    assert len(limiting._counted) == 1  # noqa: SLF001 -- asking counted for nothing


@pytest.mark.pure
def test_nobody_can_say_how_many_were_left() -> None:
    drawn = {limiting.allowance(limiting.TAKINGS, f"{n}".encode(), cast.NOW) for n in range(200)}
    assert (len(drawn) > 3, min(drawn) >= 2) == (True, True)


@pytest.mark.pure
def test_a_mapped_address_is_the_one_it_stands_for(rf: RequestFactory) -> None:
    said = [limiting.address(rf.get("/", REMOTE_ADDR=where)) for where in ("::ffff:10.0.0.1", "10.0.0.1", "2001:db8:1::9")]
    assert said == ["10.0.0.1", "10.0.0.1", "2001:db8:1::/48"]


@pytest.mark.pure
def test_each_address_and_each_act_has_its_own_count() -> None:
    for _ in range(20):
        limiting.spend(limiting.TAKINGS, "127.0.0.1")
    limiting.allow(limiting.TAKINGS, "127.0.0.2")
    limiting.allow(limiting.GIVING_BACK, "127.0.0.1")
    assert all(b"127" not in key for key in limiting._counted)  # noqa: SLF001 -- what memory holds is what is promised


@pytest.mark.pure
def test_memory_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "MOST", 10)
    for number in range(50):
        limiting.spend(limiting.TAKINGS, f"10.0.0.{number}")
    assert len(limiting._counted) <= 10  # noqa: SLF001 -- as above
