"""The app on somebody's own device: what it is called there, what it says without a network, and the little it keeps."""

from __future__ import annotations

import gzip
import json
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from cortile.listening.states import SENSITIVE_CHIPS
from cortile.people import actions as people
from tests import cast
from tests.browser import Site
from tests.hands import Hand
from tests.house.source import SOURCE

M18 = "Sei senza rete. Puoi continuare a scrivere. Inviamo tutto noi quando torna la rete. Ti avvisiamo."
SHELL = "/casa/senza-rete/aler-milano/it/"
STATIC = SOURCE / "kit" / "static" / "cortile"
READY = "navigator.serviceWorker.ready.then(r => r.active.state)"
STORAGE = """async () => {
    const shelves = await caches.keys(), kept = {};
    for (const name of shelves) {
        const shelf = await caches.open(name);
        for (const one of await shelf.keys()) { kept[new URL(one.url).pathname] = await (await shelf.match(one)).text(); }
    }
    return JSON.stringify({ local: { ...localStorage }, session: { ...sessionStorage }, kept,
        databases: (await indexedDB.databases()).map(d => d.name) });
}"""
KEPT = "JSON.parse(localStorage.getItem('casa') || 'null')"


def stored(page: Page) -> dict[str, Any]:
    """Return all that a browser keeps of us."""
    found: dict[str, Any] = json.loads(page.evaluate(STORAGE))
    return found


def switched_on(page: Page, mark: str = "") -> None:
    """Say yes on a device, as the switch does."""
    page.goto("/casa/")
    mark = mark or page.locator("script[data-mark]").get_attribute("data-mark") or ""
    page.evaluate("mark => localStorage.setItem('casa', JSON.stringify({ of: mark, until: Date.now() + 864e5, rows: [] }))", mark)
    page.goto("/casa/")


def telling(page: Page) -> None:
    """Come to where somebody tells what is broken."""
    hand = Hand(page)
    page.goto("/casa/aiuto/")
    hand.tap("Qualcosa non funziona")
    hand.tap("Avanti")
    page.wait_for_url("**/racconta/")


# --- how it is called ---


def test_the_manifest_says_the_bodys_name_and_casa(client: Client) -> None:
    said = client.get("/casa/aler-milano/casa.webmanifest").json()
    assert (said["name"], said["short_name"], said["scope"]) == ("ALER Milano · Casa", "Casa", "/casa/")
    assert [icon["src"] for icon in said["icons"] if not (STATIC / icon["src"].rpartition("/")[2]).exists()] == []


def test_each_body_has_its_own(client: Client) -> None:
    milano, lodi = (client.get(f"/casa/{body}/casa.webmanifest").json() for body in ("aler-milano", "aler-lodi"))
    assert milano["name"] != lodi["name"]


@pytest.mark.parametrize(
    "address", ["/casa/nessuno/casa.webmanifest", "/casa/senza-rete/nessuno/it/", "/casa/senza-rete/aler-milano/xx/"]
)
def test_what_is_not_ours_is_not_there(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


def test_the_worker_looks_after_the_tenants_pages_only(client: Client) -> None:
    with closing(client.get("/static/cortile/worker.js")) as answer:
        assert answer["Service-Worker-Allowed"] == "/casa/"
    with closing(client.get("/static/cortile/casa.js")) as answer:
        assert "Service-Worker-Allowed" not in answer


@pytest.mark.pure
def test_the_scripts_of_the_tenants_door_are_small() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in STATIC.glob("*.js")) <= 15 * 1024


# --- without a network ---


@pytest.mark.browser
def test_without_a_network_it_says_so_and_whom_to_call(site: Site) -> None:
    page = site.phone("adele", worker=True)
    page.goto("/casa/")
    page.evaluate(READY)
    page.context.set_offline(True)
    page.goto("/casa/messaggi/")
    assert page.locator("h1").inner_text() == "Sei senza rete"
    assert page.locator('main a[href^="tel:"]').is_visible()


@pytest.mark.browser
def test_the_worker_keeps_a_shell_that_names_nobody(site: Site) -> None:
    number = str(cast.open_request("adele").number)
    page = site.phone("adele", worker=True)
    for address in ("/casa/", f"/casa/richieste/{number}/", "/casa/io/", "/info/", "/info/leggi/", "/casa/"):
        page.goto(address)
        page.evaluate(READY) if address.startswith("/casa/") else None
    found = stored(page)["kept"]
    assert set(found) == {SHELL, "/static/cortile/casa.js", "/static/cortile/casa-192.png"}
    assert [word for word in ("Adele", number, "1522", "csrf") if word in found[SHELL]] == []


@pytest.mark.browser
def test_what_was_being_written_waits_and_leaves_by_itself(site: Site) -> None:
    page = site.phone("adele")
    telling(page)
    page.context.set_offline(True)
    page.locator("textarea").first.fill("La caldaia fa rumore")
    page.get_by_role("button", name="Avanti").click()
    expect(page.locator(".saved").first).to_have_text(M18)
    page.context.set_offline(False)
    page.wait_for_url("**/controlla/")
    assert "La caldaia fa rumore" in page.content()


# --- the little it keeps ---


@pytest.mark.browser
def test_she_switches_it_on_and_off_on_her_own_page(site: Site) -> None:
    number = cast.open_request("adele").number
    page = site.phone("adele")
    page.goto("/casa/io/")
    page.locator("[data-device-on]").click()
    page.goto("/casa/")
    assert [row[0] for row in page.evaluate(KEPT)["rows"]] == [str(number)]
    page.goto("/casa/io/")
    page.locator("[data-device-off]").click()
    assert page.evaluate(KEPT) is None


@pytest.mark.browser
def test_nothing_is_kept_until_somebody_says_so(site: Site) -> None:
    cast.open_request("adele")
    page = site.phone("adele")
    page.goto("/casa/")
    assert page.evaluate(KEPT) is None


@pytest.mark.browser
def test_number_state_and_date_are_kept_and_nothing_else(site: Site) -> None:
    thread = cast.open_request("adele")
    page = site.phone("adele")
    switched_on(page)
    kept = page.evaluate(KEPT)
    assert set(kept) == {"of", "until", "rows"}
    assert [row[:2] for row in kept["rows"]] == [[str(thread.number), thread.state_label]]
    assert [word for word in (thread.title, "Adele", "Marta") if word in json.dumps(kept, ensure_ascii=False)] == []


@pytest.mark.browser
@pytest.mark.parametrize("chip", SENSITIVE_CHIPS)
def test_a_delicate_topic_is_not_kept(chip: str, site: Site) -> None:
    cast.open_request("adele", chip=chip)
    page = site.phone("adele")
    switched_on(page)
    assert page.evaluate(KEPT)["rows"] == []


@pytest.mark.browser
def test_without_a_network_the_device_shows_what_it_kept(site: Site) -> None:
    number = cast.open_request("adele").number
    page = site.phone("adele", worker=True)
    switched_on(page)
    page.evaluate(READY)
    page.context.set_offline(True)
    page.goto("/casa/")
    assert f"Richiesta {number} · " in page.locator("[data-kept]").inner_text()


@pytest.mark.browser
def test_signing_out_clears_it(site: Site) -> None:
    cast.open_request("adele")
    page = site.phone("adele")
    switched_on(page)
    page.evaluate("sessionStorage.setItem('bozza:x', 'parole')")
    page.locator('form[action="/casa/esci/"] button').click()
    page.wait_for_url("**/casa/")
    assert (stored(page)["local"].keys() - {"toccata"}, stored(page)["session"]) == (set(), {})


@pytest.mark.browser
def test_discreet_messages_clear_it(site: Site) -> None:
    cast.open_request("adele")
    page = site.phone("adele")
    switched_on(page)
    people.set_preferences(cast.person("adele"), by=cast.herself("adele"), discreet=True)
    page.goto("/casa/")
    assert page.evaluate(KEPT) is None
    assert page.locator("[data-keep-number]").count() == 0


@pytest.mark.browser
def test_seven_days_clear_it(site: Site) -> None:
    cast.open_request("adele")
    page = site.phone("adele")
    switched_on(page)
    page.context.clear_cookies()
    page.clock.install(time=cast.NOW + timedelta(days=3650))
    page.goto(SHELL)
    assert (page.evaluate(KEPT)["rows"], page.locator("[data-kept]").is_visible()) == ([], False)


@pytest.mark.browser
def test_somebody_else_on_the_same_phone_finds_nothing(site: Site) -> None:
    cast.open_request("adele")
    page = site.phone("adele")
    switched_on(page)
    site.sign_in(page.context, "samira")
    page.goto("/casa/")
    assert page.evaluate(KEPT) is None


# --- photographs ---

LARGE = """async () => {
    const canvas = document.createElement("canvas"), size = 3000, noise = new ImageData(size, size);
    canvas.width = canvas.height = size;
    for (let i = 0; i < noise.data.length; i++) {
        noise.data[i] = i % 4 === 3 ? 255 : 128 + 60 * Math.sin(i / 9000) + 20 * Math.random();
    }
    canvas.getContext("2d").putImageData(noise, 0, 0);
    const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", 1));
    const box = document.querySelector("input[data-shrink]"), carrier = new DataTransfer();
    carrier.items.add(new File([blob], "IMG_1.jpg", { type: "image/jpeg" }));
    box.files = carrier.files;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    while (box.files[0].name !== "foto.jpg") { await new Promise(again => setTimeout(again, 50)); }
    return [blob.size, box.files[0].size];
}"""


@pytest.mark.browser
def test_a_photo_leaves_the_phone_small_and_without_its_name(site: Site) -> None:
    page = site.phone("adele")
    telling(page)
    taken, sent = page.evaluate(LARGE)
    assert (taken > 3_000_000, sent <= 300_000) == (True, True), (taken, sent)
