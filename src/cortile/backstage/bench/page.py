"""``bench page``: the weight of a first view, and when its main part stands on a slow phone (Chromium, emulated 3G)."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from typing import Any

from cortile.backstage import browsing
from cortile.backstage.bench import database
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.server import HOST, serving
from cortile.backstage.browsing import Visit

Say = Callable[[str], None]
# Whatever request the home shows first.
REQUEST = "a[href*='/richieste/']"
PAGES = (
    ("tenant home", Visit("adele", "/casa/"), "it"),
    ("tenant home in Arabic", Visit("samira", "/casa/"), "ar"),
    ("tenant request", Visit("adele", REQUEST), "it"),
    ("tenant request in Arabic", Visit("adele", REQUEST), "ar"),
    ("ask for help", Visit("adele", "/casa/aiuto/"), "it"),
    ("ask for help in Arabic", Visit("samira", "/casa/aiuto/"), "ar"),
    ("useful information", Visit("", "/info/"), "it"),
    ("today", Visit("marta", "/scrivania/"), "it"),
    ("record contact", Visit("marta", "/scrivania/contatto/"), "it"),
)
# The slow 3G of the issue: 400 kbit/s, 2 s of latency, a processor four times slower than this one.
SLOW = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PHONE = {"width": 360, "height": 640}
SLOWER = 4
KEPT = "url => { const e = performance.getEntriesByName(url)[0]; return !!e && e.transferSize === 0 }"
LCP = """() => new Promise(done => {
  let last = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) last = e.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  setTimeout(() => done(last), 500);
})"""


def measure(say: Say) -> Iterator[Figure]:
    """Measure first views in the small world, and what a second one still loads."""
    made = database.stands() if database.remembered() else database.fresh()
    with serving(made.env) as port, browsing.browser() as chromium:
        for name, visit, language in PAGES:
            say(f"{name}…")
            weight, again, seconds = _first_view(chromium, f"http://{HOST}:{port}", visit, language)
            yield Figure(name, weight, "bytes")
            yield Figure(f"{name} again", again, "bytes")
            yield Figure(f"{name} LCP", seconds, "s")


def _first_view(chromium: Any, address: str, visit: Visit, language: str) -> tuple[int, int, float]:  # noqa: ANN401 -- Playwright is of the tests only
    """Return the compressed bytes a first view loads and a second one, and the first's largest contentful paint in seconds."""
    # Whoever comes for the first time has no worker yet; and the slow network is emulated on the page, not behind a worker.
    context = chromium.new_context(viewport=PHONE, base_url=address, service_workers="block")
    browsing.enter(context, visit.persona)
    context.add_cookies([{"name": "lingua", "value": language, "url": address}])
    page = context.new_page()
    path = _path(page, visit.path)
    talk = context.new_cdp_session(page)
    talk.send("Network.enable")
    talk.send("Network.clearBrowserCache")
    talk.send("Network.emulateNetworkConditions", SLOW)
    talk.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    weight = _weight(page, path)
    painted = float(page.evaluate(LCP)) / 1000
    again = _weight(page, path)
    context.close()
    return weight, again, painted


def _path(page: Any, path: str) -> str:  # noqa: ANN401 -- as above
    """Return an address, or the one that something on the tenants' home leads to."""
    if path.startswith("/"):
        return path
    page.goto("/casa/")
    return str(page.locator(path).first.get_attribute("href"))


def _weight(page: Any, path: str) -> int:  # noqa: ANN401 -- as above
    """Open an address and return the compressed bytes of what came over the network, nothing of what the browser kept."""
    answers: list[Any] = []
    keep = lambda answer: answers.append(answer)  # noqa: E731, PLW0108 -- Playwright marks the function it is given
    page.on("response", keep)
    page.goto(path, wait_until="load", timeout=60_000)
    fresh = [answer for answer in answers if answer.status == 200 and not page.evaluate(KEPT, answer.url)]  # noqa: PLR2004 -- what came with a body
    page.remove_listener("response", keep)
    return sum(len(gzip.compress(bytes(answer.body()))) for answer in fresh)
