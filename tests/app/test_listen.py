"""«Ascolta»: a button only where the device has a voice for the text's language; it reads, and steals no tap."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from cortile.kit.actor import Actor
from tests import cast
from tests.browser import Site
from tests.messages.test_notices import write

pytestmark = pytest.mark.browser
HERE = {"lang": "it-IT", "name": "Alice", "localService": True}
FAR = {"lang": "it-IT", "name": "Di rete", "localService": False}
ARABIC = {"lang": "ar-SA", "name": "Laila", "localService": True}
# The browser's own list of voices, and what it was asked to say: nothing of ours is replaced.
STUB = """
(voices => {
  window.said = []; window.cancelled = 0;
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices, speak: said => { window.said.push(said); }, cancel: () => { window.cancelled++; } } });
})(%s)
"""


def phone(site: Site, who: str, *voices: dict[str, object], scripts: bool = True) -> Page:
    """Return the phone of a tenant whose device has these voices."""
    page = site.phone(who, scripts=scripts)
    page.add_init_script(STUB % json.dumps(voices))
    return page


def spoken(page: Page) -> list[str]:
    """Return what the device was asked to say."""
    return list(page.evaluate("said.map(s => s.text)"))


def test_each_topic_is_read_and_none_is_chosen(site: Site) -> None:
    page = phone(site, "adele", HERE)
    page.goto("/casa/aiuto/")
    expect(page.get_by_role("button", name="Ascolta:")).to_have_count(9)
    page.get_by_role("button", name="Ascolta: Salute e assistenza").click()
    assert spoken(page) == ["Salute e assistenza"]
    expect(page.locator("input:checked")).to_have_count(0)


def test_a_topic_beside_its_button_is_still_one_tap(site: Site) -> None:
    page = phone(site, "adele", HERE)
    page.goto("/casa/aiuto/")
    page.get_by_text("Salute e assistenza").click()
    expect(page.locator("input:checked")).to_have_value("health")
    assert spoken(page) == []


def test_by_keyboard_it_starts_and_stops(site: Site) -> None:
    page = phone(site, "adele", HERE)
    page.goto("/casa/aiuto/")
    button = page.get_by_role("button", name="Ascolta: Figli e scuola")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert len(spoken(page)) == 1


@pytest.mark.parametrize("voices", [[], [ARABIC], [FAR]], ids=["none", "another language", "on the network"])
def test_without_a_voice_of_the_device_there_is_no_button(site: Site, voices: list[dict[str, object]]) -> None:
    page = phone(site, "adele", *voices)
    page.goto("/casa/aiuto/")
    expect(page.locator(".opt")).to_have_count(9)
    expect(page.get_by_role("button", name="Ascolta")).to_have_count(0)


def test_without_scripts_there_is_no_button(site: Site) -> None:
    page = phone(site, "adele", HERE, scripts=False)
    page.goto("/casa/aiuto/")
    expect(page.locator(".opt")).to_have_count(9)
    expect(page.get_by_role("button", name="Ascolta")).to_have_count(0)


def test_a_message_is_read_in_its_own_language(site: Site) -> None:
    cast.open_request("samira")
    page = phone(site, "samira", HERE, ARABIC)
    page.goto("/casa/messaggi/")
    page.get_by_role("button", name="Ascolta").first.click()
    assert page.evaluate("said[0].lang") == "ar-SA"


def test_a_promise_and_a_receipt_are_read(site: Site) -> None:
    number = cast.open_request("adele").number
    page = phone(site, "adele", HERE)
    for address in (f"/casa/richieste/{number}/", f"/casa/richieste/{number}/ricevuta/"):
        page.goto(address)
        page.get_by_role("button", name="Ascolta").first.click()
        assert "Ti rispondiamo entro lunedì 16 marzo" in " ".join(" ".join(spoken(page)).split())


def test_a_notice_is_read_in_italian_also_to_who_reads_arabic(site: Site, marta: Actor) -> None:
    write(marta, stair="A")
    page = phone(site, "samira", ARABIC, HERE)
    page.context.add_cookies([{"name": "lingua", "value": "ar", "url": site.address}])
    page.goto("/casa/")
    page.locator("[data-listen] button").first.click()
    assert page.evaluate("said.map(s => s.lang)") == ["it-IT", "it-IT"]
