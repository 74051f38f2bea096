"""What every page must be, whoever draws it: a list of what is wrong with one."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from django.http import HttpResponse

RIGHT_TO_LEFT = "ar"
# What a script reads is no script.
DATA = "application/json"
# The one title that names nobody, not even whose page it is (R098).
NEUTRAL = "Informazioni utili"


def markup_faults(html: str) -> Iterator[str]:
    """Yield what would break under the content policy, or shows that a template was not drawn."""
    soup = BeautifulSoup(html, "html.parser")
    if "{{" in html or "{%" in html:
        yield "template marks"
    if any(not tag.get("src") and tag.get("type") != DATA for tag in soup("script")):
        yield "inline script"
    for tag in soup(True):
        yield from (f"{name} on {tag.name}" for name in tag.attrs if name == "style" or name.startswith("on"))
        if str(tag.get("href", "")).startswith("javascript:"):
            yield "script in an address"
    forms = [f for f in soup("form") if str(f.get("method", "")).lower() == "post"]
    yield from ("form without token" for form in forms if not form.find("input", {"name": "csrfmiddlewaretoken"}))


def frame_faults(html: str, language: str) -> Iterator[str]:
    """Yield what a whole page lacks: its language, its one heading, its title."""
    soup = BeautifulSoup(html, "html.parser")
    direction = "rtl" if language == RIGHT_TO_LEFT else "ltr"
    if soup.html is None or (soup.html.get("lang"), soup.html.get("dir")) != (language, direction):
        yield "language"
    if len(soup("h1")) != 1 or not soup("h1")[0].get_text(strip=True):
        yield "one heading"
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    if title != NEUTRAL and not re.match(r"\S.* – \S", title):
        yield f"title «{title}»"


def policy_faults(response: HttpResponse) -> Iterator[str]:
    """Yield what the content policy of a page lets through that it must not."""
    said = dict(part.split(" ", 1) for part in response.get("Content-Security-Policy", "").split("; ") if " " in part)
    if said.get("default-src") != "'none'" or said.get("script-src") != "'self'":
        yield "open policy"
    yield from (f"{name}: {words}" for name, words in said.items() if "unsafe" in words or "*" in words or "http" in words)
    for sheet in BeautifulSoup(response.content, "html.parser")("style"):
        digest = base64.b64encode(hashlib.sha256(sheet.get_text().encode()).digest()).decode()
        if f"'sha256-{digest}'" not in said.get("style-src", ""):
            yield "style without its hash"
