"""An SMS that waits, on the page of who answers the phone: into a request, a request of its own, or read and done with."""

from __future__ import annotations

import pytest

from cortile.kit import clock, scopes
from cortile.kit.audit import ON_BEHALF
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions
from cortile.listening.actions.phone import open_from_sms
from cortile.listening.models import Entry, Thread
from cortile.messages.models import Delivery, IncomingSms, Message
from tests import cast
from tests.sessions import Enter

PAGE = "/scrivania/telefono/"
WORDS = "La caldaia non parte"


def sms(sender: str = "+39 333 5550102", body: str = "aler-milano") -> IncomingSms:
    """Return an SMS that waits: from Gianni's mobile unless told otherwise."""
    with scopes.opened(scopes.EVERYTHING):
        return IncomingSms.objects.create(
            agency=cast.agency(body), reference=f"r{sender}{body}", sender=sender, text=WORDS, received_at=clock.now()
        )


def test_what_waits_is_on_the_page_of_the_phone(enter: Enter) -> None:
    sms()
    assert WORDS in enter("silvia").get(PAGE).content.decode()


def test_another_bodys_is_not(enter: Enter) -> None:
    sms(body="aler-lodi")
    assert WORDS not in enter("silvia").get(PAGE).content.decode()


def test_one_tap_makes_a_request_of_whose_number_it_is(enter: Enter) -> None:
    waits = sms()
    assert enter("silvia").post(f"{PAGE}sms/{waits.pk}/apri/").status_code == 302
    thread = Thread.objects.get(channel="sms")
    assert (thread.person, thread.next_date, thread.owner) == (cast.person("gianni"), thread.first_promise, cast.staff("marta"))
    entry = Entry.objects.get(kind="opened", thread=thread)
    assert (entry.text, entry.signed) == (WORDS, "Silvia M., per conto di Gianni S.")
    waits.refresh_from_db()
    assert (waits.state, waits.thread_id) == ("handled", thread.pk)


def test_both_names_stand_in_the_audit() -> None:
    open_from_sms(sms(), by=cast.at_desk("silvia"))
    event = AuditEvent.objects.filter(what="thread.opened").latest("pk")
    assert (event.agent_name, ON_BEHALF in event.fields) == ("Silvia M.", True)


def test_two_taps_are_one_request(enter: Enter) -> None:
    waits = sms()
    for _ in range(2):
        enter("silvia").post(f"{PAGE}sms/{waits.pk}/apri/", {"once": "a"})
    assert Thread.objects.filter(channel="sms").count() == 1


def test_a_number_of_nobody_opens_no_request() -> None:
    with pytest.raises(Refused) as refused:
        open_from_sms(sms("+39 333 0000000"), by=cast.at_desk("silvia"))
    assert refused.value.code == "sms-of-nobody"


def test_one_that_waits_no_more_opens_nothing() -> None:
    waits = sms()
    actions.give_sms(waits, None, by=cast.at_desk("silvia"))
    waits.refresh_from_db()
    with pytest.raises(NotVisible):
        open_from_sms(waits, by=cast.at_desk("silvia"))


def test_it_goes_into_the_request_she_means(enter: Enter, thread: Thread) -> None:
    waits = sms()
    enter("marta").post(f"{PAGE}sms/{waits.pk}/metti/", {"numero": f" {thread.number} "})
    assert Entry.objects.filter(kind="tenant").latest("pk").text == WORDS


@pytest.mark.parametrize("act", ["apri", "metti", "letto", "altro"])
def test_another_bodys_sms_is_not_there(enter: Enter, act: str) -> None:
    waits = sms(body="aler-lodi")
    assert enter("silvia").post(f"{PAGE}sms/{waits.pk}/{act}/", {"numero": "1"}).status_code == 404


def test_read_and_done_with(enter: Enter) -> None:
    waits = sms()
    enter("silvia").post(f"{PAGE}sms/{waits.pk}/letto/")
    assert WORDS not in enter("silvia").get(PAGE).content.decode()


def test_what_is_to_be_given_on_paper_is_listed_and_goes(enter: Enter, thread: Thread) -> None:
    cast.in_front("marta", "adele")
    message = Message.objects.filter(person=thread.person).latest("pk")
    with scopes.opened(scopes.EVERYTHING):
        Delivery.objects.create(message=message, channel="paper", to="", text="", created_at=clock.now())
    assert "Da consegnare su carta" in enter("marta").get(PAGE).content.decode()
    letter = enter("marta").post(f"/scrivania/persone/{thread.person_id}/messaggi/{message.pk}/lettera.pdf")
    assert letter.headers["Content-Type"] == "application/pdf"
    assert "Da consegnare su carta" not in enter("marta").get(PAGE).content.decode()


def test_a_message_of_somebody_else_is_not_hers(enter: Enter, thread: Thread) -> None:
    cast.in_front("marta", "samira")
    message = Message.objects.filter(person=thread.person).latest("pk")
    samira = cast.person("samira").pk
    assert enter("marta").post(f"/scrivania/persone/{samira}/messaggi/{message.pk}/letto/").status_code == 404
