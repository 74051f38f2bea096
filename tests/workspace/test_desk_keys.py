"""The desk's keys: «n» records a contact, «/» searches; among the words of a field they are letters."""

from __future__ import annotations

import pytest

from tests.browser import Site

pytestmark = pytest.mark.browser


def test_n_records_a_contact(site: Site) -> None:
    page = site.enter("marta")
    page.goto("/scrivania/")
    page.keyboard.press("n")
    page.wait_for_url("**/scrivania/contatto/")
    assert page.locator("h1").count() == 1


def test_a_slash_searches_and_n_is_then_a_letter(site: Site) -> None:
    page = site.enter("marta")
    page.goto("/scrivania/")
    page.keyboard.press("/")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.value") == "n"
