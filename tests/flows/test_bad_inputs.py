"""What goes wrong every day: a clear sentence, nothing lost, one record."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from PIL import Image
from playwright.sync_api import Page, expect

from cortile.kit import drafts
from cortile.kit.models import Draft, StoredFile
from cortile.listening import actions
from cortile.listening.models import Contact, HandOver, Thread
from cortile.people import actions as people
from cortile.people.models import Person, SignInCode
from tests import cast, database
from tests.browser import Site
from tests.flows.papers import LINK, mailed

pytestmark = pytest.mark.browser
MEGABYTE = 1024 * 1024
STORY = "La porta non chiude, e di notte ho paura."


def asking(site: Site, *, scripts: bool) -> Page:
    """Open Adele's second question, where words and photos go."""
    page = site.phone("adele", scripts=scripts)
    page.goto("/casa/aiuto/")
    page.get_by_label("Qualcosa non funziona").check()
    page.get_by_role("button", name="Avanti").click()
    return page


def at_the_last_step(site: Site, *, scripts: bool) -> Page:
    """Open Adele's last question, with her words already said."""
    page = asking(site, scripts=scripts)
    page.get_by_label("Raccontaci, se vuoi").fill(STORY)
    page.get_by_role("button", name="Avanti").click()
    expect(page.get_by_role("heading", name="Controlla e invia")).to_be_visible()
    return page


def show_card(page: Page) -> None:
    """Type Adele's card, and say that the code is on the sheet."""
    page.get_by_label("Numero della tessera").fill(cast.person("adele").card_number)
    page.get_by_role("button", name="Avanti").click()
    page.get_by_role("button", name="Ho già il foglio").click()


def sign_in(page: Page, code: str) -> None:
    """Type a code."""
    page.get_by_label("Codice").fill(code)
    page.get_by_role("button", name="Entra").click()


def expect_receipt(page: Page) -> None:
    """Check that the receipt of the one request is on the page."""
    expect(page.get_by_role("heading", name="Abbiamo ricevuto la tua richiesta")).to_be_visible()
    expect(page.locator("main")).to_contain_text(str(Thread.objects.get().number))


def test_a_wrong_code_says_so_and_the_right_one_still_opens(site: Site, scripts: bool) -> None:
    code = people.issue_paper_code(cast.person("adele"), by=cast.at_desk("marta"))[1]
    page = site.phone(scripts=scripts)
    page.goto("/casa/entra/")
    show_card(page)
    sign_in(page, "000000" if code != "000000" else "111111")
    expect(page.get_by_role("alert")).to_contain_text("La tessera o il codice non vanno bene.")
    sign_in(page, f"{code[:3]} {code[3:]}")
    expect(page.get_by_role("heading", name="Buongiorno, Adele")).to_be_visible()
    assert SignInCode.objects.count() == 1


def test_an_expired_link_says_what_to_do_and_changes_nothing(site: Site, scripts: bool) -> None:
    sent = actions.hand_over(cast.open_request("adele"), cast.office(), by=cast.at_desk("marta"), question="È in regola?")
    page = site.phone(scripts=scripts)
    with site.at(cast.NOW + timedelta(days=31)):
        page.goto(mailed(LINK))
        page.get_by_role("link", name="Ho già il codice").click()
        page.get_by_label("Codice di sei cifre").fill("482915")
        page.get_by_role("button", name="Apri la domanda").click()
        expect(page.locator("#id_code_error")).to_contain_text("Il codice non è giusto, oppure è scaduto. Chiedi un altro codice.")
    assert HandOver.objects.get() == sent


def test_two_taps_on_send_are_one_request(site: Site, scripts: bool) -> None:
    page = at_the_last_step(site, scripts=scripts)
    page.get_by_role("button", name="INVIA LA RICHIESTA").dblclick()
    expect_receipt(page)
    assert Thread.objects.get().entries.get(kind="opened").text == STORY


def test_the_same_form_sent_twice_is_one_request(site: Site) -> None:
    page = at_the_last_step(site, scripts=True)
    sent = {box.get_attribute("name") or "": box.input_value() for box in page.locator("main form input[type=hidden]").all()}
    where = [page.request.post(page.url, form=sent | {"answer_by": "phone"}).url for _ in range(2)]
    assert where[0] == where[1]
    assert where[0].endswith(f"/casa/richieste/{Thread.objects.get().number}/ricevuta/")


def test_back_after_sending_shows_the_receipt(site: Site, scripts: bool) -> None:
    page = at_the_last_step(site, scripts=scripts)
    page.get_by_role("button", name="INVIA LA RICHIESTA").click()
    expect_receipt(page)
    page.go_back()
    expect_receipt(page)
    assert Thread.objects.count() == 1


def test_a_photo_of_ten_megabytes_is_taken_and_made_small(site: Site, tmp_path: Path) -> None:
    Image.frombytes("RGB", (1650, 1640), os.urandom(1650 * 1640 * 3)).save(tmp_path / "foto.jpg", quality=100, subsampling=0)
    assert 10 * MEGABYTE < (tmp_path / "foto.jpg").stat().st_size < 12 * MEGABYTE
    page = asking(site, scripts=False)
    page.get_by_label("Una foto, se vuoi").set_input_files(tmp_path / "foto.jpg")
    page.get_by_role("button", name="Avanti").click()
    expect(page.get_by_text("1 foto")).to_be_visible()
    stored = StoredFile.objects.get()
    assert max(Image.open(io.BytesIO(stored.content)).size) == 1600


def test_a_text_named_photo_is_refused_and_costs_no_words(site: Site, tmp_path: Path, scripts: bool) -> None:
    (tmp_path / "photo.jpg").write_text("Non sono una foto.")
    page = asking(site, scripts=scripts)
    page.get_by_label("Raccontaci, se vuoi").fill(STORY)
    page.get_by_label("Una foto, se vuoi").set_input_files(tmp_path / "photo.jpg")
    page.get_by_role("button", name="Avanti").click()
    expect(page.get_by_role("alert")).to_contain_text("Questo file non è una foto.")
    expect(page.get_by_label("Raccontaci, se vuoi")).to_have_value(STORY)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(("given", "family", "asked"), [("سميرة", "حداد", "حداد"), ("Zoë 🌸", "Łukasiewicz", "lukasi")])
def test_a_name_of_any_letters_is_saved_and_found(site: Site, given: str, family: str, asked: str) -> None:
    page = site.phone("marta", scripts=False)
    page.goto("/scrivania/persone/nuova/")
    page.get_by_label("Nome", exact=True).fill(given)
    page.get_by_label("Cognome").fill(family)
    page.get_by_role("button", name="Registra", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{given} {family}")
    page.goto(f"/scrivania/cerca/?q={asked}")
    expect(page.get_by_role("link", name=f"{given} {family}")).to_have_count(1)
    assert Person.objects.filter(given_name=given, family_name=family).count() == 1


def test_a_birth_date_of_1890_is_refused_and_nothing_is_lost(site: Site, scripts: bool) -> None:
    page = site.phone("marta", scripts=scripts)
    page.goto("/scrivania/persone/nuova/?nome=ugo+pini")
    page.get_by_label("Data di nascita").fill("14/03/1890")
    page.get_by_role("button", name="Registra", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("data di nascita")
    expect(page.get_by_label("Data di nascita")).to_have_value("14/03/1890")
    expect(page.get_by_label("Cognome")).to_have_value("Pini")
    page.get_by_label("Data di nascita").fill("14/03/1948")
    page.get_by_role("button", name="Registra", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ugo Pini")
    assert Person.objects.filter(family_name="Pini").count() == 1


def test_a_session_that_ends_in_the_middle_costs_no_words(site: Site, scripts: bool) -> None:
    code = people.issue_paper_code(cast.person("adele"), by=cast.at_desk("marta"))[1]
    page = asking(site, scripts=scripts)
    Session.objects.all().delete()
    page.get_by_label("Raccontaci, se vuoi").fill(STORY)
    page.get_by_role("button", name="Avanti").click()
    show_card(page)
    sign_in(page, code)
    expect(page.get_by_label("Raccontaci, se vuoi")).to_have_value(STORY)
    page.get_by_role("button", name="Avanti").click()
    page.get_by_role("button", name="INVIA LA RICHIESTA").click()
    expect_receipt(page)


def test_a_form_open_too_long_keeps_its_words(site: Site, scripts: bool) -> None:
    page = asking(site, scripts=scripts)
    page.get_by_label("Raccontaci, se vuoi").fill(STORY)
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    page.get_by_role("button", name="Avanti").click()
    expect(page.get_by_text("Quello che hai scritto è salvato.")).to_be_visible()
    page.get_by_role("link", name="Riapri la pagina e invia").click()
    expect(page.get_by_label("Raccontaci, se vuoi")).to_have_value(STORY)
    assert Draft.objects.count() == 1


def test_what_is_typed_without_network_is_saved_when_it_is_back(site: Site) -> None:
    page = asking(site, scripts=True)
    page.context.set_offline(True)
    page.get_by_label("Raccontaci, se vuoi").press_sequentially("La porta")
    expect(page.get_by_role("status")).to_have_text(
        "Sei senza rete. Puoi continuare a scrivere. Inviamo tutto noi quando torna la rete. Ti avvisiamo."
    )
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("Salvato alle")
    assert drafts.find(cast.herself("adele"), "ask")["story"] == "La porta"
    assert Draft.objects.count() == 1


def test_a_fault_of_ours_keeps_a_tenants_words(site: Site, scripts: bool) -> None:
    page = at_the_last_step(site, scripts=scripts)
    with database.closed_for_writing("listening_thread"):
        page.get_by_role("button", name="INVIA LA RICHIESTA").click()
        expect(page.get_by_text("Quello che hai scritto è salvato")).to_be_visible()
    page.go_back()
    expect(page.locator("main")).to_contain_text(STORY)
    page.get_by_role("button", name="INVIA LA RICHIESTA").click()
    expect_receipt(page)


def test_a_fault_of_ours_keeps_an_operators_note(site: Site, scripts: bool) -> None:
    page = site.phone("marta", scripts=scripts)
    page.goto("/scrivania/contatto/")
    page.get_by_label("Vicini").check()
    page.get_by_label("Ho ascoltato").check()
    page.get_by_label("Nota").fill("Il cortile è al buio.")
    with database.closed_for_writing("listening_contact"):
        page.get_by_role("button", name="Salva", exact=True).click()
        expect(page.get_by_text("Quello che hai scritto è salvato")).to_be_visible()
    page.goto("/scrivania/contatto/")
    expect(page.get_by_label("Nota")).to_have_value("Il cortile è al buio.")
    page.get_by_role("button", name="Salva", exact=True).click()
    expect(page.get_by_text("Salvato. Puoi registrarne un altro.")).to_be_visible()
    assert Contact.objects.get().note == "Il cortile è al buio."
