"""Over the shoulder: no word that tells stands where somebody else may look: titles, addresses, what a browser keeps."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from cortile.kit import doors
from cortile.listening.models import Thread
from cortile.listening.states import SENSITIVE_CHIPS
from cortile.listening.words import CHIP_LABELS
from tests import cast
from tests.app.test_device import READY, stored, switched_on
from tests.browser import Site
from tests.directory import cards
from tests.house.source import SOURCE
from tests.sessions import Enter

# The list of F5 (product §7), the topics of T2 that are delicate, and what T10 is about.
TELLS = re.compile(
    r"salute|visit|debit|moros|affitt|violen|avvocat|contribut|psicolog|medic|bollett|litig|vicini\b|solitudine|1522|"
    r"maltratt|paura|benefit|health|\bdebt|\brent\b",
    re.IGNORECASE,
)
SAID = "Ho paura: debito con l'affitto, visita dal medico, psicologo"
ADDRESSES = (
    "/", "/casa/", "/casa/aiuto/", "/casa/richieste/{number}/", "/casa/richieste/{number}/ricevuta/", "/casa/messaggi/",
    "/casa/io/", "/casa/conti/", "/casa/conti/lettere/", "/casa/conti/parliamone/", "/casa/entra/", "/info/", "/info/leggi/",
)  # fmt: skip


@pytest.fixture(params=SENSITIVE_CHIPS)
def delicate(request: pytest.FixtureRequest) -> Thread:
    """Return a request of Adele about each delicate topic, in words that tell."""
    return cast.open_request("adele", chip=request.param, title=SAID)


def outside(answer: HttpResponse, address: str) -> Iterator[str]:
    """Yield what somebody who does not read the page itself may see of it: its address and title, where it leads, its headers."""
    page = BeautifulSoup(answer.content, "html.parser")
    yield address
    yield page.title.get_text() if page.title else ""
    yield from (str(link.get("href")) for link in page("a") if not str(link.get("href")).startswith("tel:"))
    yield from (str(form.get("action") or "") for form in page("form"))
    yield from (f"{name}: {value}" for name, value in answer.headers.items())
    yield from (f"{cookie.key}={cookie.value}" for cookie in answer.cookies.values())


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_title_address_header_or_cookie_tells(address: str, delicate: Thread, enter: Enter) -> None:
    there = address.format(number=delicate.number)
    answer = enter("adele").get(there)
    assert answer.status_code == 200
    assert [said for said in outside(answer, there) if TELLS.search(said)] == []


def test_the_page_of_a_service_says_outside_none_of_its_names(enter: Enter) -> None:
    there = f"/casa/chi-aiuta/{cards.published('Centro antiviolenza').pk}/"
    answer = enter("adele").get(there)
    assert "Centro antiviolenza" in answer.content.decode()
    assert [said for said in outside(answer, there) if TELLS.search(said)] == []


def test_an_address_that_tells_is_noticed() -> None:
    answer = HttpResponse("<title>Il mio debito</title><a href='/casa/affitto/'>", headers={"X-About": "salute"})
    assert [said for said in outside(answer, "/casa/visite/") if TELLS.search(said)] == [
        "/casa/visite/", "Il mio debito", "/casa/affitto/", "X-About: salute",
    ]  # fmt: skip


@pytest.mark.pure
def test_no_address_of_a_tenant_tells() -> None:
    theirs = [path for path, _pattern in doors.addresses(get_resolver(), "/") if path.startswith(("/casa/", "/info/"))]
    assert len(theirs) > 15
    assert [path for path in theirs if TELLS.search(path)] == []


@pytest.mark.parametrize("file", ["foglio.pdf", "ricevuta/"])
def test_no_file_of_a_request_tells_by_its_name(file: str, delicate: Thread, enter: Enter) -> None:
    answer = enter("adele").get(f"/casa/richieste/{delicate.number}/{file}")
    assert answer.status_code == 200
    assert not TELLS.search(answer.headers.get("Content-Disposition", ""))


def words(pdf: bytes) -> str:
    """Return the words of a sheet, and what its file says of itself."""
    read = pypdf.PdfReader(io.BytesIO(pdf))
    return " ".join([*(page.extract_text() for page in read.pages), *(str(value) for value in (read.metadata or {}).values())])


def test_the_custodians_sheet_says_no_topic_and_no_word(delicate: Thread, enter: Enter) -> None:
    answer = enter("marta").get(f"/scrivania/richieste/{delicate.number}/foglio-custode.pdf")
    assert answer.status_code == 200
    said = words(answer.content)
    assert str(delicate.number) in said
    assert TELLS.findall(said) == []
    assert str(CHIP_LABELS[delicate.chip]).lower() not in said.lower()


def test_a_sheet_that_tells_is_noticed(client: Client) -> None:
    assert TELLS.findall("Richiesta 1042: visita per il debito") == ["visit", "debit"]
    assert client.get("/casa/").status_code == 200


SCRIPTS = {path.name: path.read_text() for path in SOURCE.rglob("static/cortile/*.js")}
# The one thing a script says or reads in a cookie: that «Esci subito» was pressed, until the server has heard.
THE_MARK = ('document.cookie = "sessione=no; path=/; max-age=1800; samesite=strict";', "/(^|; )sessione=no/.test(document.cookie)")


@pytest.mark.pure
def test_nothing_of_ours_ever_notifies() -> None:
    assert len(SCRIPTS) >= 4
    assert [name for name, text in SCRIPTS.items() if re.search(r"Notification|pushManager|indexedDB", text)] == []


@pytest.mark.pure
def test_no_script_touches_a_cookie_but_the_mark_of_leaving() -> None:
    text = "".join(SCRIPTS.values())
    assert [text.count(mark) for mark in THE_MARK] == [1, 1]
    assert text.count("document.cookie") == len(THE_MARK)


@pytest.mark.browser
def test_nothing_a_browser_keeps_tells(site: Site) -> None:
    numbers = [cast.open_request("adele", chip=chip, title=SAID).number for chip in SENSITIVE_CHIPS]
    page = site.phone("adele", worker=True)
    switched_on(page)
    page.evaluate(READY)
    for address in (*(a.format(number=numbers[0]) for a in ADDRESSES), *(f"/casa/richieste/{n}/" for n in numbers)):
        page.goto(address)
    page.goto("/casa/")
    kept = stored(page)
    assert TELLS.findall(str({**kept, "kept": [*kept["kept"]]})) == []
    assert [address for address, text in kept["kept"].items() if address.startswith("/casa/") and TELLS.search(text)] == []


@pytest.mark.browser
def test_what_a_browser_keeps_and_tells_is_noticed(site: Site) -> None:
    page = site.phone("adele")
    page.goto("/casa/")
    page.evaluate("localStorage.setItem('x', 'visita'); sessionStorage.setItem('affitto', '1')")
    page.evaluate("caches.open('casa').then(shelf => shelf.put('/casa/debito/', new Response('')))")
    assert TELLS.findall(str(stored(page))) == ["visit", "affitt", "debit"]


@pytest.mark.browser
def test_words_still_to_be_sent_are_kept_under_a_name_that_tells_nothing(site: Site) -> None:
    page = site.phone("adele")
    page.goto(f"/casa/richieste/{cast.open_request('adele').number}/")
    page.context.set_offline(True)
    box = page.locator("form[data-draft] textarea").first
    box.fill(SAID)
    page.locator(".saved").filter(has_text="senza rete").first.wait_for()
    (name,) = stored(page)["session"]
    assert not TELLS.search(name)
    page.context.set_offline(False)
    page.locator(".saved").filter(has_text="Salvato").first.wait_for()
    assert stored(page)["session"] == {}
