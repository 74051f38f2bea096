"""FL15: a promise passes; the tenant reads our apology, a name and a new day, and who leads sees it first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from cortile.kit import dates
from cortile.listening import actions
from cortile.listening.models import Thread
from tests import cast
from tests.browser import Site

pytestmark = pytest.mark.browser


def test_a_broken_promise_is_told_by_us(site: Site, scripts: bool) -> None:
    thread = cast.open_request("adele")
    broken = dates.long_day(thread.next_date, "it")
    with site.at(cast.NOW + timedelta(days=7)):
        actions.keep_watch(cast.agency(), by=cast.machine())
        promised = dates.long_day(Thread.objects.get().next_date, "it")
        page = site.phone("adele", scripts=scripts)
        page.goto("/casa/")
        card = page.get_by_role("article").filter(has_text=str(thread.number))
        for said in ("Siamo in ritardo e ci scusiamo", broken, "Paola", promised):
            expect(card).to_contain_text(said)
        page.get_by_role("link", name="Avvisi e messaggi").click()
        message = page.get_by_role("article").first
        for said in ("Paola", promised, str(thread.number)):
            expect(message).to_contain_text(said)


def test_who_leads_sees_it_first(site: Site, scripts: bool) -> None:
    thread = cast.open_request("adele")
    with site.at(cast.NOW + timedelta(days=7)):
        actions.keep_watch(cast.agency(), by=cast.machine())
        page = site.phone("paola", scripts=scripts)
        page.goto("/scrivania/")
        first = page.get_by_role("table").first.get_by_role("row").nth(1)
        expect(first).to_contain_text("in ritardo")
        expect(first.get_by_role("link", name="Adele B.")).to_have_attribute("href", f"/scrivania/richieste/{thread.number}/")


def test_once_we_have_spoken_we_are_late_no_more(site: Site) -> None:
    thread = cast.open_request("adele")
    with site.at(cast.NOW + timedelta(days=7)):
        actions.keep_watch(cast.agency(), by=cast.machine())
        actions.say(thread, by=cast.at_desk("paola"), text="Il tecnico viene domani.")
        page = site.phone("adele")
        page.goto("/casa/")
        expect(page.get_by_role("article")).to_contain_text(str(thread.number))
        expect(page.get_by_role("article")).not_to_contain_text("Siamo in ritardo")


def test_before_the_day_has_passed_nobody_apologises(site: Site) -> None:
    cast.open_request("adele")
    actions.keep_watch(cast.agency(), by=cast.machine())
    page = site.phone("adele")
    page.goto("/casa/")
    expect(page.get_by_text("Ti rispondiamo entro")).to_be_visible()
    expect(page.get_by_text("Siamo in ritardo")).to_have_count(0)
