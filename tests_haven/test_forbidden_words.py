"""Over the shoulder (judge 4): no word of the list stands in a title, an address, a header, a cookie or a file of any page."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from cortile.kit import doors
from tests_haven import published, shoulder
from tests_haven.browser import session_of

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# What headings may not say either, although a page may: they are read from afar.
LARGE = re.compile(r"violen|maltratt|abus|stalk|vittim|stupr|abuse|victim|عنف|víctim|maltrat", re.IGNORECASE)


@pytest.mark.pure
def test_the_list_is_long_and_speaks_six_languages() -> None:
    assert shoulder.count() >= 120


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", [*published.PAGES, "/orari/{slot}/", "/nessuna/"])
def test_nothing_outside_a_public_page_tells(address: str, language: str, client: Client) -> None:
    there = address.format(slot=published.everything().pk)
    answer = client.get(there, {"lingua": language})
    assert answer.status_code == (404 if address == "/nessuna/" else 200)
    assert shoulder.told(shoulder.outside(answer, there)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_outside_the_answers_to_a_form_tells(language: str, client: Client) -> None:
    there = f"/orari/{published.everything().pk}/?lingua={language}"
    taken, again = client.post(there), client.post(there)
    wrong = client.post(f"/orari/disdici/?lingua={language}", {"on": "2026-03-12", "at": "14:00", "two": "pera mulino"})
    assert [answer.status_code for answer in (taken, again, wrong)] == [200, 409, 422]
    assert [shoulder.told(shoulder.outside(answer, there)) for answer in (taken, again, wrong)] == [[], [], []]


@pytest.mark.parametrize("address", ["/lavoro/porte/", "/lavoro/attivita/", "/lavoro/limiti/", "/lavoro/porte/{door}/orari/"])
def test_nothing_outside_a_page_of_the_desk_tells(address: str, client: Client) -> None:
    there = address.format(door=published.everything().door_id)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of("chiara")
    answer = client.get(there)
    assert answer.status_code == 200
    assert shoulder.told(shoulder.outside(answer, there)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", published.PAGES)
def test_no_heading_tells_from_afar(address: str, language: str, client: Client) -> None:
    published.everything()
    found = shoulder.headings(client.get(address, {"lingua": language}))
    assert found
    assert [heading for heading in found if LARGE.search(heading)] == []


@pytest.mark.pure
def test_no_address_of_the_lane_tells() -> None:
    every = [path for path, _pattern in doors.addresses(get_resolver(), "/")]
    assert len(every) > 15
    assert shoulder.told(every) == []
    assert reverse("public:doors") == "/"


@pytest.mark.parametrize("address", published.PAGES)
def test_every_title_is_the_same(address: str, client: Client) -> None:
    published.everything()
    assert "<title>Informazioni utili</title>" in client.get(address).content.decode()


@pytest.mark.pure
@pytest.mark.parametrize(
    "planted",
    [
        "Centro antiviolenza",
        "/violenza/",
        "X-About: maltrattamenti",
        "help=victim",
        "عنف",
        "violencia.pdf",
        "Refuge pour femmes",
        "Victimă",
    ],
)
def test_a_planted_word_is_found(planted: str) -> None:
    assert shoulder.told(["Informazioni utili", planted]) == [planted]


@pytest.mark.pure
def test_a_planted_title_link_header_cookie_and_field_are_found() -> None:
    answer = HttpResponse("<title>Paura</title><a href='/rifugio/'>x</a><input name='marito'>", headers={"X-Of": "stalking"})
    answer.set_cookie("donne", "1")
    found = shoulder.told(shoulder.outside(answer, "/denuncia/"))
    assert len(found) == 6
