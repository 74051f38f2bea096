"""A call we promise: an hour of who follows the request, its day on the request, and a sentence to the person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cortile.agencies import actions as agencies
from cortile.agenda import actions, call_backs
from cortile.agenda.models import CallBack
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.messages.models import Delivery
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast
from tests.agenda.booking import THURSDAY, at, booked
from tests.agenda.calls import fresh, promised, told


def _no_number(person: Person) -> None:
    """Let her say that her number is not to be used."""
    people.confirm_contact_point(person.contact_points.get(), by=cast.herself(person.code), still_right=False)


def test_the_day_of_the_call_is_the_date_of_the_request(thread: Thread) -> None:
    promised(thread)
    now = fresh(thread)
    assert (now.next_date, now.ball, now.promises.last().kind) == (THURSDAY, "us", "call_back")


def test_the_first_promise_stays_what_it_was(thread: Thread) -> None:
    first = thread.first_promise
    promised(thread, starts_at=at(10, day=date(2026, 3, 20)))
    assert fresh(thread).first_promise == first


def test_the_ball_the_person_had_comes_back_to_us(thread: Thread, marta: Actor) -> None:
    listening.ask_tenant(thread, by=marta, what="una foto")
    promised(thread)
    assert (fresh(thread).state, fresh(thread).ball) == ("with_us", "us")


def test_who_follows_calls(thread: Thread) -> None:
    assert promised(thread).staff_id == fresh(thread).owner_id


def test_the_deputy_calls_for_who_is_away_that_day(thread: Thread) -> None:
    agencies.set_absence(cast.staff("marta"), by=cast.at_desk("marta"), first_day=THURSDAY, last_day=THURSDAY)
    assert promised(thread).staff.email == "paola@example.invalid"


def test_who_falls_ill_leaves_the_call_to_the_deputy_and_the_person_hears_who(thread: Thread) -> None:
    row = promised(thread)
    agencies.set_absence(cast.staff("marta"), by=cast.at_desk("marta"), first_day=THURSDAY, last_day=THURSDAY)
    row.refresh_from_db()
    assert row.staff.email == "paola@example.invalid"
    assert "Ti chiama Paola" in told(row).body_it


def test_the_person_hears_who_calls_and_between_which_hours(thread: Thread) -> None:
    said = told(promised(thread)).body_it
    assert "Ti chiama Marta, giovedì 12 marzo, tra le 10:00 e le 10:30." in said


def test_with_an_interpreter_the_language_is_named_to_both(samira: Person) -> None:
    row = promised(cast.open_request("samira"))
    mail = Delivery.objects.filter(channel="email").latest("pk")
    assert (row.interpreter, row.language) == (True, "ar")
    assert "arabo" in told(row).body_it
    assert (mail.to, "arabo" in mail.text) == ("marta@example.invalid", True)


def test_without_one_no_language_is_named(thread: Thread) -> None:
    assert "lingua" not in told(promised(thread)).body_it


def test_about_the_rent_the_sms_says_nothing(gianni: Person) -> None:
    row = promised(cast.open_request("gianni", chip="rent", title="Affitto"))
    text = Delivery.objects.get(message=told(row), channel="sms").text
    assert "Hai un messaggio da Marta" in text
    assert "marzo" not in text


def test_about_the_lift_the_sms_says_when(gianni: Person) -> None:
    row = promised(cast.open_request("gianni"))
    assert "giovedì 12 marzo" in Delivery.objects.get(message=told(row), channel="sms").text


def test_the_first_free_hour_is_taken_when_none_is_said(thread: Thread) -> None:
    assert clock.local(promised(thread, starts_at=None).starts_at).isoformat()[:16] == "2026-03-11T10:30"


def test_offered_hours_are_free_of_appointments_and_of_calls(thread: Thread, adele: Person, as_adele: Actor) -> None:
    booked(starts_at=at(9))
    offered = call_backs.call_back_hours(adele, by=as_adele)
    assert at(9) not in offered
    assert at(9, 30) in offered


def test_hours_are_spread_over_mornings_and_afternoons(adele: Person, as_adele: Actor) -> None:
    offered = call_backs.call_back_hours(adele, by=as_adele)
    assert len({(h.date(), h.hour >= 13) for h in offered}) == len(offered) == call_backs.OFFERED


def test_nobody_calls_on_a_feast(adele: Person, as_adele: Actor) -> None:
    with clock.frozen(at(10, day=date(2026, 4, 3))):
        assert date(2026, 4, 6) not in {h.date() for h in call_backs.call_back_hours(adele, by=as_adele)}


def test_without_a_safe_number_no_hour_is_offered(adele: Person, as_adele: Actor) -> None:
    _no_number(adele)
    assert not call_backs.call_back_hours(adele, by=as_adele)


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        (at(9, day=date(2026, 3, 10)), "call-back-past"),
        (at(19), "call-back-closed"),
        (at(10, day=date(2026, 3, 14)), "call-back-closed"),
        (at(16, 45), "call-back-closed"),
    ],
)
def test_an_hour_that_cannot_be_promised_is_refused(thread: Thread, starts_at: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        promised(thread, starts_at=starts_at)
    assert refused.value.code == code


def test_an_hour_of_an_appointment_is_taken(thread: Thread) -> None:
    booked(starts_at=at(10))
    with pytest.raises(Refused) as refused:
        promised(thread)
    assert refused.value.code == "call-back-taken"


def test_an_appointment_finds_the_hour_of_a_call_taken(thread: Thread) -> None:
    promised(thread)
    with pytest.raises(Refused) as refused:
        booked(starts_at=at(10, 15))
    assert refused.value.code == "staff-busy"


def test_two_calls_never_share_an_hour(thread: Thread) -> None:
    promised(thread)
    with pytest.raises(Refused) as refused:
        promised(cast.open_request("gianni"))
    assert refused.value.code == "call-back-taken"


def test_a_request_has_one_call_at_a_time(thread: Thread) -> None:
    promised(thread)
    with pytest.raises(Refused) as refused:
        promised(thread, starts_at=at(11))
    assert refused.value.code == "call-back-open"


def test_a_call_is_not_promised_where_no_number_is_safe(thread: Thread, adele: Person) -> None:
    _no_number(adele)
    with pytest.raises(Refused) as refused:
        promised(thread)
    assert refused.value.code == "call-back-no-phone"


def test_an_operator_promises_no_call_to_who_is_met_in_person_only(thread: Thread, adele: Person) -> None:
    people.choose_in_person(adele, by=cast.at_desk("marta"), only_in_person=True)
    with pytest.raises(Refused) as refused:
        promised(fresh(thread))
    assert refused.value.code == "call-back-no-phone"


def test_another_quarter_promises_nothing(thread: Thread, bruno: Actor) -> None:
    with pytest.raises(NotVisible):
        promised(thread, by=bruno)


def test_a_custodian_sees_no_call(thread: Thread, salvatore: Actor) -> None:
    promised(thread)
    assert not call_backs.calls_of(by=salvatore, day=THURSDAY)
    assert call_backs.call_of(thread, by=salvatore) is None


def test_sending_twice_promises_once(thread: Thread) -> None:
    assert promised(thread, once="k").pk == promised(thread, once="k").pk
    assert CallBack.objects.count() == 1


def test_the_day_lists_the_call_with_its_number_and_language(samira: Person, marta: Actor) -> None:
    promised(cast.open_request("samira"))
    (line,) = call_backs.calls_of(by=marta, day=THURSDAY)
    assert (line.phone, line.language) == ("333 5550 101", "ar")


def test_a_call_nobody_told_about_stays_in_sight(thread: Thread, marta: Actor) -> None:
    promised(thread)
    assert call_backs.calls_of(by=marta, day=THURSDAY + timedelta(days=1))
    assert not call_backs.calls_of(by=marta, day=THURSDAY - timedelta(days=1))


def test_a_call_that_found_her_answers_the_promise(thread: Thread, marta: Actor) -> None:
    row = promised(thread)
    with clock.frozen(at(10, 20)):
        actions.mark_called(row, by=marta)
    now = fresh(thread)
    assert now.first_answer_at == at(10, 20)
    assert (now.next_date or THURSDAY) > THURSDAY


def test_a_call_nobody_answered_counts_as_an_attempt(thread: Thread, marta: Actor) -> None:
    for hour in (10, 12):
        row = promised(thread, starts_at=at(hour))
        with clock.frozen(at(hour, 31)):
            actions.mark_not_found(row, by=marta)
    listening.close(thread, by=marta, outcome="no_reply")
    assert fresh(thread).outcome == "no_reply"


def test_a_call_of_another_day_is_not_done_yet(thread: Thread, marta: Actor) -> None:
    row = promised(thread)
    with pytest.raises(Refused) as refused:
        actions.mark_called(row, by=marta)
    assert refused.value.code == "call-back-not-yet"


def test_the_person_takes_the_call_back_without_a_reason_and_the_date_stays(thread: Thread, as_adele: Actor) -> None:
    row = actions.cancel_call_back(promised(thread), by=as_adele)
    assert (row.state, fresh(thread).next_date) == ("cancelled", THURSDAY)


def test_we_take_it_back_with_a_reason_that_she_reads(thread: Thread, marta: Actor) -> None:
    row = promised(thread)
    with pytest.raises(Refused) as refused:
        actions.cancel_call_back(row, by=marta)
    actions.cancel_call_back(row, by=marta, reason="Il telefono è rotto")
    assert refused.value.code == "reason-missing"
    assert "Il motivo: Il telefono è rotto." in told(row).body_it


def test_a_call_taken_back_is_not_taken_back_twice(thread: Thread, as_adele: Actor) -> None:
    row = actions.cancel_call_back(promised(thread), by=as_adele)
    with pytest.raises(Refused) as refused:
        actions.cancel_call_back(row, by=as_adele)
    assert refused.value.code == "call-back-not-booked"


def test_a_request_that_closes_has_no_call_to_come(thread: Thread, marta: Actor) -> None:
    row = promised(thread)
    listening.close(thread, by=marta, outcome="withdrawn")
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_what_becomes_delicate_takes_its_call_off_the_phone(thread: Thread, marta: Actor, as_adele: Actor) -> None:
    row = promised(thread)
    listening.mark_delicate(thread, by=marta)
    assert not told(row).on_phone
    assert call_backs.call_of(fresh(thread), by=as_adele) is None


def test_a_delicate_call_has_neither_name_nor_number_in_the_day(thread: Thread, marta: Actor) -> None:
    promised(thread)
    listening.mark_delicate(thread, by=marta)
    (line,) = call_backs.calls_of(by=marta, day=THURSDAY)
    assert line.phone == ""
