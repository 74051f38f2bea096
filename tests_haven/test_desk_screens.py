"""The desk's pages as they are seen: by axe, on a small phone, enlarged, spread out, tapped; and the words on them."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page

from cortile.haven.actions import appointments, papers, records, work
from tests.house.looking import Seen, look
from tests_haven import cast
from tests_haven.browser import Site

pytestmark = pytest.mark.browser

PDF = b"%PDF-1.4\n%%EOF\n"
DESK = ("", "nuova/", "agenda/", "gruppi/", "posti/", "entra/")
RECORD = ("?confronta", "contatto/", "passi/", "note/", "appuntamenti/", "carte/", "copia/", "distruggi/")
# What we never call anybody (product §8), and the words of violence.
NEVER = re.compile(r"vittim|utent|\bcas[oi]\b|fragil|violen|maltratt|stalk|denunci", re.IGNORECASE)


def lived_in() -> str:
    """Write a record with something of each kind in it, beside another of the same code, and return its address."""
    shift, chiara = cast.shift("chiara"), cast.at_work("chiara")
    contact = {"how": "phone", "where": "333 000 1111", "when": "Martedì", "never": "Niente messaggi"}
    record, _other = (records.open_record(shift, "girasole", by=chiara, contact=contact) for _ in range(2))
    records.write(
        shift, record, {"kind": "step", "step": "work", "text": "curriculum", "on": "2026-03-09", "done": False}, by=chiara
    )
    records.write(shift, record, {"kind": "note", "text": "Torna giovedì"}, by=chiara)
    appointments.appoint(shift, record, at=cast.NOW.replace(hour=15), where="Sala blu", by=chiara)
    papers.keep_paper(shift, record, io.BytesIO(PDF), len(PDF), label="Carta", by=chiara)
    work.note_group(shift, "Cucito", cast.NOW.date(), 7, by=chiara)
    return f"/lavoro/{record.pk}/"


def addresses() -> list[str]:
    """Return the address of every page of this part of the desk."""
    record = lived_in()
    return [*(f"/lavoro/{page}" for page in DESK), *(f"{record}{page}" for page in RECORD)]


def shown(page: Page, address: str) -> str:
    """Open a page and return its words."""
    page.goto(address)
    return page.title() + page.inner_text("main") + page.inner_text("footer")


@pytest.mark.slow
def test_everybody_can_use_every_page(site: Site) -> None:
    page, wrong = site.phone("chiara"), {}
    for address in addresses():
        page.goto(address)
        if (seen := look(page)) != Seen():
            wrong[address] = seen
    assert wrong == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_its_screen(width: int, site: Site) -> None:
    page = site.phone("chiara", width=width)
    too_wide = [a for a in addresses() if shown(page, a) and page.evaluate("document.documentElement.scrollWidth") > width]
    assert too_wide == []


def test_no_page_calls_anybody_what_they_are_not(site: Site) -> None:
    page = site.phone("chiara")
    assert {a: found for a in addresses() if (found := NEVER.findall(shown(page, a)))} == {}


@pytest.mark.pure
@pytest.mark.parametrize("said", ["La vittima", "Il caso 12", "Le utenti", "Centro antiviolenza"])
def test_such_a_word_is_noticed(said: str) -> None:
    assert NEVER.search(said)
