"""Lists on a screen others see: what is delicate stands there by its number, for its duty person, and for nobody else."""

from __future__ import annotations

import re
from datetime import time

import pytest
from django.test import Client

from cortile.agenda import actions as agenda
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.listening import reads as listening
from cortile.listening.models import Thread
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast
from tests.app.pages import said
from tests.sessions import Enter

LISTS = ("/scrivania/", "/scrivania/richieste/", "/scrivania/richieste/?di=mie", "/scrivania/agenda/", "/scrivania/contatto/")
COLLEAGUES = ("bruno", "paola", "silvia", "salvatore")
ONCE = re.compile(r'name="once" value="[^"]+"')


@pytest.fixture
def apart(marta: Actor) -> Thread:
    """Return a request of Adele in Marta's envelope, born of a talk, with an appointment today."""
    adele = cast.person("adele")
    thread = acts.record_request([adele], acts.Asked("Il marito"), by=marta, chip="neighbours", delicate=True, note="Ha paura")
    agenda.book(
        adele, by=marta, staff=cast.staff("marta"), place=cast.space(), starts_at=clock.at(clock.today(), time(12)),
        bring="Il passaporto", thread=thread,
    )  # fmt: skip
    return thread


@pytest.mark.parametrize("address", LISTS)
def test_a_name_or_a_title_on_a_shared_screen(address: str, apart: Thread, enter: Enter) -> None:
    page = said(enter("marta").get(address))
    assert "delicat" in page
    assert not re.search("Adele|Brambilla|marito|02 5550 100|passaporto|scala B", page)


def test_a_title_beside_a_number_typed_in_search(apart: Thread, enter: Enter) -> None:
    page = said(enter("marta").get(f"/scrivania/cerca/?q={apart.number}"))
    assert f"Richiesta delicata <bdi>{apart.number}</bdi>" in page
    assert "marito" not in page


def test_a_note_on_the_page_of_the_person(apart: Thread, enter: Enter, adele: Person) -> None:
    page = said(enter("marta").get(f"/scrivania/persone/{adele.pk}/"))
    assert "Il marito" not in page
    assert re.search("<details[^>]*><summary>Leggi la nota</summary>.*Ha paura", page)


def test_no_paper_carries_it(apart: Thread, enter: Enter) -> None:
    assert enter("marta").get(f"/scrivania/richieste/{apart.number}/foglio.pdf").status_code == 404


def _desk(client: Client, number: int) -> list[tuple[int, str]]:
    """Return what a colleague finds wherever the request could show. The month counts it, as a number, by definition."""
    person = f"/scrivania/persone/{cast.person('adele').pk}/"
    thread = f"/scrivania/richieste/{number}/"
    others = (person, thread, f"{thread}foglio.pdf", f"{thread}file/1/", f"/scrivania/cerca/?q={number}")
    answers = [client.get(address) for address in (*LISTS, *others)]
    return [(a.status_code, ONCE.sub("", said(a)).replace(str(number), "N")) for a in answers]


@pytest.mark.parametrize("who", COLLEAGUES)
def test_no_colleague_can_tell(who: str, enter: Enter, request: pytest.FixtureRequest) -> None:
    before = _desk(enter(who), 4242)
    number = request.getfixturevalue("apart").number
    assert _desk(enter(who), number) == before


# --- «solo di persona»: nobody is led to a telephone ---


def test_no_button_rings_her_phone(enter: Enter, thread: Thread, marta: Actor) -> None:
    people.choose_in_person(thread.person, by=marta, only_in_person=True)
    for address in ("/scrivania/", f"/scrivania/richieste/{thread.number}/"):
        assert "02 5550 100" not in said(enter("marta").get(address))


def test_no_office_reads_a_number_to_ring(thread: Thread, marta: Actor, ornella: Actor) -> None:
    sent = acts.hand_over(thread, cast.office(), by=marta, question="È in regola?")
    assert listening.one_hand_over(sent.pk, by=ornella).phone == "02 5550 100"
    acts.keep_in_person(thread, by=marta)
    assert listening.one_hand_over(sent.pk, by=ornella).phone == ""


def test_an_answered_question_tells_nothing_more_of_her(thread: Thread, marta: Actor, ornella: Actor) -> None:
    sent = acts.hand_over(thread, cast.office(), by=marta, question="È in regola?")
    acts.answer_hand_over(sent, by=ornella, text="Sì.")
    question = listening.one_hand_over(sent.pk, by=ornella)
    assert (question.name, question.phone, question.dwelling, question.rent) == ("Adele Brambilla", "", "", [])
