"""Pictures of the main screens, phone and desk, Italian and Arabic, small enough to stand in a repository."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from cortile.backstage import browsing, routes
from cortile.backstage.browsing import Visit

PHONE, DESK = 360, 1280
HEIGHTS = {PHONE: 720, DESK: 900}
TALLEST = {PHONE: 1500, DESK: 1400}
HEAVIEST = 150_000
COLOURS = (128, 64, 32, 16)
LANGUAGES = ("it", "ar")
BODY = "aler-milano"


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen to show: its file's name, who opens what, in which languages and how wide."""

    name: str
    visit: Visit
    languages: tuple[str, ...]
    widths: tuple[int, ...]


def planned() -> list[Picture]:
    """Return the pictures, with the addresses of this world."""
    found = {route.name: route.sample for route in routes.every()}
    both, phone, desk = (PHONE, DESK), (PHONE,), (DESK,)
    return [
        Picture("entry", Visit("", "/"), ("it",), both),
        Picture("home", Visit("adele", found["app:home"]), ("it",), both),
        Picture("home", Visit("samira", found["app:home"]), ("ar",), phone),
        Picture("ask", Visit("samira", found["app:ask"]), LANGUAGES, phone),
        Picture("request", Visit("adele", found["app:thread"]), ("it",), both),
        Picture("request", Visit("adele", found["app:thread"]), ("ar",), phone),
        Picture("messages", Visit("samira", found["app:messages"]), LANGUAGES, phone),
        Picture("me", Visit("adele", found["app:me"]), ("it",), phone),
        Picture("today", Visit("marta", found["workspace:today"]), ("it",), both),
        Picture("contact", Visit("marta", found["workspace:record_contact"]), ("it",), both),
        Picture("person", Visit("marta", found["workspace:person"]), ("it",), desk),
        Picture("thread", Visit("marta", found["workspace:thread"]), ("it",), both),
        Picture("office", Visit("ufficio", found["workspace:office_queue"]), ("it",), desk),
        Picture("month", Visit("roberto", f"{found['workspace:month']}?ente={BODY}"), ("it",), desk),
        Picture("import", Visit("anna", found["workspace:imports"]), ("it",), desk),
        Picture("gallery", Visit("", found["backstage:gallery"]), ("ar",), desk),
    ]


def take(address: str, folder: Path) -> Iterator[Path]:
    """Take every picture from the server at an address and yield the files."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = planned()
    with browsing.browser() as chromium:
        for picture in wanted:
            for language in picture.languages:
                for width in picture.widths:
                    path = folder / f"{picture.name}-{language}-{width}.png"
                    path.write_bytes(_optimised(_shot(chromium, address, picture.visit, language, width)))
                    yield path


def _shot(chromium: Any, address: str, visit: Visit, language: str, width: int) -> bytes:  # noqa: ANN401 -- Playwright is of the tests only
    context = chromium.new_context(viewport={"width": width, "height": HEIGHTS[width]}, base_url=address, reduced_motion="reduce")
    browsing.enter(context, visit.persona)
    page = context.new_page()
    page.goto(f"{visit.path}{'&' if '?' in visit.path else '?'}lingua={language}", wait_until="load")
    tall = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST[width])
    page.set_viewport_size({"width": width, "height": max(tall, HEIGHTS[width])})
    taken = bytes(page.screenshot())
    context.close()
    return taken


def _optimised(content: bytes) -> bytes:
    """Return a PNG of at most 150 KB, with as many colours as that leaves."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    written = b""
    for colours in COLOURS:
        out = io.BytesIO()
        image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        written = out.getvalue()
        if len(written) <= HEAVIEST:
            break
    return written
