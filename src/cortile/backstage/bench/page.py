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
PAGES = (
    ("tenant home", Visit("adele", "/casa/")),
    ("ask for help", Visit("adele", "/casa/aiuto/")),
    ("today", Visit("marta", "/scrivania/")),
    ("record contact", Visit("marta", "/scrivania/contatto/")),
)
# The slow 3G of the issue: 400 kbit/s, 2 s of latency, a processor four times slower than this one.
SLOW = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PHONE = {"width": 360, "height": 640}
SLOWER = 4
LCP = """() => new Promise(done => {
  let last = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) last = e.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  setTimeout(() => done(last), 500);
})"""


def measure(say: Say) -> Iterator[Figure]:
    """Measure four first views in the small world."""
    made = database.stands() if database.remembered() else database.fresh()
    with serving(made.env) as port, browsing.browser() as chromium:
        for name, visit in PAGES:
            say(f"{name}…")
            weight, seconds = _first_view(chromium, f"http://{HOST}:{port}", visit)
            yield Figure(name, weight, "bytes")
            yield Figure(f"{name} LCP", seconds, "s")


def _first_view(chromium: Any, address: str, visit: Visit) -> tuple[int, float]:  # noqa: ANN401 -- Playwright is of the tests only
    """Return the compressed bytes of everything a first view loads, and its largest contentful paint in seconds."""
    context = chromium.new_context(viewport=PHONE, base_url=address)
    browsing.enter(context, visit.persona)
    page = context.new_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- Playwright marks the function it is given
    talk = context.new_cdp_session(page)
    talk.send("Network.enable")
    talk.send("Network.setCacheDisabled", {"cacheDisabled": True})
    talk.send("Network.emulateNetworkConditions", SLOW)
    talk.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(visit.path, wait_until="load", timeout=60_000)
    painted = float(page.evaluate(LCP)) / 1000
    weight = sum(len(gzip.compress(_body(answer))) for answer in answers)
    context.close()
    return weight, painted


def _body(answer: Any) -> bytes:  # noqa: ANN401 -- as above
    return bytes(answer.body()) if answer.status == 200 else b""  # noqa: PLR2004 -- what came with a body
