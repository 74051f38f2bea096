"""The desk in a real browser: how little is typed, and what is left on the glass when somebody goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from cortile.haven.actions import records
from tests import glass
from tests_haven import cast
from tests_haven.browser import Site

pytestmark = pytest.mark.browser

HERS = ("girasole", "333 000 1111", "colloquio")
COUNT = """() => {
    document.addEventListener("click", event => { if (event.isTrusted) { window.tapped(); } }, true);
    document.addEventListener("keydown", () => window.keyed(), true);
}"""


def written() -> str:
    """Write a record of hers and return its address."""
    shift, chiara = cast.shift("chiara"), cast.at_work("chiara")
    record = records.open_record(shift, HERS[0], by=chiara, contact={"how": "phone", "where": HERS[1], "when": "", "never": ""})
    step = {"kind": "step", "step": "work", "text": HERS[2], "on": "2026-03-20", "done": False}
    records.write(shift, record, step, by=chiara)
    return f"/lavoro/{record.pk}/"


def back(page: Page) -> str:
    """Go back ten times and return all that was shown."""
    shown = []
    for _ in range(10):
        page.go_back()
        shown.append(page.title() + page.inner_text("body"))
    return "".join(shown)


def telling(shown: str) -> list[str]:
    """Return which of her words can be read."""
    return [word for word in HERS if word in shown]


def worked(page: Page) -> None:
    """Look at her record and at two more pages."""
    address = written()
    for path in ("/lavoro/", address, "/lavoro/agenda/"):
        page.goto(path)
    page.goto(address)
    assert telling(page.inner_text("body")) == list(HERS)


def test_a_record_takes_one_field_and_two_taps(site: Site) -> None:
    page, taps, keys = site.phone("chiara"), [], []
    page.expose_binding("tapped", lambda _source: taps.append(1))
    page.expose_binding("keyed", lambda _source: keys.append(1))
    page.add_init_script(f"({COUNT})()")
    page.goto("/lavoro/")
    page.get_by_role("link", name="Nuova").first.click()
    expect(page.get_by_label("Il codice")).to_be_focused()
    page.keyboard.type("luna")
    page.get_by_role("button", name="Apri").click()
    expect(page.get_by_role("heading", name="luna")).to_be_visible()
    assert (len(taps), len(keys)) == (2, 4)


@pytest.mark.parametrize("scripts", [True, False])
def test_ten_times_back_after_closing_shows_nothing_of_hers(scripts: bool, site: Site) -> None:
    page = site.phone("chiara", scripts=scripts)
    worked(page)
    page.get_by_role("button", name="Chiudi il turno").click()
    expect(page.get_by_text("Il turno è chiuso")).to_be_visible()
    assert telling(back(page)) == []


@pytest.fixture
def recalling(site: Site) -> Iterator[Callable[[bool], Page]]:
    """Give a phone whose browser keeps the pages it has left, as people's do: the other tests' is told not to."""
    assert isinstance(site.browser, Browser)
    browser = site.browser.browser_type.launch(
        executable_path=str(glass.CHROMIUM), args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
    )
    yield lambda scripts: replace(site, browser=browser).phone("chiara", scripts=scripts)
    browser.close()


def test_nor_does_the_red_button_leave_anything(recalling: Callable[[bool], Page]) -> None:
    page = recalling(True)
    worked(page)
    page.context.route(f"{settings.EXIT_ADDRESS}**", lambda route: route.fulfill(body="<h1>Altro</h1>", content_type="text/html"))
    page.locator("header [data-exit]").click(no_wait_after=True)
    page.wait_for_url(settings.EXIT_ADDRESS)
    assert telling(back(page)) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_nor_where_the_browser_keeps_pages_it_has_left(scripts: bool, recalling: Callable[[bool], Page]) -> None:
    page = recalling(scripts)
    worked(page)
    page.get_by_role("button", name="Chiudi il turno").click()
    expect(page.get_by_text("Il turno è chiuso")).to_be_visible()
    assert telling(back(page)) == []


def test_who_only_goes_elsewhere_is_seen_to_leave_it_behind(site: Site) -> None:
    page = site.phone("chiara")
    worked(page)
    page.goto("/lavoro/entra/")
    assert telling(back(page)) == list(HERS)


def test_at_rest_the_glass_is_blank_and_the_desk_is_shut(site: Site) -> None:
    page = site.phone("chiara")
    page.clock.install()
    worked(page)
    site.wall.instant += timedelta(minutes=2)
    page.clock.run_for(126_000)
    page.wait_for_url("**/lavoro/entra/")
    page.goto("/lavoro/")
    assert ("Apri il turno" in page.inner_text("body"), telling(page.inner_text("body"))) == (True, [])


def test_a_page_touched_stays_and_the_server_hears_of_it(site: Site) -> None:
    page = site.phone("chiara")
    page.clock.install()
    worked(page)
    page.clock.run_for(90_000)
    with page.expect_request(lambda request: request.method == "HEAD") as told:
        page.keyboard.press("a")
    page.clock.run_for(90_000)
    assert told.value.url.endswith("/lavoro/entra/")
    assert telling(page.inner_text("body")) == list(HERS)
