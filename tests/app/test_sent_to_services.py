"""What a tenant sees of where her request went: in her words, with the permission she can take back and «è servito?»."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from cortile.app.listening.words import LINES
from cortile.app.referrals import words
from cortile.directory import actions as directory
from cortile.directory.models import Service
from cortile.kit.actor import Actor
from cortile.listening.states import OF_SERVICES
from cortile.people.access import session_of
from cortile.referrals import actions
from cortile.referrals.models import Consent, Referral
from tests import cast
from tests.app.pages import as_daughter, as_guardian, come_by, said
from tests.referrals import world
from tests.sessions import Enter


@pytest.fixture
def club(_alone: None) -> Service:
    """Return the after-school club."""
    return world.service()


@pytest.fixture
def asked(club: Service) -> Referral:
    """Return a referral of Adele's."""
    return world.send(cast.open_request("adele", chip="school", title="Doposcuola"), club, fields=("name", "need"))


def page(row: Referral) -> str:
    return f"/casa/richieste/{row.thread.number}/"


def withdraw(row: Referral) -> str:
    return f"/casa/permessi/{row.consent_id}/ritira/"


def test_her_request_says_where_it_went_and_what_they_know(enter: Enter, asked: Referral) -> None:
    shown = enter("adele").get(page(asked)).content.decode()
    assert "Doposcuola" in shown
    assert "Nome, Di che cosa ha bisogno" in shown
    assert "Il permesso vale fino a" in shown


def test_her_history_names_the_service(enter: Enter, asked: Referral) -> None:
    assert "Abbiamo scritto a un servizio: Doposcuola" in enter("adele").get(page(asked)).content.decode()


def test_the_permission_is_asked_once_and_taken_back(enter: Enter, asked: Referral) -> None:
    adele = enter("adele")
    assert "Ritiri il permesso?" in adele.get(withdraw(asked)).content.decode()
    assert Consent.objects.get().withdrawn_at is None
    adele.post(withdraw(asked))
    assert world.partner(asked) is None
    assert "Hai ritirato il permesso" in adele.get(page(asked)).content.decode()


def test_it_is_taken_back_once(enter: Enter, asked: Referral) -> None:
    adele = enter("adele")
    adele.post(withdraw(asked))
    assert adele.post(withdraw(asked)).status_code == 409


def test_nobody_takes_back_another_s(enter: Enter, asked: Referral) -> None:
    assert enter("gianni").get(withdraw(asked)).status_code == 404
    assert enter("gianni").post(withdraw(asked)).status_code == 404


def test_did_it_help_is_one_tap(enter: Enter, asked: Referral) -> None:
    actions.accept(asked, by=world.them(asked), day=date(2026, 3, 16))
    adele = enter("adele")
    assert "È servito?" in adele.get(page(asked)).content.decode()
    adele.post(f"/casa/invii/{asked.number}/servito/", {"outcome": "partly"})
    assert world.fresh(asked).person_outcome == "partly"
    assert "In parte" in adele.get(page(asked)).content.decode()


def test_it_is_not_asked_before_a_yes(enter: Enter, asked: Referral) -> None:
    assert "È servito?" not in enter("adele").get(page(asked)).content.decode()
    assert enter("adele").post(f"/casa/invii/{asked.number}/servito/", {"outcome": "met"}).status_code == 409


def test_another_answer_is_not_there(enter: Enter, asked: Referral) -> None:
    assert enter("adele").post(f"/casa/invii/{asked.number}/servito/", {"outcome": "no_reply"}).status_code == 404


def test_who_helps_her_reads_nothing_of_the_service(client: Client, enter: Enter, asked: Referral, club: Service) -> None:
    actions.accept(asked, by=world.them(asked), day=date(2026, 3, 16))
    assert f"Il servizio {club.name} ha detto sì" in said(enter("adele").get(page(asked)))
    shown = said(as_daughter(client, "school").get(page(asked)))
    assert "Abbiamo ricevuto la tua richiesta" in shown
    assert not [sentence for sentence in ("Abbiamo scritto a un servizio", "ha detto sì") if sentence in shown]


def test_every_line_that_names_a_service_is_kept_from_who_helps() -> None:
    of_services = {kind for kind, sentence in LINES.items() if "%(service)s" in str(sentence)}
    assert of_services == set(OF_SERVICES)


# --- asking for oneself ---


def own(service: Service) -> str:
    return f"/casa/chiedi-a-un-servizio/{service.pk}/"


def ask(client: Client, service: Service, **typed: object) -> HttpResponse:
    """Send the page as it came, with what is typed here."""
    mark = re.search(r'name="read_for" value="(\w+)"', client.get(own(service)).content.decode())
    assert mark
    return client.post(own(service), {"read_for": mark.group(1), **typed}, follow=True)  # type: ignore[return-value]  # the client's own


def test_she_ticks_what_the_service_is_told(enter: Enter, club: Service) -> None:
    shown = enter("adele").get(own(club)).content.decode()
    assert "Nome: Adele Brambilla" in shown
    assert "Telefono: 02 5550 100" in shown


def test_exactly_that_is_sent_and_the_receipt_says_it(enter: Enter, club: Service) -> None:
    answer = ask(enter("adele"), club, need="Un aiuto per i compiti", given=["phone"])
    row = Referral.objects.get()
    assert row.shared == {"phone": "02 5550 100", "need": "Un aiuto per i compiti"}
    assert row.consent is not None
    assert row.consent.evidence == "app"
    assert "Abbiamo scritto al servizio" in answer.content.decode()
    assert "02 5550 100" in answer.content.decode()


@pytest.mark.parametrize(("need", "given"), [("", ["name"]), ("Compiti", []), ("Compiti", ["language"])])
def test_nothing_goes_without_a_need_and_a_way_to_answer(enter: Enter, club: Service, need: str, given: list[str]) -> None:
    assert ask(enter("adele"), club, need=need, given=given).status_code == 422
    assert not Referral.objects.exists()


def test_the_words_kept_are_the_words_shown(enter: Enter, club: Service) -> None:
    adele = enter("adele")
    shown = adele.get(own(club)).content.decode()
    ask(adele, club, need="Compiti", given=["name"])
    assert Consent.objects.get().words in shown


def test_words_that_changed_since_they_were_shown_are_read_again(enter: Enter, club: Service) -> None:
    answer = enter("adele").post(own(club), {"need": "Compiti", "given": ["name"], "read_for": "altre"})
    assert answer.status_code == 422
    assert "Leggi la frase nuova" in answer.content.decode()
    assert not Referral.objects.exists()


def test_the_language_kept_is_that_of_the_words(enter: Enter, club: Service) -> None:
    ask(enter("samira"), club, need="Compiti", given=["name"])
    yes = Consent.objects.get()
    assert yes.words.startswith("Do il permesso")
    assert (cast.person("samira").language, yes.language) == ("ar", "it")


def test_a_code_to_a_telephone_reads_and_sends_nothing(client: Client, club: Service) -> None:
    session = client.session
    session["tenant"] = session_of(cast.by_sms("adele"))
    session.save()
    answer = client.get(own(club))
    assert answer.status_code == 409
    assert "02 5550 100" not in answer.content.decode().split("</main>")[0]


def receipt(row: Referral) -> str:
    return f"/casa/invii/{row.number}/"


@pytest.mark.parametrize("came_by", ["sms", "voice"])
def test_the_receipt_tells_a_telephone_which_data_went_and_never_what_they_say(
    client: Client, asked: Referral, came_by: str
) -> None:
    shown = said(come_by(client, "adele", came_by).get(receipt(asked)))
    assert "Nome, Di che cosa ha bisogno" in shown
    assert world.NEED not in shown
    assert world.NEED in said(come_by(client, "adele", "paper").get(receipt(asked)))


def test_the_receipt_tells_who_represents_her_the_same(client: Client, asked: Referral) -> None:
    shown = said(as_guardian(client, "school").get(receipt(asked)))
    assert "Nome, Di che cosa ha bisogno" in shown
    assert world.NEED not in shown


def test_how_the_rent_goes_is_on_the_receipt_of_who_was_identified(asked: Referral, as_adele: Actor) -> None:
    rent = ("Come va con l'affitto", "l'affitto ha un debito")
    asked.shared = asked.shared | {"economic": rent[1]}
    assert rent not in words.facts(asked, as_adele)
    assert rent in words.facts(asked, cast.identified("adele"))


def test_her_permissions_are_among_her_data(enter: Enter, asked: Referral) -> None:
    adele = enter("adele")
    assert withdraw(asked) in adele.get("/casa/io/").content.decode()
    adele.post(withdraw(asked))
    assert withdraw(asked) not in adele.get("/casa/io/").content.decode()


def test_a_permission_no_service_reads_by_any_more_is_no_longer_listed(enter: Enter, asked: Referral, marta: Actor) -> None:
    actions.revoke(asked, by=marta, reason="Ha trovato da sola.")
    assert Consent.objects.get().stands
    assert withdraw(asked) not in enter("adele").get("/casa/io/").content.decode()


def test_a_card_nobody_reads_is_asked_nothing(enter: Enter, club: Service) -> None:

    directory.withdraw_service(club.pk, by=cast.SYSTEM, reason="Ha chiuso.")
    assert enter("adele").get(own(club)).status_code == 404


def test_whoever_is_not_signed_in_is_led_to_come_in(client: Client, club: Service) -> None:
    assert client.get(own(club)).headers["Location"].startswith("/casa/entra/")


def test_staff_ask_nothing_for_themselves(enter: Enter, club: Service) -> None:
    assert enter("marta").get(own(club)).status_code == 404
