"""T8: one place that mirrors every channel (I7)."""

from __future__ import annotations

from django.test import Client

from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.listening.models import Thread
from cortile.messages.models import Message
from tests import cast
from tests.app.pages import as_daughter, said
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
