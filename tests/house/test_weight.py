"""What a page of tenants weighs the first time and again (product §7 D1): bytes and requests, never seconds."""

from __future__ import annotations

import gzip
import random
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Response

from tests import cast
from tests.browser import Site

pytestmark = pytest.mark.browser

FIRST, AGAIN, SCRIPTS, REQUESTS = 60_000, 15_000, 15_000, 6
PAGES = ("/casa/", "/casa/aiuto/", "/casa/messaggi/", "/casa/io/", "/casa/richieste/{number}/")


@dataclass(frozen=True, slots=True)
class View:
    """What one view of a page loaded, compressed as a server sends it."""

    weight: int
    scripts: int
    requests: int


def view(page: Page, address: str) -> View:
    """Open an address and weigh what came over the network; what the browser kept weighs nothing."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- Playwright marks the function it is given
    page.goto(address, wait_until="load")
    page.wait_for_load_state("networkidle")
    fresh = [a for a in answers if not a.request.is_navigation_request() or a.ok]
    weights = {a.url: len(gzip.compress(a.body())) for a in fresh if a.ok and not a.from_service_worker and not _kept(page, a)}
    scripts = sum(weight for url, weight in weights.items() if url.endswith(".js"))
    return View(sum(weights.values()), scripts, len(weights))


def _kept(page: Page, answer: Response) -> bool:
    """Tell whether a browser took something from what it keeps, by its own account of what came over the network."""
    words = "url => { const e = performance.getEntriesByName(url)[0]; return !!e && e.transferSize === 0 }"
    return bool(page.evaluate(words, answer.url))


@pytest.mark.parametrize("language", ["it", "ar"])
@pytest.mark.parametrize("address", PAGES)
def test_the_first_view_is_light_and_the_second_lighter(site: Site, address: str, language: str) -> None:
    number = cast.open_request("adele").number
    page = site.phone("adele")
    page.context.add_cookies([{"name": "lingua", "value": language, "url": site.address}])
    first = view(page, address.format(number=number))
    assert (first.weight <= FIRST, first.scripts <= SCRIPTS, first.requests <= REQUESTS) == (True, True, True), first
    again = view(page, address.format(number=number))
    assert again.weight <= AGAIN, again


def test_a_heavy_page_is_noticed(site: Site) -> None:
    page = site.phone("adele")
    heavy = random.Random(7).randbytes(100_000).hex()  # noqa: S311 -- noise that no compression makes light
    page.route("**/heavy.js", lambda route: route.fulfill(body=f"/*{heavy}*/", content_type="text/javascript"))
    page.route("**/casa/", lambda route: route.fulfill(body="<script src=/heavy.js></script>", content_type="text/html"))
    found = view(page, "/casa/")
    assert (found.weight > FIRST, found.scripts > SCRIPTS, found.requests) == (True, True, 2)
