"""Side answers: nothing a phone or a colleague is shown may tell that something is kept from them.

Each test is named after the leak. Two worlds are compared where a page could tell in more ways than one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from cortile.agenda import actions as agenda
from cortile.agenda import reads as times
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.listening import reads as listening
from cortile.listening.models import Thread
from cortile.messages import actions as outbox
from cortile.messages import reads as messages
from cortile.messages.models import Delivery
from cortile.people import access, openings
from cortile.people import actions as choices
from cortile.people import reads as people
from cortile.people.models import Person, RecordOpening
from tests import cast
from tests.app.pages import said
from tests.carriers import Watched
from tests.files import OGG, PDF, picture, sent
from tests.sessions import Enter

Mark = Callable[..., Thread]
MARKS = pytest.mark.parametrize("mark", [acts.keep_in_person, acts.mark_delicate])


def _worked_on(adele: Person, marta: Actor, ornella: Actor) -> Thread:
    """Listen, open a request, hand it over, and let everybody look at their lists: nothing is kept apart yet."""
    thread = acts.record_request([adele], acts.Asked("Una cosa"), by=marta, chip="rent")
    acts.hand_over(thread, cast.office(), by=marta, question="È in regola?")
    when = times.free_times(cast.staff("marta"), cast.space())[3]
    agenda.book(adele, by=marta, staff=cast.staff("marta"), place=cast.space(), starts_at=when, thread=thread)
    listening.today_of(by=marta)
    listening.thread_page(by=marta)
    listening.contacts_of(adele, by=marta)
    listening.office_queue(by=ornella)
    times.agenda(by=marta)
    messages.to_person(adele.pk, by=marta)
    return thread


# --- «Chi ha visto i miei dati», on a phone somebody else holds ---


@MARKS
def test_who_looked_before_it_was_kept_apart(mark: Mark, adele: Person, marta: Actor, ornella: Actor, as_adele: Actor) -> None:
    mark(_worked_on(adele, marta, ornella), by=marta)
    assert people.seen_by(adele, by=as_adele) == []


def test_an_ordinary_request_is_told(adele: Person, marta: Actor, ornella: Actor, as_adele: Actor) -> None:
    _worked_on(adele, marta, ornella)
    told = {e.what for e in people.seen_by(adele, by=as_adele)}
    assert {"today.read", "threads.listed", "contacts.read", "office.queue_read", "agenda.read", "messages.read"} <= told


def test_a_delicate_talk_without_a_request(adele: Person, marta: Actor, as_adele: Actor) -> None:
    acts.record_contact(by=marta, chip="neighbours", done_what="listened", persons=[adele], delicate=True)
    assert people.seen_by(adele, by=as_adele) == []


def _told(adele: Person) -> set[str]:
    return {e.what for e in people.seen_by(adele, by=cast.herself("adele"))}


BROUGHT = {
    "photo.brought": (acts.bring_photo, picture()),
    "voice.brought": (acts.bring_voice, OGG),
    "document.brought": (acts.bring_document, PDF),
}
FILES = pytest.mark.parametrize("what", BROUGHT)


def _brought(adele: Person, marta: Actor, what: str) -> Thread:
    """Let somebody who helps bring a file and send it with a request."""
    given = choices.name_delegate(adele, by=marta, name="Carla Brambilla", talked_alone=True, scopes=["rent"])
    daughter = access.tenant_actor({"kind": "delegate", "id": given.pk, "agency": given.agency_id})
    assert daughter is not None
    bring, content = BROUGHT[what]
    bring(adele, *sent(content), by=daughter)
    return acts.open_thread(adele, by=daughter, chip="rent", title="Una cosa")


@FILES
@MARKS
def test_what_was_brought_for_what_is_kept_apart(what: str, mark: Mark, adele: Person, marta: Actor) -> None:
    mark(_brought(adele, marta, what), by=marta)
    assert what not in _told(adele)


@FILES
def test_what_was_brought_for_an_ordinary_request_is_told(what: str, adele: Person, marta: Actor) -> None:
    _brought(adele, marta, what)
    assert what in _told(adele)


SECOND_LOOKS = {"accesses.read", "record.opening_reviewed"}


def _looked_at_again(paola: Actor) -> None:
    """Let the month end, the sample be drawn, and another hand look at what a talk opened."""
    with clock.frozen(cast.NOW + timedelta(days=30)):
        choices.watch_openings(cast.agency(), by=cast.machine())
        openings.reviews(by=paola)
        choices.review_sampled(RecordOpening.objects.get(), by=paola, verdict="fine")


def test_a_second_look_at_what_a_delicate_talk_opened(adele: Person, marta: Actor, paola: Actor) -> None:
    acts.record_request([adele], acts.Asked("Una cosa"), by=marta, chip="neighbours", delicate=True)
    _looked_at_again(paola)
    assert _told(adele) == set()


def test_a_second_look_at_an_ordinary_opening_is_told(adele: Person, marta: Actor, paola: Actor) -> None:
    acts.record_request([adele], acts.Asked("Una cosa"), by=marta, chip="neighbours")
    _looked_at_again(paola)
    assert _told(adele) >= SECOND_LOOKS


def test_a_paper_tells_of_a_second_look_as_of_the_opening(adele: Person, marta: Actor, paola: Actor) -> None:
    acts.record_request([adele], acts.Asked("Una cosa"), by=marta, chip="neighbours", delicate=True)
    _looked_at_again(paola)
    assert {e.what for e in people.seen_on_paper(adele.pk, by=marta)[1]} == {"record.opened_by_contact", *SECOND_LOOKS}


def test_an_emergency_is_told_with_its_check_or_not_at_all(adele: Person, marta: Actor, bruno: Actor, paola: Actor) -> None:
    broken = choices.break_glass(by=bruno, reason="La vicina dice che non risponde.", card_number=adele.card_number)
    acts.record_contact(by=bruno, chip="listening", done_what="listened", persons=[adele], delicate=True)
    acts.mark_delicate(cast.open_request("adele"), by=marta)
    assert broken is not None
    with clock.frozen(cast.NOW + timedelta(days=1)):
        choices.review_glass(broken, by=paola, verdict="fine")
    assert _told(adele) == {"glass.broken", "glass.reviewed"}


# --- colleagues who do not follow it ---


def test_the_talk_a_delicate_request_came_from(adele: Person, marta: Actor, paola: Actor) -> None:
    thread = acts.record_request([adele], acts.Asked("Una cosa"), by=marta, chip="neighbours", note="Parole sue")
    acts.mark_delicate(thread, by=marta)
    assert listening.contacts_of(adele, by=paola) == []
    assert [c.note for c in listening.contacts_of(adele, by=marta)] == ["Parole sue"]


def test_no_lead_hears_that_a_delicate_promise_is_late(thread: Thread, marta: Actor) -> None:
    acts.mark_delicate(thread, by=marta)
    with clock.frozen(cast.NOW + timedelta(days=14)):
        acts.keep_watch(cast.agency(), by=cast.machine())
    mails = Delivery.objects.filter(channel="email").exclude(to="marta@example.invalid")
    assert [d.to for d in mails if str(thread.number) in d.text] == []


# --- a phone, after she has chosen «solo di persona» ---


def _ask(phone: Client) -> str:
    """Ask for help in the app and return the receipt's address."""
    answer = phone.post("/casa/aiuto/controlla/", {"topic": "lonely", "story": "Parole sue", "answer_by": "phone", "once": "a"})
    return str(answer.headers["Location"])


def _choose(marta: Actor) -> None:
    choices.choose_in_person(cast.person("adele"), by=marta, only_in_person=True)


def test_a_receipt_left_in_the_session(enter: Enter, marta: Actor) -> None:
    phone = enter("adele")
    receipt = _ask(phone)
    _choose(marta)
    assert phone.get("/casa/aiuto/controlla/").headers["Location"] == "/casa/aiuto/"
    assert phone.get(receipt).status_code == 404


def test_a_receipt_no_phone_shows_is_told_once(enter: Enter, marta: Actor) -> None:
    _choose(marta)
    phone = enter("adele")
    receipt = _ask(phone)
    assert [phone.get(receipt).status_code for _ in range(2)] == [200, 404]
    assert phone.get("/casa/aiuto/racconta/").headers["Location"] == "/casa/aiuto/"


def test_words_left_in_a_draft(enter: Enter, marta: Actor) -> None:
    phone = enter("adele")
    phone.post("/casa/aiuto/racconta/", {"topic": "lonely", "story": "Parole sue"})
    _choose(marta)
    assert "richiesta iniziata" not in said(phone.get("/casa/"))
    assert phone.get("/casa/aiuto/racconta/").status_code == 302


def _waiting_sms(marta: Actor) -> Delivery:
    cast.give_mobile("adele")
    cast.open_request("adele", by=marta)
    return Delivery.objects.get(channel="sms")


def _state_after_leaving(sms: Delivery) -> str:
    outbox.deliver(by=cast.SYSTEM, through={"sms": Watched()})
    sms.refresh_from_db()
    return sms.state


def test_an_sms_that_had_not_left(marta: Actor) -> None:
    sms = _waiting_sms(marta)
    _choose(marta)
    assert _state_after_leaving(sms) == "withdrawn"


def test_an_sms_to_a_number_no_longer_safe(adele: Person, marta: Actor) -> None:
    sms = _waiting_sms(marta)
    choices.confirm_contact_point(adele.contact_points.get(value=sms.to), by=marta, still_right=False)
    assert _state_after_leaving(sms) == "withdrawn"


def test_an_ordinary_sms_leaves(marta: Actor) -> None:
    assert _state_after_leaving(_waiting_sms(marta)) == "sent"
