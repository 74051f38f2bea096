"""What leaves the house: once, to a safe number only, and nothing that a choice keeps in person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import mail

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.carriers import Parcel
from cortile.kit.refusals import NotVisible
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.messages import actions, channels, reads
from cortile.messages.models import Delivery, Message
from cortile.people import actions as people
from tests import cast
from tests.carriers import Watched
from tests.messages.samples import VALUES


@pytest.fixture
def samira_with_mobile() -> None:
    """Give Samira a number of her own."""
    cast.give_mobile("samira")


def sent_by(carrier: Watched) -> int:
    return actions.deliver(by=cast.SYSTEM, through={"sms": carrier, "email": carrier})


def last_message(key: str) -> Message:
    return Message.objects.filter(person=cast.person(key)).order_by("-pk")[0]


@pytest.mark.usefixtures("samira_with_mobile")
def test_a_receipt_leaves_as_an_sms_and_stands_whole_in_the_app() -> None:
    thread = cast.open_request("samira")
    (message,) = reads.inbox(by=cast.herself("samira"))
    assert (message.language, message.channels) == ("ar", ["app", "sms"])
    assert str(thread.number) in message.ways[0].text
    assert "Abbiamo ricevuto la tua richiesta" in message.body_it


@pytest.mark.usefixtures("samira_with_mobile")
def test_each_row_leaves_once() -> None:
    cast.open_request("samira")
    carrier = Watched()
    assert sent_by(carrier) == len(carrier.sent) == 1
    assert sent_by(carrier) == 0


def test_a_channel_that_fails_leaves_the_others_sent() -> None:
    for to in ("rotta@example.invalid", "buona@example.invalid"):
        actions.mail(cast.agency(), to, "office_code_mail", by=cast.SYSTEM, values=VALUES)
    carrier = Watched(failures=[ConnectionRefusedError("chiuso")])
    assert sent_by(carrier) == 1
    assert [p.to for p in carrier.sent] == ["buona@example.invalid"]
    assert list(Delivery.objects.values_list("state", "attempts")) == [("queued", 1), ("sent", 1)]


def test_a_row_no_sender_knows_waits_and_stops_nobody() -> None:
    actions.mail(cast.agency(), "a@example.invalid", "office_code_mail", by=cast.SYSTEM, values=VALUES)
    assert actions.deliver(by=cast.SYSTEM, through={"sms": Watched()}) == 0
    assert len(reads.queued()) == 1


def test_a_mail_keeps_one_identifier_however_often_it_is_sent() -> None:
    row = actions.mail(cast.agency(), "a@example.invalid", "office_code_mail", by=cast.SYSTEM, values=VALUES)
    for _ in range(2):
        channels.Mail().send(Parcel("email", row.to, row.subject, row.text, str(row.reference)))
    assert len({m.extra_headers["Message-ID"] for m in mail.outbox}) == 1


@pytest.mark.usefixtures("samira_with_mobile")
def test_a_request_kept_in_person_takes_back_the_sms_that_waits(marta: Actor) -> None:
    thread = cast.open_request("samira")
    listening.keep_in_person(thread, by=marta)
    assert sent_by(Watched()) == 0
    assert reads.inbox(by=cast.herself("samira")) == []


def test_what_is_said_in_person_is_read_with_an_operator(marta: Actor) -> None:
    thread = cast.open_request()
    listening.keep_in_person(thread, by=marta)
    (message,) = reads.to_person(thread.person_id, by=marta)
    assert message.channels == []


def test_what_is_delicate_is_in_no_list_and_on_its_own_page(marta: Actor, paola: Actor) -> None:
    thread = cast.open_request()
    listening.mark_delicate(thread, by=marta)
    assert reads.to_person(thread.person_id, by=marta) == reads.to_person(thread.person_id, by=paola) == []
    assert [m.key for m in reads.about(thread, by=marta)] == ["receipt"]


def test_an_operator_of_another_quarter_reads_nothing(bruno: Actor) -> None:
    thread = cast.open_request()
    assert reads.to_person(thread.person_id, by=bruno) == []
    message = last_message("adele")
    assert reads.one(message.pk, by=bruno) is None
    with pytest.raises(NotVisible):
        actions.give_on_paper(message, by=bruno)


def test_paper_is_one_of_the_ways_in_the_inbox(marta: Actor, as_adele: Actor) -> None:
    cast.open_request()
    actions.give_on_paper(last_message("adele"), by=marta)
    assert reads.inbox(by=as_adele)[0].channels == ["app", "paper"]


def test_on_a_saturday_night_the_receipt_says_when_a_person_reads_it(as_adele: Actor) -> None:
    with clock.frozen(datetime(2026, 3, 14, 22, tzinfo=UTC)):
        cast.open_request()
        (message,) = reads.inbox(by=as_adele)
    assert "Adesso siamo chiusi. Una persona legge la tua richiesta lunedì 16 marzo alle 9:00." in message.body


def test_a_discreet_person_gets_the_discreet_sms(marta: Actor) -> None:
    cast.give_mobile("gianni")
    people.set_preferences(cast.person("gianni"), by=marta, language="it", needs_interpreter=False, discreet=True)
    cast.open_request("gianni")
    texts = list(Delivery.objects.values_list("text", flat=True))
    assert texts == ["Hai un messaggio da Marta. Per leggerlo chiama lo 02 5550 000 o apri l'app. ALER Milano"]


def test_only_the_person_opens_her_messages(marta: Actor, as_adele: Actor) -> None:
    cast.open_request()
    ids = [last_message("adele").pk]
    assert actions.mark_read(by=marta, message_ids=ids) == 0
    assert reads.unread(by=as_adele) == 1
    assert actions.mark_read(by=as_adele, message_ids=ids) == 1
    assert reads.unread(by=as_adele) == 0


def closed_text(thread: Thread, outcome: str, marta: Actor) -> str:
    for _ in range(2):
        listening.record_attempt(thread, by=marta, how="phone")
    listening.close(thread, by=marta, outcome=outcome)
    return last_message("adele").body


def test_a_closing_after_two_attempts_does_not_claim_a_solution(marta: Actor) -> None:
    assert "Non sappiamo se il problema c'è ancora." in closed_text(cast.open_request(), "no_reply", marta)
