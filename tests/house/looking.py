"""What can be seen of a page in a browser: read by axe, squeezed to a small phone, enlarged, spread out, tapped."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations", "incomplete"], "runOnly": {"type": "tag", "values": TAGS}}
INCOMPLETE = Path(__file__).with_name("incomplete.txt")
MATCHES = "([place, selector]) => !!document.querySelector(place)?.matches(selector)"
SMALL, PHONE, HEIGHT = 320, 360, 740
SMALLEST_TARGET = 44
UNFOLD = "() => document.querySelectorAll('details').forEach(d => { d.open = true })"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TEXT = "size => { document.documentElement.style.fontSize = size }"
# WCAG 1.4.12, as its test says; put in place of any earlier sheet, which the content policy lets a test do.
SPACING = """rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet] }"""
SPREAD = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}"
TARGETS = """least => [...document.querySelectorAll('.btn, button, .opt, .tabs a, .back, .doors a, .langs a, summary')]
    .map(e => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect()])
    .filter(([_, box]) => box.height && (box.height < least || box.width < least))
    .map(([words, box]) => `${words}: ${Math.round(box.width)} × ${Math.round(box.height)}`)"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one page showed in one language: everything empty or zero on a good one."""

    axe: list[str] = field(default_factory=list)
    unjudged: list[str] = field(default_factory=list)
    small: int = 0
    enlarged: int = 0
    spread: int = 0
    targets: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Judged:
    """Something axe leaves undecided that somebody looked at: a rule, and the places it was looked at in."""

    rule: str
    selector: str
    why: str


def judged() -> list[Judged]:
    """Read what was looked at."""
    lines = [line for line in INCOMPLETE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [Judged(*(part.strip() for part in line.split("|"))) for line in lines]


def violations(page: Page) -> list[str]:
    """Return what axe finds, with the first place of each."""
    return _named(Axe().run(page, options=OPTIONS).response["violations"])


def _named(found: list[dict[str, Any]]) -> list[str]:
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])})" for v in found]


def unjudged(page: Page, incomplete: list[dict[str, Any]]) -> list[str]:
    """Return what axe left undecided in places nobody looked at."""
    known = judged()
    return [
        f"{left['id']}: {node['html'][:160]}"
        for left in incomplete
        for node in left["nodes"]
        if not any(j.rule == left["id"] and page.evaluate(MATCHES, [node["target"][0], j.selector]) for j in known)
    ]


def look(page: Page, *, colours: bool = True) -> Seen:
    """Look at the page that is open, with everything unfolded; its colours once, since they are the same in every language."""
    page.evaluate(UNFOLD)
    found = Axe().run(page, options=OPTIONS if colours else OPTIONS | {"rules": {"color-contrast": {"enabled": False}}}).response
    axe, left = _named(found["violations"]), unjudged(page, found["incomplete"])
    small = _overflow(page, SMALL)
    targets = page.evaluate(TARGETS, SMALLEST_TARGET)
    page.evaluate(TEXT, "200%")
    enlarged = _overflow(page, PHONE)
    page.evaluate(TEXT, "")
    page.evaluate(SPACING, SPREAD)
    spread = _overflow(page, PHONE)
    page.evaluate(SPACING, "")
    return Seen(axe, left, small, enlarged, spread, targets)


def _overflow(page: Page, width: int) -> int:
    """Return by how many pixels a page is wider than a screen."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    return int(page.evaluate(OVERFLOW))
