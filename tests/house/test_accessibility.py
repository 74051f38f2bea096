"""Every page, Italian and Arabic, in a real browser: axe, a 320 px screen, text twice as large, WCAG's spacing, targets."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext

from cortile.backstage.routes import LIBRARY, Route
from cortile.kit import clock
from tests import cast
from tests.backstage.visits import Visits
from tests.browser import Site, serve
from tests.house.looking import Seen, judged, look, unjudged, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LANGUAGES = ("it", "ar")
# What is no page of its own: papers, photos, tables, a part of a page.
NO_PAGE = re.compile(r"\.pdf$|\.webmanifest$|\.csv$|/file/|/contatto/chi/|/recovery-codes/download/")
HTML = "text/html"  # what a machine asks for has no headings and no colours
# Forms sent empty, so that the page comes back with what is to be mended.
SENT_EMPTY = ("app:ask", "app:sign_in", "workspace:register_person", "workspace:record_contact", "workspace:imports")

Found = dict[str, Seen]


@pytest.fixture(autouse=True)
def _alone(small_world: None) -> None:
    """Walk in the world instead of among the cast."""


@pytest.fixture(scope="module")
def house(chromium: Browser, small_world: None) -> Iterator[tuple[Site, Visits]]:
    """Serve the small world, with everybody who shows its pages."""
    with clock.frozen(cast.NOW), serve(chromium, cast.NOW) as site:
        yield site, Visits()


def come_in(site: Site, visits: Visits, shown_by: str, language: str) -> BrowserContext:
    """Open a browser as somebody, in a language."""
    browser = site.context.browser
    assert browser is not None
    context = browser.new_context(base_url=site.address, reduced_motion="reduce")
    cookies = {"lingua": language}
    if shown_by:
        cookies[settings.SESSION_COOKIE_NAME] = visits.client(shown_by).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in cookies.items()])
    return context


def of(visits: Visits, shown_by: str) -> list[Route]:
    """Return the pages somebody shows, each address once."""
    pages = {r.sample: r for r in visits.pages if r.shown_by == shown_by and not NO_PAGE.search(r.sample)}
    return list(pages.values())


@pytest.fixture(scope="module")
def seen(house: tuple[Site, Visits]) -> Found:
    """Look at every page once in each language."""
    site, visits = house
    found: Found = {}
    for shown_by in sorted({r.shown_by for r in visits.pages}):
        for language in LANGUAGES:
            context = come_in(site, visits, shown_by, language)
            page = context.new_page()
            for route in of(visits, shown_by):
                answer = page.goto(route.sample)
                if answer is not None and (answer.ok or route.policy != LIBRARY) and HTML in answer.headers["content-type"]:
                    found[f"{language} {shown_by} {page.url.removeprefix(site.address)}"] = look(
                        page, colours=language == LANGUAGES[0]
                    )
            context.close()
    return found


@pytest.fixture(scope="module")
def mended(house: tuple[Site, Visits]) -> Found:
    """Look at the pages that come back with something to mend."""
    site, visits = house
    found: Found = {}
    for route in [r for r in visits.ours if r.name in SENT_EMPTY]:
        for language in LANGUAGES:
            context = come_in(site, visits, route.shown_by, language)
            page = context.new_page()
            page.goto(route.sample)
            page.locator("main form[method=post] button").last.click()
            page.locator("#errori").wait_for()
            found[f"{language} {route.name}"] = look(page)
            context.close()
    return found


def test_axe_finds_nothing(seen: Found) -> None:
    assert {page: s.axe for page, s in seen.items() if s.axe} == {}
    assert len(seen) > 100


def test_what_axe_cannot_decide_was_looked_at(seen: Found) -> None:
    assert {page: s.unjudged for page, s in seen.items() if s.unjudged} == {}
    assert all(j.rule and j.selector and j.why for j in judged())


def test_nothing_is_wider_than_a_small_phone(seen: Found) -> None:
    assert {page: s.small for page, s in seen.items() if s.small} == {}


def test_nothing_is_wider_than_a_phone_with_text_twice_as_large(seen: Found) -> None:
    assert {page: s.enlarged for page, s in seen.items() if s.enlarged} == {}


def test_nothing_is_wider_than_a_phone_with_text_spread_out(seen: Found) -> None:
    assert {page: s.spread for page, s in seen.items() if s.spread} == {}


def test_what_is_tapped_is_as_large_as_a_finger(seen: Found) -> None:
    assert {page: s.targets for page, s in seen.items() if s.targets} == {}


def test_a_page_with_something_to_mend_is_as_good(mended: Found) -> None:
    assert {page: s for page, s in mended.items() if s != Seen()} == {}
    assert len(mended) == len(SENT_EMPTY) * len(LANGUAGES)


def test_a_bad_page_is_noticed(house: tuple[Site, Visits]) -> None:
    page = house[0].context.new_page()
    page.goto("/privacy/")
    page.evaluate("() => { document.querySelector('h1').outerHTML = '<img src=x><button></button><p class=wide>…</p>' }")
    page.evaluate("() => { document.querySelector('.wide').style.inlineSize = '500px' }")
    page.evaluate("() => { document.querySelector('main button').style.minBlockSize = '10px' }")
    bad = look(page)
    assert {"image-alt", "button-name"} <= {found.split(":")[0] for found in violations(page)}
    assert (bad.small, bad.enlarged, bad.spread) > (0, 0, 0)
    assert bad.targets


def test_something_undecided_that_nobody_looked_at_is_noticed(house: tuple[Site, Visits]) -> None:
    page = house[0].context.new_page()
    page.goto("/privacy/")
    left = {"id": "color-contrast", "nodes": [{"html": "<h1>", "target": ["h1"]}]}
    assert unjudged(page, [left]) == ["color-contrast: <h1>"]
