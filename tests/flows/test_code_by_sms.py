"""A code by SMS, by page: card, «Con un SMS», the code of the message, and the house open; with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from cortile.messages.models import Delivery
from tests import cast
from tests.browser import Site

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scripts", [True, False])]


def test_a_code_by_sms_opens_the_house(site: Site, scripts: bool) -> None:
    cast.give_mobile("adele")
    page = site.phone(scripts=scripts)
    page.goto("/casa/entra/")
    page.get_by_label("Numero della tessera").fill(cast.person("adele").card_number)
    page.get_by_role("button", name="Avanti").click()
    page.get_by_role("button", name="Con un SMS").click()
    expect(page.get_by_label("Codice")).to_have_attribute("autocomplete", "one-time-code")
    found = re.search(r"\d{6}", Delivery.objects.latest("pk").text)
    page.get_by_label("Codice").fill(found.group() if found else "")
    page.get_by_role("button", name="Entra").click()
    expect(page.get_by_role("heading", name="Buongiorno, Adele")).to_be_visible()
    expect(page.get_by_text("Qui non mostriamo tutto")).to_be_visible()


def test_a_slip_of_the_card_is_said_before_anything_is_sent(site: Site, scripts: bool) -> None:
    page = site.phone(scripts=scripts)
    page.goto("/casa/entra/")
    page.get_by_label("Numero della tessera").fill("1234 5678")
    page.get_by_role("button", name="Avanti").click()
    expect(page.get_by_role("alert")).to_contain_text("Controlla il numero della tessera")
    assert not Delivery.objects.exists()
