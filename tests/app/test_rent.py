"""T7 «Affitto e bollette»: what is owed is told to who was identified, never as a threat, and never without what protects."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.conf import settings
from django.test import Client

from cortile.accounts import actions as accounts
from cortile.agencies.models import Agency
from cortile.agenda.models import Appointment, CallBack
from cortile.app.rent import words
from cortile.kit import clock, plain_language
from cortile.kit.actor import Actor
from cortile.kit.sessions import SessionStore
from cortile.listening.models import Thread
from cortile.messages import rules
from cortile.people import actions as people
from cortile.people.access import session_of
from tests import cast
from tests.accounts.owing import account_of, planned
from tests.agenda.booking import at
from tests.app.pages import as_daughter, as_guardian, masked
from tests.sessions import Enter

NINE = at(9)
PAGES = ("/casa/conti/", "/casa/conti/lettere/", "/casa/conti/parliamone/", "/casa/conti/parliamone/telefono/")
FRIGHTENING = ("sfratto", "avvocato", "tribunale", "multa:", "obbligo", "moros", "legale", "entro e non oltre", "purtroppo", "!")


def signed_in(client: Client, actor: Actor) -> Client:
    """Return the client in a session opened the way an actor came in."""
    session = SessionStore()
    session["tenant"] = session_of(actor)
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def page_of(client: Client, actor: Actor, address: str = "/casa/conti/") -> str:
    """Return what somebody reads."""
    return signed_in(client, actor).get(address).content.decode()


def test_what_is_owed_is_said_to_the_cent_with_its_days(client: Client) -> None:
    account_of(balance_cents=41_250)
    page = page_of(client, cast.identified("gianni"))
    for said in ("412,50 euro", "sabato 1 novembre 2025", "98,20 euro", "domenica 1 marzo"):
        assert said in page


def test_a_debt_without_a_beginning_says_none(client: Client) -> None:
    account_of(owed_since=None)
    assert "Da quando" not in page_of(client, cast.identified("gianni"))


def test_who_owes_nothing_reads_so(client: Client) -> None:
    account_of(balance_cents=0)
    page = page_of(client, cast.identified("gianni"))
    assert "Non devi niente" in page
    assert "Da pagare" not in page


def test_who_paid_more_reads_how_much(client: Client) -> None:
    account_of(balance_cents=-2_000)
    assert "Hai pagato 20 euro in più" in page_of(client, cast.identified("gianni"))


def test_where_we_do_not_know_we_say_so(client: Client) -> None:
    assert "non abbiamo ancora i tuoi conti" in page_of(client, cast.identified("gianni"))


def test_a_plan_stands_beside_the_debt_in_place_of_the_request_to_pay(client: Client) -> None:
    planned(account_of())
    page = page_of(client, cast.identified("gianni"))
    assert "La rata è di 80 euro al mese. Il piano dura fino a sabato 31 ottobre." in page
    assert "Mancano 640 euro" not in page


def test_an_application_that_waits_stands_beside_it_too(client: Client) -> None:
    accounts.protect(account_of(), by=cast.machine(), kind="application")
    assert "Finché aspetti la risposta" in page_of(client, cast.identified("gianni"))


def test_without_protection_the_text_blames_nobody(client: Client) -> None:
    account_of()
    page = page_of(client, cast.identified("gianni"))
    assert "Capita a molte famiglie" in page
    assert not [word for word in FRIGHTENING if word in page.split("<main")[1].split("</main")[0].lower().replace("<!", "")]


@pytest.mark.parametrize("actor", [cast.herself, cast.by_sms])
def test_a_lower_step_reads_one_sentence_and_how_to_climb(client: Client, actor: object) -> None:
    account_of()
    page = page_of(client, actor("gianni"))  # type: ignore[operator]  # one of the two ways in
    assert "640 euro" not in page
    assert "vieni allo Spazio con un documento" in page


@pytest.mark.parametrize("address", PAGES)
def test_a_lower_step_reads_the_same_in_both_worlds(client: Client, address: str) -> None:
    by = cast.by_sms("gianni")
    before = masked(signed_in(client, by).get(address))
    planned(account_of())
    cast.open_request("gianni", chip="rent", title="Affitto")
    assert masked(signed_in(client, by).get(address)) == before


def test_identified_the_two_worlds_differ(client: Client) -> None:
    before = page_of(client, cast.identified("gianni"))
    account_of()
    assert page_of(client, cast.identified("gianni")) != before


def test_who_lives_there_and_signed_nothing_reads_whose_it_is(client: Client, milano: Agency) -> None:
    account_of()
    son = people.register(milano, by=cast.SYSTEM, given_name="Pino", family_name="Sala", code="pino")
    people.form_household(milano, by=cast.SYSTEM, code="N-gianni", members=[(son, "figlio")])
    page = page_of(client, cast.identified("pino"))
    assert "Il contratto non è a tuo nome" in page
    assert "640 euro" not in page


@pytest.mark.parametrize("address", PAGES)
def test_who_helps_with_other_matters_finds_nothing(client: Client, address: str) -> None:
    assert as_daughter(client, "faults").get(address).status_code == 404


def test_who_helps_with_the_rent_reads_no_account_and_may_ask(client: Client) -> None:
    account_of("adele")
    page = as_daughter(client, "rent").get("/casa/conti/").content.decode()
    assert "640 euro" not in page
    assert "NON RIESCO A PAGARE" in page


def test_nor_does_who_represents(client: Client) -> None:
    account_of("adele")
    assert "640 euro" not in as_guardian(client, "rent").get("/casa/conti/").content.decode()


@pytest.mark.parametrize("who", ["marta", "salvatore", "ornella", "sara"])
def test_nobody_at_work_finds_the_page(enter: Enter, who: str) -> None:
    assert enter(who).get("/casa/conti/").status_code == 404


def test_the_four_letters_are_explained(client: Client) -> None:
    page = page_of(client, cast.herself("gianni"), "/casa/conti/lettere/")
    for title in ("Il sollecito", "La messa in mora", "La proposta di rate", "Il bollettino"):
        assert title in page


@pytest.mark.pure
@pytest.mark.parametrize("key", [*words.LETTERS, "rent_arrears", "protected_plan", "protected_application"])
def test_a_letter_is_plain_and_waits_for_the_body_to_confirm_it(key: str) -> None:
    entry = rules.entries("it")[key]
    assert entry.to_confirm
    assert plain_language.problems(" ".join(entry.sentences), gate=plain_language.SHORT_TEXT_GATE) == []


def test_an_unread_translation_leaves_money_in_italian(client: Client) -> None:
    account_of("samira")
    page = signed_in(client, cast.identified("samira")).get("/casa/conti/?lingua=ar", follow=True).content.decode()
    assert 'lang="it" dir="ltr">Mancano 640 euro' in page


# --- «Non riesco a pagare» ---


def agree(client: Client, actor: Actor, way: str, starts_at: datetime | None = NINE, **more: str) -> str:
    """Agree on how to talk, and return where the browser is sent."""
    hour = {"starts_at": clock.local(starts_at).isoformat()} if starts_at else {}
    answer = signed_in(client, actor).post(f"/casa/conti/parliamone/{way}/", hour | {"once": "k"} | more)
    return str(answer.headers.get("Location", ""))


def test_a_call_is_an_hour_with_a_person(client: Client) -> None:
    to = agree(client, cast.herself("gianni"), "telefono")
    page = client.get(to).content.decode()
    for said in (str(Thread.objects.get().number), "giovedì 12 marzo", "9:00–9:30", "Marta"):
        assert said in page
    assert (CallBack.objects.get().starts_at, Thread.objects.get().next_date) == (at(9), date(2026, 3, 12))


def test_to_come_is_an_appointment_at_the_space(client: Client) -> None:
    page = signed_in(client, cast.herself("gianni")).get(agree(client, cast.herself("gianni"), "spazio")).content.decode()
    assert "Spazio C.A.S.A. San Siro" in page
    assert Appointment.objects.get().thread == Thread.objects.get()


def test_to_be_answered_here_keeps_the_words(client: Client) -> None:
    to = agree(client, cast.herself("gianni"), "qui", None, story="Ho perso il lavoro")
    thread = Thread.objects.get()
    assert (thread.answer_by, thread.entries.get(kind="opened").text) == ("app", "Ho perso il lavoro")
    assert "Ti rispondiamo entro" in client.get(to).content.decode()


def test_no_reason_is_asked_before_an_hour_is_offered(client: Client) -> None:
    for address in ("/casa/conti/parliamone/", "/casa/conti/parliamone/telefono/"):
        assert "<textarea" not in page_of(client, cast.herself("gianni"), address)


def test_an_sms_session_is_told_its_receipt_once(client: Client) -> None:
    to = agree(client, cast.by_sms("gianni"), "telefono")
    first, second = client.get(to), client.get(to)
    assert "giovedì 12 marzo" in first.content.decode()
    assert second.status_code == 404


def test_then_nothing_of_it_is_on_that_phone(client: Client) -> None:
    before = masked(signed_in(client, cast.by_sms("gianni")).get("/casa/"))
    client.get(agree(client, cast.by_sms("gianni"), "telefono"))
    assert masked(client.get("/casa/")) == before


def test_an_sms_session_is_not_promised_an_answer_it_could_not_read(client: Client) -> None:
    assert signed_in(client, cast.by_sms("gianni")).get("/casa/conti/parliamone/qui/").status_code == 404


def test_an_hour_that_went_meanwhile_is_said_and_nothing_is_kept(client: Client) -> None:
    agree(client, cast.herself("gianni"), "telefono")
    late = signed_in(client, cast.herself("adele")).post("/casa/conti/parliamone/telefono/", {"starts_at": NINE.isoformat()})
    assert "Quest&#x27;ora non è più libera" in late.content.decode()
    assert (late.status_code, Thread.objects.count()) == (422, 1)


def test_sending_twice_agrees_once(client: Client) -> None:
    assert agree(client, cast.herself("gianni"), "telefono") == agree(client, cast.herself("gianni"), "telefono")
    assert Thread.objects.count() == CallBack.objects.count() == 1


@pytest.mark.parametrize("written", ["", "domani", "2026-03-12T09:00"])
def test_what_is_no_hour_is_asked_again(client: Client, written: str) -> None:
    answer = signed_in(client, cast.herself("gianni")).post("/casa/conti/parliamone/telefono/", {"starts_at": written})
    assert (answer.status_code, Thread.objects.count()) == (422, 0)


def test_another_way_is_a_404(client: Client) -> None:
    assert signed_in(client, cast.herself("gianni")).get("/casa/conti/parliamone/fax/").status_code == 404


def test_somebody_elses_receipt_is_a_404(client: Client) -> None:
    to = agree(client, cast.herself("gianni"), "telefono")
    assert signed_in(client, cast.herself("adele")).get(to).status_code == 404


def test_a_session_a_phone_opened_reads_no_number_of_hers(client: Client) -> None:
    number = cast.person("gianni").contact_points.get(kind="mobile").value
    assert number in page_of(client, cast.herself("gianni"), "/casa/conti/parliamone/")
    assert number not in page_of(client, cast.by_sms("gianni"), "/casa/conti/parliamone/")
