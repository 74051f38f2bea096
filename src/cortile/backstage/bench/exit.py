"""``bench exit``: how long after a tap, or the third Shift, nothing of the page is left on the glass (Chromium, a slow phone)."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings

from cortile.backstage import browsing
from cortile.backstage.bench import database
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.page import PHONE, SLOWER
from cortile.backstage.bench.server import HOST, serving

Say = Callable[[str], None]
TURNS = 7
# The first frame after the one in which the page was emptied has been drawn without it.
WATCH = """() => {
  window.blank = new Promise(done => {
    const drawn = from => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)));
    addEventListener("click", event => drawn(event.timeStamp), true);
    let presses = 0;
    addEventListener("keydown", event => { if (++presses === 3) { drawn(event.timeStamp); } }, true);
  });
}"""
WAYS: dict[str, Callable[[Any], object]] = {
    "blank after a tap": lambda page: page.locator("[data-exit]").first.click(no_wait_after=True),
    "blank after Shift": lambda page: [page.keyboard.press("Shift") for _ in range(3)],
}


def measure(say: Say) -> Iterator[Figure]:
    """Leave several times each way and yield the median."""
    made = database.stands() if database.remembered() else database.fresh()
    with serving(made.env) as port, browsing.browser() as chromium:
        for name, leave in WAYS.items():
            say(f"{name}…")
            yield Figure(name, statistics.median(_once(chromium, f"http://{HOST}:{port}", leave) for _ in range(TURNS)), "ms")


def _once(chromium: Any, address: str, leave: Callable[[Any], object]) -> float:  # noqa: ANN401 -- Playwright is of the tests only
    """Return the milliseconds from the hand to the first frame without the page."""
    context = chromium.new_context(viewport=PHONE, base_url=address)
    page = context.new_page()
    # An answer without content leaves the emptied page where it is, to be looked at.
    page.route(f"{settings.EXIT_ADDRESS}**", lambda route: route.fulfill(status=204))
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto("/info/leggi/")
    page.evaluate(WATCH)
    leave(page)
    took = float(page.evaluate("() => window.blank"))
    context.close()
    return took
