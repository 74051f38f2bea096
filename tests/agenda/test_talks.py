"""A request opened with the way we talk about it: one act, from any door; and what follows a call that others change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cortile.agencies import actions as agencies
from cortile.agencies.models import AgencyHours
from cortile.agenda import actions, call_backs
from cortile.agenda.models import Appointment, CallBack
from cortile.homes.models import Place
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.listening import reads
from cortile.listening.models import Thread
from cortile.messages.models import Delivery, Message
from cortile.people.behalf import in_place_of
from tests import cast
from tests.agenda.booking import THURSDAY, at, booked
from tests.agenda.calls import promised, told


def talk(key: str = "gianni", **details: Any) -> Thread:  # noqa: ANN401 -- the act's own arguments
    """Ask to be called about the rent on Thursday at ten, from the app."""
    about: dict[str, Any] = {
        "by": cast.herself(key), "way": "phone", "chip": "rent", "title": "Affitto", "starts_at": at(10),
    }  # fmt: skip
    return actions.ask_to_talk(cast.person(key), **(about | details))


def refusal(**details: Any) -> str:  # noqa: ANN401 -- the act's own arguments
    """Return the code of a refusal."""
    with pytest.raises(Refused) as refused:
        talk(**details)
    return refused.value.code


def test_asking_to_be_called_opens_a_request_with_its_call() -> None:
    thread = talk()
    call = CallBack.objects.get(thread=thread)
    assert (thread.answer_by, thread.next_date, call.starts_at) == ("phone", THURSDAY, at(10))


def test_asking_to_come_books_the_hour_at_the_space() -> None:
    row = Appointment.objects.get(thread=talk(way="visit"))
    assert (row.place, row.starts_at, row.staff.given_name) == (cast.space(), at(10), "Marta")


def test_asking_to_be_answered_keeps_the_first_promise() -> None:
    thread = talk(way="app", starts_at=None)
    assert thread.next_date == thread.first_promise


def test_one_request_rings_a_phone_once() -> None:
    talk()
    assert Delivery.objects.filter(channel="sms").count() == 1


def test_a_session_opened_by_sms_asks_the_same_and_sees_nothing_after() -> None:
    thread = talk(by=cast.by_sms("gianni"))
    assert reads.numbers_shown([thread.number], by=cast.by_sms("gianni")) == set()
    assert call_backs.call_of(thread, by=cast.by_sms("gianni")) is None
    assert call_backs.call_of(thread, by=cast.herself("gianni")) is not None


def test_what_was_said_of_it_stays_out_of_that_session_too() -> None:
    talk(by=cast.by_sms("gianni"))
    assert set(Message.objects.values_list("sensitive", flat=True)) == {True}


def test_an_operator_asks_in_her_place_and_follows_it(marta: Actor) -> None:
    adele = cast.person("adele")
    thread = actions.ask_to_talk(
        adele, by=in_place_of(marta, adele), way="phone", chip="rent", title="Affitto", starts_at=at(10), channel="phone"
    )
    assert (thread.channel, CallBack.objects.get(thread=thread).staff.given_name) == ("phone", "Marta")


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"way": "fax"}, "way-missing"),
        ({"chip": "gold"}, "chip-missing"),
        ({"starts_at": at(20)}, "call-back-closed"),
        ({"way": "visit", "starts_at": at(15)}, "place-closed-then"),
        ({"way": "visit", "starts_at": at(9, day=date(2026, 3, 10))}, "appointment-past"),
    ],
)
def test_what_cannot_be_agreed_keeps_nothing(details: dict[str, Any], code: str) -> None:
    assert refusal(**details) == code
    assert not Thread.objects.exists()


def test_a_taken_hour_keeps_nothing(thread: Thread) -> None:
    promised(thread)
    assert refusal() == "call-back-taken"
    assert Thread.objects.get() == thread


def test_without_a_place_nobody_is_told_to_come() -> None:
    with scopes.opened(scopes.EVERYTHING):
        Place.objects.update(state="closed")
    assert refusal(way="visit", starts_at=None) == "visit-place-missing"


def test_where_nobody_is_at_the_phone_no_hour_is_free(thread: Thread) -> None:
    with scopes.opened(scopes.EVERYTHING):
        AgencyHours.objects.all().delete()
    with pytest.raises(Refused) as refused:
        actions.book_call_back(thread, by=cast.at_desk("marta"))
    assert refused.value.code == "call-back-nobody"


def test_about_somebody_elses_matters_nobody_asks() -> None:
    with pytest.raises(NotVisible):
        actions.ask_to_talk(cast.person("adele"), by=cast.herself("gianni"), way="phone", chip="rent", title="Affitto")


def test_a_tenant_promises_herself_no_call_of_another(thread: Thread) -> None:
    with pytest.raises(NotVisible):
        actions.book_call_back(thread, by=cast.herself("gianni"), starts_at=at(10))


def test_only_who_works_says_how_a_call_went(thread: Thread, as_adele: Actor) -> None:
    for act in (actions.mark_called, actions.mark_not_found):
        with pytest.raises(Refused) as refused:
            act(promised(thread) if act is actions.mark_called else CallBack.objects.get(), by=as_adele)
        assert refused.value.code == "not-allowed"


def test_a_call_is_passed_on_once_to_who_stands_in(thread: Thread) -> None:
    row = promised(thread)
    by = cast.machine()
    agencies.set_absence(cast.staff("marta"), by=cast.at_desk("marta"), first_day=THURSDAY, last_day=THURSDAY)
    row.refresh_from_db()
    assert row.staff.given_name == "Paola"
    assert actions.pass_calls_on(cast.staff("marta"), by=by) == 0


def test_a_call_ends_with_its_request_once(thread: Thread) -> None:
    promised(thread)
    assert actions.end_with_request(thread, by=cast.machine()) == 1
    assert actions.end_with_request(thread, by=cast.machine()) == 0


def test_what_was_said_of_a_call_leaves_every_phone(thread: Thread) -> None:
    row = promised(thread)
    assert actions.keep_calls_off_phones(thread, by=cast.machine(), delicate=False) == 1
    assert not told(row).on_phone


def test_a_visit_about_the_rent_is_not_in_a_session_opened_by_sms() -> None:
    thread = talk(way="visit", by=cast.by_sms("gianni"))
    assert call_backs.visit_of(thread, by=cast.by_sms("gianni")) is None
    assert call_backs.visit_of(thread, by=cast.herself("gianni")) is not None


def test_an_appointment_about_nothing_is_no_visit_of_a_request(thread: Thread) -> None:
    booked("adele")
    assert call_backs.visit_of(thread, by=cast.herself("adele")) is None


# --- what a request knows of it ---


def test_a_promised_day_that_has_passed_is_refused(thread: Thread, marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        listening.promise_call(thread, by=marta, day=date(2026, 3, 10))
    assert refused.value.code == "date-impossible"


def test_a_closed_request_promises_no_call(thread: Thread, marta: Actor) -> None:
    listening.close(thread, by=marta, outcome="withdrawn")
    with pytest.raises(Refused) as refused:
        listening.promise_call(thread, by=marta, day=THURSDAY)
    assert refused.value.code == "not-in-this-state"


def test_an_office_keeps_its_question_while_we_call(thread: Thread, marta: Actor) -> None:
    listening.hand_over(thread, cast.office(), by=marta, question="Quando?")
    promised(thread)
    assert Thread.objects.get().state == "waiting_other"


def test_who_was_asked_whether_it_is_solved_is_still_asked(thread: Thread, marta: Actor) -> None:
    listening.propose_solved(thread, by=marta, text="Fatto")
    promised(thread)
    assert Thread.objects.get().state == "solved"


def test_only_who_works_says_that_we_spoke(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused) as refused:
        listening.called(thread, by=as_adele)
    assert refused.value.code == "not-allowed"


def test_to_have_spoken_ends_a_lateness(thread: Thread, marta: Actor) -> None:
    now = listening.called(thread, by=marta)
    assert (now.late_for, now.next_date is not None, now.entries.last().kind) == (None, True, "called")
