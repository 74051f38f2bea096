"""«Esci subito» as a hand does it, and what each request of a page saw of it: for the house's pages and the lane's."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from playwright.sync_api import Page, Route

BLANK = '    document.documentElement.textContent = "";\n'
AWAY = "    location.replace(away);\n"
# Whatever can make a request says first what the page shows at that instant, its title too.
SPY = """() => {
    const shows = () => (document.body ? document.body.innerText : "") + document.title;
    const spied = (thing, name) => {
        const real = thing[name];
        thing[name] = function (...said) { window.told(name, shows()); return real.apply(this, said); };
    };
    spied(Navigator.prototype, "sendBeacon");
    spied(window, "fetch");
    spied(XMLHttpRequest.prototype, "send");
    navigation.addEventListener("navigate", () => window.told("navigate", shows()));
}"""


def pressed(page: Page, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


LEAVE: dict[str, Callable[[Page], None]] = {
    "the button": lambda page: page.locator("header [data-exit]").click(no_wait_after=True),
    "the one at the end": lambda page: page.locator("footer [data-exit]").click(no_wait_after=True),
    "Shift, three times": lambda page: pressed(page, "Shift", "Shift", "Shift"),
    "the keyboard": lambda page: pressed(page, "Tab", "Enter"),
}


def elsewhere(route: Route) -> None:
    """Answer for the other site: the test has no network."""
    route.fulfill(body="<title>Altro</title><h1>Altro</h1>", content_type="text/html")


def spied(page: Page) -> list[tuple[str, str]]:
    """Return the list that every request of a page writes itself in, with what the page showed then."""
    seen: list[tuple[str, str]] = []
    page.expose_binding("told", lambda _source, what, shows: seen.append((what, shows)))
    page.add_init_script(f"({SPY})()")
    return seen


def away(page: Page, how: str = "the button") -> None:
    """Leave, and wait for the other site."""
    page.context.route(f"{settings.EXIT_ADDRESS}**", elsewhere)
    LEAVE[how](page)
    page.wait_for_url(settings.EXIT_ADDRESS)
