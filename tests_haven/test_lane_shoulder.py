"""Over the shoulder, in a real browser (judge 4): blank before any request leaves, nothing behind, the shift dead."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from django.conf import settings
from playwright.sync_api import Browser, Error, Page, expect
from pytest_django import Settings

import cortile.kit
from cortile.haven import keyring
from cortile.kit.sessions import SessionStore
from tests import glass
from tests.leaving import AWAY, BLANK, LEAVE, away, elsewhere, spied
from tests_haven import published, shoulder
from tests_haven.browser import Site

pytestmark = pytest.mark.browser

COMES_WITHIN = 10
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGES = pytest.mark.parametrize("address", published.PAGES)
SCRIPT = Path(cortile.kit.__file__).parent / "static" / "cortile" / "exit.js"
KEPT = """async () => JSON.stringify([
    {...localStorage}, {...sessionStorage}, await caches.keys(), await indexedDB.databases(), document.cookie,
    (await navigator.serviceWorker.getRegistrations()).length,
])"""
TITLES = {"Informazioni utili", "معلومات مفيدة", "Useful information", "Información útil"}
NOTHING = '[{},{},[],[],"",0]'
# What only the lane's pages say: none of it may come back.
OURS = ("1522", "ESCI SUBITO", "Consulenze", "via dei Tigli", "mezz'ora", "Elenco", "Informazioni utili")


def back(page: Page) -> list[str]:
    """Go back ten times and return what each page showed."""
    shown = []
    for _ in range(10):
        page.go_back(wait_until="commit")
        shown.append(read(page))
    return shown


def read(page: Page) -> str:
    """Return what a page shows once it is there, its title too."""
    page.wait_for_function("() => document.readyState !== 'loading'")
    return page.title() + page.inner_text("body")


def coming_back(shown: list[str], *more: str) -> list[str]:
    """Return the words of ours that can be read in what was shown."""
    return [word for word in (*OURS, *more) if any(word in page for page in shown)]


@pytest.fixture
def recalling(site: Site) -> Iterator[Callable[[], Page]]:
    """Give a phone whose browser keeps the pages it has left, as people's do: the other tests' is told not to."""
    assert isinstance(site.browser, Browser)
    browser = site.browser.browser_type.launch(
        executable_path=str(glass.CHROMIUM), args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
    )
    yield lambda **how: browser.new_context(base_url=site.address, **how, **glass.ITALY).new_page()
    browser.close()


def with_words(page: Page, number: object) -> str:
    """Come from another site, take a half hour through the pages, and return the two words."""
    page.context.route(f"{settings.EXIT_ADDRESS}**", elsewhere)
    page.goto(settings.EXIT_ADDRESS)
    page.goto("/")
    page.get_by_role("link", name="Orari liberi").click()
    page.locator(f'a[href*="{number}"]').click()
    page.get_by_role("button", name="Prendo questa mezz'ora").click()
    return page.locator(".number").inner_text()


# --- blank first ---


@PAGES
def test_a_page_is_blank_before_any_request_leaves(address: str, site: Site) -> None:
    published.everything()
    page = site.phone()
    seen = spied(page)
    page.goto(address)
    away(page)
    assert seen == [("sendBeacon", ""), ("navigate", "")]


@pytest.mark.parametrize("how", LEAVE)
def test_and_so_it_is_at_the_desk_however_one_leaves(how: str, site: Site) -> None:
    published.everything()
    page = site.phone("chiara")
    seen = spied(page)
    page.goto("/lavoro/porte/")
    away(page, how)
    assert seen == [("sendBeacon", ""), ("navigate", "")]


def test_a_page_emptied_too_late_is_noticed(site: Site) -> None:
    page = site.phone()
    seen, script = spied(page), SCRIPT.read_text()
    assert (script.count(BLANK), script.count(AWAY)) == (1, 1)
    late = script.replace(BLANK, "").replace(AWAY, AWAY + BLANK)
    page.route("**/exit.js", lambda route: route.fulfill(body=late, content_type="text/javascript"))
    page.goto("/limiti/")
    away(page)
    assert ["1522" in shows for _what, shows in seen] == [True, True]


# --- nothing behind ---


def test_ten_times_back_shows_nothing(site: Site) -> None:
    slot = published.everything()
    page = site.phone()
    words = with_words(page, slot.pk)
    away(page)
    assert coming_back(back(page), *words.split()) == []


def test_nor_where_the_browser_keeps_pages_it_has_left(recalling: Callable[[], Page]) -> None:
    slot = published.everything()
    page = recalling()
    words = with_words(page, slot.pk)
    away(page)
    assert coming_back(back(page), *words.split()) == []


def test_nor_at_the_desk(site: Site) -> None:
    published.everything()
    page = site.phone("chiara")
    page.goto("/lavoro/attivita/")
    page.goto("/lavoro/porte/")
    away(page)
    shown = back(page)
    assert [word for word in ("Consulenze", "Cucito", "Elenco", "Mezz'ore") if any(word in said for said in shown)] == []


def test_who_only_goes_elsewhere_is_seen_to_leave_it_behind(site: Site) -> None:
    published.everything()
    page = site.phone()
    page.goto("/")
    page.context.route(f"{settings.EXIT_ADDRESS}**", elsewhere)
    page.goto(settings.EXIT_ADDRESS)
    assert "1522" in coming_back(back(page))


@pytest.mark.parametrize("kept", [True, False])
def test_the_two_words_do_not_come_back_with_back(kept: bool, site: Site, recalling: Callable[[], Page]) -> None:
    slot = published.everything()
    page = recalling() if kept else site.phone()
    words = with_words(page, slot.pk)
    page.get_by_role("link", name="Ho letto le due parole").click()
    page.get_by_role("heading", name="Dove trovarci").wait_for()
    assert [word for word in words.split() if any(word in shown for shown in back(page))] == []


def test_nor_with_back_and_then_forward(recalling: Callable[[], Page]) -> None:
    slot = published.everything()
    page = recalling()
    words = with_words(page, slot.pk)
    shown = []
    for move in (page.go_back, page.go_forward, page.go_back):
        move(wait_until="commit")
        shown.append(read(page))
    assert [word for word in words.split() if any(word in said for said in shown)] == []


def test_nor_without_scripts(recalling: Callable[..., Page]) -> None:
    slot = published.everything()
    page = recalling(java_script_enabled=False)
    words = with_words(page, slot.pk)
    shown = []
    for move in (page.go_back, page.go_forward, page.go_back):
        with contextlib.suppress(Error):
            move(wait_until="commit")
        shown.append(page.content())
    assert [word for word in words.split() if any(word in said for said in shown)] == []


def test_taking_a_half_hour_adds_no_place_in_history(site: Site) -> None:
    slot = published.everything()
    page = site.phone()
    page.goto(f"/orari/{slot.pk}/")
    before = page.evaluate("history.length")
    page.get_by_role("button", name="Prendo questa mezz'ora").click()
    page.locator(".number").wait_for()
    assert (page.evaluate("history.length"), page.evaluate("document.activeElement.id")) == (before, "contenuto")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_shift_and_the_session_are_dead(scripts: bool, site: Site, settings: Settings) -> None:
    settings.EXIT_ADDRESS = settings.EXIT_ADDRESS if scripts else f"{site.address}/static/cortile/casa.svg"
    page = site.phone("chiara", scripts=scripts)
    cookies = page.context.cookies()
    page.goto("/lavoro/porte/")
    assert keyring.sweep() == 1
    away(page)
    (key,) = [str(cookie.get("value")) for cookie in cookies if cookie.get("name") == settings.SESSION_COOKIE_NAME]
    until = time.monotonic() + COMES_WITHIN
    while SessionStore().exists(key) and time.monotonic() < until:
        pass
    assert (SessionStore().exists(key), keyring.sweep()) == (False, 0)


def test_it_works_with_the_network_cut(site: Site) -> None:
    page = site.phone()
    page.goto("/limiti/")
    page.context.set_offline(True)
    with page.expect_event("requestfailed", lambda request: request.url == settings.EXIT_ADDRESS):
        LEAVE["the button"](page)
    expect(page.get_by_text("1522")).to_have_count(0)


# --- what a browser keeps ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_pages_leave_nothing_in_a_browser(language: str, site: Site) -> None:
    slot = published.everything()
    page = site.phone()
    for address in (*published.PAGES, f"/orari/{slot.pk}/"):
        page.goto(f"{address}?lingua={language}")
        assert (page.title() in TITLES, page.evaluate(KEPT), page.context.cookies()) == (True, NOTHING, [])


def test_what_a_browser_keeps_is_noticed(site: Site) -> None:
    page = site.phone()
    page.goto("/")
    page.evaluate("localStorage.setItem('paura', '1'); document.cookie = 'donne=1'")
    assert len(shoulder.told([page.evaluate(KEPT)])) == 1
    assert shoulder.told([str(cookie["name"]) for cookie in page.context.cookies()]) == ["donne"]


@pytest.mark.parametrize("way", ["/", "/orari/", "/orari/disdici/", "/limiti/"])
def test_the_pages_take_one_place_in_history_between_them(way: str, site: Site) -> None:
    published.everything()
    page = site.phone()
    page.goto("/foglio/")
    before = page.evaluate("history.length")
    for link in ("Dove trovarci", "Orari liberi", "العربية", "English"):
        page.locator("footer").get_by_role("link", name=link).or_(page.locator(f'footer a[href^="{way}"]')).first.click()
        page.wait_for_load_state()
    assert page.evaluate("history.length") == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_says_nothing_of_itself(language: str, site: Site) -> None:
    published.everything()
    page = site.phone()
    page.goto(f"/foglio/?lingua={language}")
    sheet = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    facts = [str(value) for value in (sheet.metadata or {}).values()]
    assert (len(TITLES & {*facts}), shoulder.told(facts), len(sheet.pages)) == (1, [], 1)


def test_the_printed_sheet_says_where_and_whom_to_call_and_hides_the_buttons(site: Site) -> None:
    published.everything()
    page = site.phone()
    page.goto("/foglio/")
    said = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages[0].extract_text()
    assert [words for words in ("1522", "112", "Consulenze", "via dei Tigli 12") if words not in said] == []
    assert "ESCI" not in said


# --- on the glass ---


@pytest.mark.parametrize("language", ["it", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_glass(width: int, language: str, site: Site) -> None:
    slot = published.everything()
    page = site.phone(width=width)
    wide = []
    for address in (*published.PAGES, f"/orari/{slot.pk}/"):
        page.goto(f"{address}?lingua={language}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(address)
    assert wide == []


@pytest.mark.parametrize("address", ["/", "/orari/", "/attivita/", "/limiti/"])
def test_1522_stands_in_the_first_screen_and_the_way_out_stays_in_sight(address: str, site: Site) -> None:
    published.everything()
    page = site.phone()
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(address)
    call = page.locator('a[href="tel:1522"]').first.bounding_box()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    out = page.locator("header a").bounding_box()
    assert call is not None
    assert out is not None
    assert (call["y"] + call["height"] <= 640, call["height"] >= 44, out["y"] >= 0, out["height"] >= 44) == (True,) * 4
