"""T8: one place that mirrors every channel (I7)."""

from __future__ import annotations

import pytest
from django.test import Client

from cortile.agencies import actions as agencies
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.listening.models import Thread
from cortile.messages import actions
from cortile.messages.models import Delivery, Message
from tests import cast
from tests.app.pages import as_daughter, said
from tests.messages.test_notices import write
from tests.sessions import Enter

HERE = "/casa/messaggi/"


def test_every_message_is_here_and_leads_to_its_request(enter: Enter, thread: Thread, marta: Actor) -> None:
    acts.say(thread, by=marta, text="Vengono domani.")
    page = said(enter("adele").get(HERE))
    assert "Abbiamo ricevuto la tua richiesta" in page
    assert "Vengono domani." in page
    assert f"/casa/richieste/{thread.number}/" in page


def test_samira_reads_arabic_with_the_italian_beside(enter: Enter) -> None:
    cast.open_request("samira")
    page = said(enter("samira").get(HERE))
    assert 'lang="ar" dir="rtl"' in page
    assert "In italiano" in page


def test_looking_marks_nothing_read(enter: Enter, thread: Thread) -> None:
    enter("adele").get(HERE)
    assert Message.objects.filter(read_at=None).count() == 1


def test_saying_so_marks_them_read(enter: Enter, thread: Thread) -> None:
    adele = enter("adele")
    adele.post(HERE)
    assert Message.objects.filter(read_at=None).count() == 0
    assert "Nuovo" not in said(adele.get(HERE))


def test_home_counts_what_is_new(enter: Enter, thread: Thread) -> None:
    assert "1 nuovo" in said(enter("adele").get("/casa/"))


def test_nothing_yet_says_so(enter: Enter) -> None:
    assert "Non ci sono messaggi" in said(enter("adele").get(HERE))


def test_a_delegate_reads_no_messages(client: Client, thread: Thread) -> None:
    assert as_daughter(client, "faults").get(HERE).status_code == 404


def test_what_is_delicate_is_not_here(enter: Enter, thread: Thread, marta: Actor) -> None:
    acts.mark_delicate(thread, by=marta)
    assert "Non ci sono messaggi" in said(enter("adele").get(HERE))


def test_it_says_every_way_a_message_left_and_its_words_there(enter: Enter, marta: Actor) -> None:
    cast.give_mobile("adele")
    cast.open_request("adele")
    sms = Delivery.objects.get(message__person__code="adele", channel="sms")
    actions.give_on_paper(Message.objects.get(), by=marta)
    page = said(enter("adele").get(HERE))
    assert "App · SMS · Carta" in page
    assert sms.text.replace("'", "&#x27;") in page


def _became(state: str) -> None:
    """Let an SMS be where a carrier would bring it."""
    with scopes.opened(scopes.EVERYTHING):
        Delivery.objects.filter(channel="sms").update(state=state)


@pytest.mark.parametrize(("state", "word"), [("bounced", "non è arrivato"), ("queued", "parte tra poco"), ("delivered", "")])
def test_what_did_not_arrive_is_said(enter: Enter, state: str, word: str) -> None:
    cast.give_mobile("adele")
    cast.open_request("adele")
    _became(state)
    page = said(enter("adele").get(HERE))
    assert word in page
    assert ("non è arrivato" in page) == (state == "bounced")


def test_what_was_taken_back_left_by_no_way(enter: Enter) -> None:
    cast.give_mobile("adele")
    cast.open_request("adele")
    _became("withdrawn")
    assert "SMS" not in said(enter("adele").get(HERE)).split("Come te lo abbiamo detto")[1][:40]


def test_a_message_is_printed_as_a_letter(enter: Enter, thread: Thread) -> None:
    letter = enter("adele").get(f"/casa/messaggi/{Message.objects.get().pk}/foglio.pdf")
    assert letter.content.startswith(b"%PDF")
    assert letter["Content-Disposition"] == 'inline; filename="messaggio.pdf"'


def test_nobody_else_prints_it_nor_she_what_is_delicate(enter: Enter, thread: Thread, marta: Actor) -> None:
    address = f"/casa/messaggi/{Message.objects.get().pk}/foglio.pdf"
    assert enter("samira").get(address).status_code == 404
    acts.mark_delicate(thread, by=marta)
    assert enter("adele").get(address).status_code == 404


def test_a_notice_is_read_in_its_days_with_the_interpreter_for_who_reads_arabic(enter: Enter, marta: Actor, paola: Actor) -> None:
    agencies.set_interpreter_phone(cast.agency(), "02 5550 777", by=paola)
    write(marta, stair="A")
    samira = enter("samira")
    samira.cookies["lingua"] = "ar"
    page = said(samira.get(HERE))
    assert 'lang="it" data-said><bdi>Ascensore fermo' in page
    assert "02 5550 777" in page
    assert "Ascensore fermo" not in said(enter("adele").get(HERE))


def test_in_italian_no_interpreter_is_offered(enter: Enter, marta: Actor, paola: Actor) -> None:
    agencies.set_interpreter_phone(cast.agency(), "02 5550 777", by=paola)
    write(marta)
    page = said(enter("adele").get(HERE))
    assert "Ascensore fermo" in page
    assert "02 5550 777" not in page
