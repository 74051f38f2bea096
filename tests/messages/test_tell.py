"""Telling somebody something: in their language, on a phone only if it may be there, sent once."""

from __future__ import annotations

from typing import Any

import pytest

from cortile.agencies.models import Agency
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible
from cortile.listening.models import Thread
from cortile.messages import access, actions, reads
from cortile.messages.models import Delivery, Message
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast, traces
from tests.carriers import Watched
from tests.messages.samples import VALUES


def tell(person: Person, **details: Any) -> Message:  # noqa: ANN401 -- the act's own arguments
    """Tell a tenant that their request arrived."""
    return actions.tell(person, "receipt", by=cast.machine(), values=VALUES, **details)


def test_it_is_said_in_her_language_and_in_ours(samira: Person) -> None:
    row = tell(samira)
    assert (row.language, row.key) == ("ar", "receipt")
    assert "Abbiamo ricevuto" in row.body_it
    assert traces.subjects("message.told") == {samira.pk}


def test_a_text_the_catalogue_has_not_is_a_mistake_of_ours(samira: Person) -> None:
    with pytest.raises(KeyError):
        actions.tell(samira, "gossip", by=cast.machine(), values=VALUES)


def test_a_value_nobody_gave_is_one_too(samira: Person) -> None:
    with pytest.raises(KeyError):
        actions.tell(samira, "receipt", by=cast.machine(), values={})


def test_an_sms_goes_to_a_number_of_her_own(samira: Person) -> None:
    row = tell(samira, sms="receipt_sms")
    assert row.deliveries.get().to == "333 5550 101"


def test_a_landline_gets_none(adele: Person) -> None:
    assert not tell(adele, sms="receipt_sms").deliveries.exists()


@pytest.mark.parametrize("how", [{"shared": True}, {"safe": False}])
def test_nor_does_a_number_others_read(samira: Person, how: dict[str, bool]) -> None:
    people.add_contact_point(samira, by=cast.machine(), kind="mobile", value="333 5550 101", **how)
    assert not tell(samira, sms="receipt_sms").deliveries.exists()


def test_who_asked_for_discretion_reads_nothing_of_it_in_the_sms(samira: Person) -> None:
    people.set_preferences(samira, by=cast.herself("samira"), discreet=True)
    plain = tell(cast.person("gianni"), sms="receipt_sms").deliveries.get().text
    discreet = tell(cast.person("samira"), sms="receipt_sms").deliveries.get().text
    assert str(VALUES["number"]) in plain
    assert str(VALUES["number"]) not in discreet


@pytest.mark.parametrize("how", [{"quiet": True}, {"delicate": True}])
def test_what_is_kept_in_person_rings_nowhere(samira: Person, how: dict[str, bool]) -> None:
    row = tell(samira, sms="receipt_sms", **how)
    assert (row.on_phone, row.deliveries.count()) == (False, 0)
    assert reads.inbox(by=cast.herself("samira")) == []


def test_nor_for_who_wants_everything_in_person(samira: Person, marta: Actor) -> None:
    people.choose_in_person(samira, by=marta, only_in_person=True)
    assert not tell(cast.person("samira"), sms="receipt_sms").on_phone


def test_what_was_said_can_be_taken_off(thread: Thread) -> None:
    cast.give_mobile("adele")
    row = tell(thread.person, about=thread, sms="receipt_sms")
    assert actions.keep_off_phones(thread, by=cast.machine()) == 2
    assert (Message.objects.get(pk=row.pk).on_phone, row.deliveries.get().state) == (False, "withdrawn")


def test_only_what_is_about_that_thing(thread: Thread) -> None:
    other = tell(thread.person)
    actions.keep_off_phones(thread, by=cast.machine(), delicate=True)
    assert Message.objects.get(pk=other.pk).on_phone


def test_one_row_leaves_at_a_time(samira: Person) -> None:
    first, second = (tell(samira, sms="receipt_sms").deliveries.get() for _ in range(2))
    row = actions.deliver_one(by=cast.SYSTEM, through={"sms": Watched()})
    assert (row, row.state, row.sent_at) == (first, "sent", cast.NOW)
    assert Delivery.objects.get(pk=second.pk).state == "queued"


@pytest.mark.parametrize("how", [{"shared": True}, {"safe": False}])
def test_a_number_she_refuses_meanwhile_is_not_used(samira: Person, how: dict[str, bool]) -> None:
    tell(samira, sms="receipt_sms")
    people.add_contact_point(samira, by=cast.machine(), kind="mobile", value="333 5550 101", **how)
    carrier = Watched()
    row = actions.deliver_one(by=cast.SYSTEM, through={"sms": carrier})
    assert (row.state, carrier.sent) == ("withdrawn", [])


def test_when_nothing_waits_nothing_leaves() -> None:
    assert actions.deliver_one(by=cast.SYSTEM, through={"sms": Watched()}) is None
    assert not AuditEvent.objects.filter(what__startswith="outbox.").exists()


def test_what_failed_says_why_and_waits(samira: Person) -> None:
    tell(samira, sms="receipt_sms")
    row = actions.deliver_one(by=cast.SYSTEM, through={"sms": Watched(failures=[OSError("rete assente")])})
    assert (row.state, row.attempts, row.last_error) == ("queued", 1, "rete assente")


def test_a_mail_is_in_italian() -> None:
    row = actions.mail(cast.agency(), "a@example.invalid", "office_code_mail", by=cast.SYSTEM, values=VALUES)
    assert (row.channel, row.state) == ("email", "queued")
    assert str(VALUES["code"]) in row.text


def test_she_marks_her_own_as_read(samira: Person, adele: Person) -> None:
    mine, theirs = tell(samira), tell(adele)
    assert actions.mark_read(by=cast.herself("samira"), message_ids=[mine.pk, theirs.pk]) == 1
    assert Message.objects.get(pk=theirs.pk).read_at is None


def test_an_operator_reads_for_nobody(samira: Person, marta: Actor) -> None:
    assert actions.mark_read(by=marta, message_ids=[tell(samira).pk]) == 0


def test_a_message_is_handed_over_on_paper(samira: Person, marta: Actor) -> None:
    paper = actions.give_on_paper(tell(samira), by=marta)
    assert (paper.channel, paper.state) == ("paper", "sent")


@pytest.mark.parametrize("who", ["bruno", "sara", "silvia", "salvatore", "lucia", "ornella"])
def test_strangers_hand_over_nothing(who: str, samira: Person) -> None:
    row = tell(samira)
    assert row not in access.visible_to(cast.at_desk(who))
    with pytest.raises(NotVisible):
        actions.give_on_paper(row, by=cast.at_desk(who))


def test_what_cannot_be_said_in_her_language_says_who_interprets(samira: Person, milano: Agency) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Agency.objects.filter(pk=milano.pk).update(interpreter_phone="02 5550 900")
        Person.objects.filter(pk=samira.pk).update(language="ro")
    message = tell(cast.person("samira"))
    assert message.language == "it"
    assert message.body == f"{message.body_it}\nVuoi ascoltarlo nella tua lingua? Chiama l'interprete: 02 5550 900."
