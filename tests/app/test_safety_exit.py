"""«Esci subito» in a real browser: blank before any request leaves, nothing behind, and the session dead."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from cortile.kit.sessions import SessionStore
from tests import cast
from tests.app.test_device import READY, stored, switched_on
from tests.browser import CHROMIUM, ITALY, Site
from tests.house.source import SOURCE
from tests.leaving import AWAY, BLANK, LEAVE, away, elsewhere, spied

pytestmark = pytest.mark.browser

# Seconds, at most, from the tap to the server.
COMES_WITHIN = 10
SHELL = "/casa/senza-rete/aler-milano/it/"
SCRIPT = SOURCE / "kit" / "static" / "cortile" / "exit.js"
MARK = '    document.cookie = "sessione=no; path=/; max-age=1800; samesite=strict";\n'
GONE = "async () => !(await navigator.serviceWorker.getRegistrations()).length && !(await caches.keys()).length"


leaves = pytest.mark.parametrize("how", LEAVE)


def read(page: Page) -> None:
    """Come to the page by the link at the foot of any other, through the page before it."""
    page.get_by_role("link", name="Informazioni utili").click()
    page.get_by_role("link", name="Continua").click()
    page.wait_for_url("**/info/leggi/")


@leaves
@pytest.mark.parametrize("address", ["/info/", "/info/leggi/"])
def test_the_page_is_blank_before_any_request_leaves(how: str, address: str, site: Site) -> None:
    page = site.phone("adele")
    seen = spied(page)
    page.goto(address)
    away(page, how)
    assert seen == [("sendBeacon", ""), ("navigate", "")]


def test_a_page_emptied_too_late_is_noticed(site: Site) -> None:
    page = site.phone("adele")
    seen, script = spied(page), SCRIPT.read_text()
    assert (script.count(BLANK), script.count(AWAY)) == (1, 1)
    late = script.replace(BLANK, "").replace(AWAY, AWAY + BLANK)
    page.route("**/exit.js", lambda route: route.fulfill(body=late, content_type="text/javascript"))
    page.goto("/info/leggi/")
    away(page)
    assert ["1522" in shows for _what, shows in seen] == [True, True]


def test_the_glass_is_white_while_the_other_site_has_not_answered(site: Site) -> None:
    page = site.phone("adele")
    page.goto("/info/leggi/")
    assert coloured(page)
    # An answer without content leaves the page where it is.
    page.route(f"{settings.EXIT_ADDRESS}**", lambda route: route.fulfill(status=204))
    with page.expect_response(settings.EXIT_ADDRESS):
        LEAVE["the button"](page)
    assert not coloured(page)


def coloured(page: Page) -> bool:
    """Tell whether anything but white is on the glass."""
    glass = Image.open(io.BytesIO(page.screenshot())).convert("L")
    return bool(glass.getextrema() != (255, 255))


def test_two_presses_of_shift_do_not_leave_nor_three_among_letters(site: Site) -> None:
    page = site.phone()
    page.goto("/info/")
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)
    assert (page.url.endswith("/info/"), "1522" in page.content()) == (True, True)


# --- what is left ---


@pytest.fixture
def recalling(site: Site) -> Iterator[Callable[[], Page]]:
    """Give a phone whose browser keeps the pages it has left, as people's do: the other tests' is told not to."""
    assert isinstance(site.context.browser, Browser)
    browser = site.context.browser.browser_type.launch(
        executable_path=str(CHROMIUM), args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
    )

    def phone() -> Page:
        context = browser.new_context(base_url=site.address, service_workers="block", **ITALY)
        site.sign_in(context, "adele")
        return context.new_page()

    yield phone
    browser.close()


def back(page: Page) -> list[str]:
    """Go back ten times and return what each page showed."""
    shown = []
    for _ in range(10):
        page.go_back()
        shown.append(page.title() + page.inner_text("body"))
    return shown


def visited(page: Page) -> str:
    """Look at her request and at herself, and return the number nobody else may read."""
    number = str(cast.open_request("adele").number)
    for address in ("/casa/", f"/casa/richieste/{number}/", "/casa/io/"):
        page.goto(address)
    return number


def telling(shown: list[str], number: str) -> list[str]:
    """Return the words of hers, and of the page about safety, that can be read somewhere."""
    return [word for word in (number, "Adele", "Ascensore", "1522", "ESCI SUBITO") if any(word in page for page in shown)]


def test_ten_times_back_shows_nothing(site: Site) -> None:
    page = site.phone("adele")
    number = visited(page)
    read(page)
    away(page)
    assert telling(back(page), number) == []


def test_nor_where_the_browser_keeps_pages_it_has_left(recalling: Callable[[], Page]) -> None:
    page = recalling()
    number = visited(page)
    read(page)
    away(page)
    assert telling(back(page), number) == []


def unheard(page: Page, script: str) -> None:
    """Have the page's script be this one, and the beacon never come."""
    page.route("**/exit.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.context.route("**/info/esci/", lambda route: route.abort())


def test_nor_where_the_server_has_not_heard(recalling: Callable[[], Page]) -> None:
    page = recalling()
    number = visited(page)
    unheard(page, SCRIPT.read_text())
    read(page)
    away(page)
    assert telling(back(page), number) == []


def test_a_beacon_alone_is_seen_to_come_too_late(recalling: Callable[[], Page]) -> None:
    page = recalling()
    number, script = visited(page), SCRIPT.read_text()
    unheard(page, script.replace(MARK, ""))
    read(page)
    away(page)
    assert (script.count(MARK), telling(back(page), number)) == (1, [number, "Adele", "Ascensore"])


def test_who_only_goes_elsewhere_is_seen_to_leave_it_all_behind(site: Site) -> None:
    page = site.phone("adele")
    number = visited(page)
    page.goto("/info/")
    page.context.route(f"{settings.EXIT_ADDRESS}**", elsewhere)
    page.goto(settings.EXIT_ADDRESS)
    assert telling(back(page), number) == [number, "Adele", "Ascensore", "1522", "ESCI SUBITO"]


@pytest.mark.parametrize("who", ["adele", "marta"])
@pytest.mark.parametrize("scripts", [True, False])
def test_the_session_is_dead(who: str, scripts: bool, site: Site, settings: Settings) -> None:
    # A browser follows where the server leads without asking the test.
    settings.EXIT_ADDRESS = settings.EXIT_ADDRESS if scripts else f"{site.address}/static/cortile/casa.svg"
    page = site.phone(who, scripts=scripts)
    cookies = page.context.cookies()
    page.goto("/info/leggi/")
    away(page)
    (key,) = [str(cookie.get("value")) for cookie in cookies if cookie.get("name") == settings.SESSION_COOKIE_NAME]
    # The beacon travels while the other site opens: it is the server that says when it has come.
    until = time.monotonic() + COMES_WITHIN
    while SessionStore().exists(key) and time.monotonic() < until:
        pass
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what it gave
    page.goto("/casa/io/" if who == "adele" else "/scrivania/")
    assert ("/entra/" in page.url or "/login/" in page.url) is True


def test_nothing_stays_in_the_browser(site: Site) -> None:
    cast.open_request("adele")
    page = site.phone("adele", worker=True)
    switched_on(page)
    page.evaluate(READY)
    page.evaluate("sessionStorage.setItem('bozza:x', 'parole')")
    assert stored(page)["kept"].keys() >= {SHELL}
    read(page)
    away(page)
    page.goto(SHELL)
    page.wait_for_function(GONE)
    assert stored(page) == {"local": {}, "session": {}, "kept": {}, "databases": []}


def test_it_works_with_the_network_cut(site: Site) -> None:
    page = site.phone("adele")
    page.goto("/info/leggi/")
    page.context.set_offline(True)
    with page.expect_event("requestfailed", lambda request: request.url == settings.EXIT_ADDRESS):
        LEAVE["the button"](page)
    expect(page.get_by_text("1522")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_other_doors_open_without_a_word_of_where_from(scripts: bool, site: Site, settings: Settings) -> None:
    settings.LANE_ADDRESS = "http://altrove.invalid/"
    page = site.phone("adele", scripts=scripts)
    page.context.route(f"{settings.LANE_ADDRESS}**", elsewhere)
    page.goto("/info/leggi/")
    with page.expect_request(settings.LANE_ADDRESS) as asked:
        page.get_by_role("link", name="Altre porte vicino a te").click()
    page.wait_for_url(settings.LANE_ADDRESS)
    assert {"referer", "cookie"} & set(asked.value.all_headers()) == set()
