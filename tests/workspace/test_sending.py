"""S7: a person is sent to a service in four taps, with exactly what was ticked and a yes to the very sentence that was read."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponse

from cortile.directory.models import Service
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.referrals.models import Referral
from cortile.workspace.referrals.sentence import Spoken, fingerprint
from tests import cast
from tests.directory import cards
from tests.referrals import world
from tests.sessions import Enter


@pytest.fixture
def club(_alone: None) -> Service:
    """Return the after-school club, which answers by mail."""
    return world.service()


@pytest.fixture
def homework(_alone: None) -> Thread:
    """Return a request of Samira's, who reads Arabic."""
    return cast.open_request("samira", chip="school", title="Doposcuola per mio figlio")


def choosing(thread: Thread) -> str:
    return f"/scrivania/richieste/{thread.number}/invio/"


def page(thread: Thread, service: Service) -> str:
    return f"{choosing(thread)}{service.pk}/"


def read_for(shown: str) -> str:
    """Return what a page says of the sentence it shows."""
    found = re.search(r'name="read_for" value="(\w+)"', shown)
    assert found
    return found.group(1)


def send(enter: Enter, thread: Thread, service: Service, who: str = "marta", **said: Any) -> HttpResponse:  # noqa: ANN401 -- any field
    """Fill the page as it comes, say what is asked here, and send."""
    client = enter(who)
    shown = client.get(page(thread, service)).content.decode()
    form = {
        "need": thread.title, "given": ["name", "phone", "language"], "notes": "", "basis": "spoken", "apart": "", "notice": "",
        "supervisor": "", "until": "2026-06-01", "check_on": "2026-03-20", "read_for": read_for(shown), "act": "send",
    } | said  # fmt: skip
    if "read_for" not in said:
        again = client.post(page(thread, service), form | {"act": "sentence"}).content.decode()
        form["read_for"] = read_for(again)
    return client.post(page(thread, service), form)  # type: ignore[return-value]  # the client's own


def test_a_service_is_suggested_with_its_reasons(enter: Enter, homework: Thread, club: Service) -> None:
    shown = enter("marta").get(choosing(homework)).content.decode()
    assert club.name in shown
    assert "scheda verificata" in shown


def test_another_is_found_by_words(enter: Enter, homework: Thread) -> None:
    kitchen = world.service("Mensa di quartiere", email="mensa@example.invalid")
    assert kitchen.name not in enter("marta").get(choosing(homework)).content.decode()
    assert kitchen.name in enter("marta").get(f"{choosing(homework)}?q=mensa").content.decode()


def test_who_has_the_request_already_is_not_suggested(enter: Enter, homework: Thread, club: Service) -> None:
    world.send(homework, club)
    assert f"/invio/{club.pk}/" not in enter("marta").get(choosing(homework)).content.decode()


def test_each_datum_is_shown_with_its_value(enter: Enter, homework: Thread, club: Service) -> None:
    shown = enter("marta").get(page(homework, club)).content.decode()
    assert "Telefono: 333 5550 101" in shown
    assert "Come va con l&#x27;affitto" not in shown


def test_the_sentence_names_the_service_and_what_is_said(enter: Enter, homework: Thread, club: Service) -> None:
    shown = enter("marta").get(page(homework, club)).content.decode()
    assert "Possiamo dire a «Doposcuola»" in shown
    assert "Nome, Telefono, Lingua" in shown
    assert "arabo" in shown


def test_exactly_what_was_ticked_goes(enter: Enter, homework: Thread, club: Service) -> None:
    answer = send(enter, homework, club, given=["name", "language"], notes="Dopo le 16")
    row = Referral.objects.get()
    assert answer.headers["Location"] == f"/scrivania/invii/{row.number}/?fatto=manda"
    assert set(row.shared) == {"name", "language", "need", "notes"}
    assert row.consent is not None
    assert "Nome, Lingua, Altre parole" in row.consent.words


def test_the_page_after_sending_says_when_we_look_again(enter: Enter, homework: Thread, club: Service) -> None:
    send(enter, homework, club)
    shown = enter("marta").get(f"/scrivania/invii/{Referral.objects.get().number}/?fatto=manda").content.decode()
    assert "Controlliamo da soli venerdì 20 marzo" in shown


def test_what_is_ticked_after_the_reading_is_read_again(enter: Enter, homework: Thread, club: Service) -> None:
    first = read_for(enter("marta").get(page(homework, club)).content.decode())
    answer = send(enter, homework, club, given=["name", "address"], read_for=first)
    assert answer.status_code == 422
    assert "Leggi la frase nuova" in answer.content.decode()
    assert not Referral.objects.exists()


def test_her_yes_is_to_the_very_notes_that_were_read(enter: Enter, homework: Thread, club: Service) -> None:
    form = {
        "need": homework.title,
        "given": ["name", "phone"],
        "notes": "Dopo le 16",
        "until": "2026-06-01",
        "check_on": "2026-03-20",
    }
    marta = enter("marta")
    read = read_for(marta.post(page(homework, club), form | {"act": "sentence"}).content.decode())
    assert send(enter, homework, club, **form | {"notes": "Il marito è malato", "read_for": read}).status_code == 422
    assert not Referral.objects.exists()
    assert send(enter, homework, club, **form | {"read_for": read}).status_code == 302


def test_the_same_sentence_about_another_number_is_another_one() -> None:
    said = Spoken("Possiamo dire il tuo telefono?", "it")
    assert fingerprint(said, ["phone: 333 5550 101"]) != fingerprint(said, ["phone: 333 5550 102"])
    assert fingerprint(said, ["phone: 333 5550 101"]) == fingerprint(said, ["phone: 333 5550 101"])


def test_a_no_sends_nothing_and_is_written_once(enter: Enter, homework: Thread, club: Service) -> None:
    answer = send(enter, homework, club, basis="no")
    assert answer.headers["Location"].endswith("?fatto=invio-no")
    assert not Referral.objects.exists()
    assert "Non abbiamo mandato niente" in enter("marta").get(answer.headers["Location"]).content.decode()
    assert homework.entries.filter(kind="note", text__contains="Ha detto no").exists()


def test_without_an_answer_nothing_goes(enter: Enter, homework: Thread, club: Service) -> None:
    answer = send(enter, homework, club, basis="")
    assert answer.status_code == 422
    assert "segna che cosa risponde" in answer.content.decode()


def test_a_public_task_needs_an_agreement(enter: Enter, homework: Thread, club: Service) -> None:
    answer = send(enter, homework, club, basis="", apart="public_task", notice="Le ho detto che scriviamo.")
    assert answer.status_code == 409
    assert "non c&#x27;è un accordo" in answer.content.decode()


def test_a_public_task_goes_with_what_she_was_told(enter: Enter, homework: Thread, club: Service) -> None:
    world.agreed(club)
    send(enter, homework, club, basis="", apart="public_task", notice="Le ho detto che scriviamo.")
    assert (Referral.objects.get().basis, Referral.objects.get().notice) == ("public_task", "Le ho detto che scriviamo.")


def test_an_urgency_names_who_decided(enter: Enter, homework: Thread, club: Service) -> None:
    world.agreed(club)
    refused = send(enter, homework, club, basis="", apart="urgent_duty", notice="Non ha da mangiare.")
    assert refused.status_code == 422
    send(enter, homework, club, basis="", apart="urgent_duty", notice="Non ha da mangiare.", supervisor=cast.staff("paola").pk)
    assert Referral.objects.get().supervisor == cast.staff("paola")


def test_what_the_agreement_does_not_name_is_not_offered(enter: Enter, homework: Thread, club: Service) -> None:
    world.agreed(club, "name", "need")
    shown = enter("marta").get(page(homework, club)).content.decode()
    assert "Nome: Samira" in shown
    assert "Telefono: 333" not in shown


def test_the_same_service_is_not_asked_twice(enter: Enter, homework: Thread, club: Service) -> None:
    send(enter, homework, club)
    answer = send(enter, homework, club)
    assert answer.status_code == 409
    assert "ha già la richiesta" in answer.content.decode()


def test_a_delicate_request_is_not_offered(enter: Enter, homework: Thread, club: Service) -> None:
    marta = enter("marta")
    listening.mark_delicate(homework, by=cast.at_desk("marta"))
    assert "Invia a un servizio" not in marta.get(f"/scrivania/richieste/{homework.number}/").content.decode()
    assert marta.get(choosing(homework)).status_code == 404
    assert marta.get(page(homework, club)).status_code == 404


@pytest.mark.parametrize("who", ["silvia", "ornella", "salvatore", "bruno", "sara"])
def test_nobody_else_sends(enter: Enter, homework: Thread, club: Service, who: str) -> None:
    assert enter(who).get(page(homework, club)).status_code == 404


def test_a_draft_card_is_not_there(enter: Enter, homework: Thread, club: Service) -> None:

    assert enter("marta").get(page(homework, cards.draft("Bozza", of=club.organization))).status_code == 404
