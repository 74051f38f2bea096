"""Side answers: nothing a phone or a colleague is shown may tell that something is kept from them.

Each test is named after the leak. Two worlds are compared where a page could tell in more ways than one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from cortile.agenda import actions as agenda
from cortile.agenda import reads as times
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.listening import reads as listening
from cortile.listening.models import Thread
from cortile.messages import reads as messages
from cortile.messages.models import Delivery
from cortile.people import reads as people
from cortile.people.models import Person
from tests import cast

Mark = Callable[..., Thread]
MARKS = pytest.mark.parametrize("mark", [acts.keep_in_person, acts.mark_delicate])


def _worked_on(adele: Person, marta: Actor, ornella: Actor) -> Thread:
    """Listen, open a request, hand it over, and let everybody look at their lists: nothing is kept apart yet."""
    thread = acts.record_request([adele], acts.Asked("Una cosa"), by=marta, chip="rent")
    acts.hand_over(thread, cast.office(), by=marta, question="È in regola?")
    when = times.free_times(cast.staff("marta"), cast.space())[3]
    agenda.book(adele, by=marta, staff=cast.staff("marta"), place=cast.space(), starts_at=when, thread=thread)
    listening.today_of(by=marta)
    listening.threads(by=marta)
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
