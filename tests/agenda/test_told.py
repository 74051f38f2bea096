"""Whoever is expected is told, in their language and on every channel they chose."""

from __future__ import annotations

import pytest

from cortile.agenda import actions
from cortile.agenda.models import Appointment
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.messages.models import Delivery, Message
from cortile.people.models import Person
from tests import cast
from tests.agenda.booking import THURSDAY, at, booked, popup


def _last(row: Appointment) -> Message:
    return Message.objects.filter(about_thing="agenda.appointment", about_id=row.pk)[0]


def test_booking_says_when_where_who_and_what_to_bring() -> None:
    body = _last(booked(bring="il contratto")).body_it
    for said in (
        "giovedì 12 marzo alle 10:00",
        "Marta",
        "Spazio C.A.S.A. San Siro. L'indirizzo: Via dei Tigli 10.",
        "il contratto",
    ):
        assert said in body


def test_booking_in_front_of_somebody_sends_no_sms() -> None:
    assert not Delivery.objects.filter(message=_last(booked())).exists()


def test_moving_says_what_it_was_and_what_it_is(marta: Actor) -> None:
    cast.give_mobile("gianni")
    row = actions.move(booked(), by=marta, starts_at=at(11))
    assert "Prima era giovedì 12 marzo alle 10:00" in _last(row).body_it
    assert "11:00" in Delivery.objects.get(message=_last(row)).text


def test_moving_keeps_the_length_and_the_old_hour(marta: Actor) -> None:
    row = actions.move(booked(minutes=45), by=marta, starts_at=at(11))
    assert (row.moved_from, row.ends_at) == (at(10), at(11, 45))


def test_moving_to_the_same_hour_says_nothing(marta: Actor) -> None:
    row = booked()
    with pytest.raises(Refused, match="appointment-same"):
        actions.move(row, by=marta, starts_at=at(10))


def test_cancelling_says_why(marta: Actor) -> None:
    row = actions.cancel(booked(), by=marta, reason="Marta è malata.")
    assert "Il motivo: Marta è malata." in _last(row).body_it


def test_our_cancelling_needs_a_reason(marta: Actor) -> None:
    row = booked()
    with pytest.raises(Refused, match="reason-missing"):
        actions.cancel(row, by=marta, reason=" ")


def test_theirs_needs_none() -> None:
    row = actions.cancel(booked(), by=cast.herself("gianni"))
    assert "Il motivo" not in _last(row).body_it


def test_a_tenant_moves_the_hour_and_never_the_place() -> None:
    row, elsewhere = booked(), popup()
    moved = actions.move(row, by=cast.herself("gianni"), starts_at=at(11), place=elsewhere)
    assert moved.place == cast.space()


def test_nobody_moves_the_appointment_of_another(as_adele: Actor) -> None:
    row = booked()
    with pytest.raises(NotVisible):
        actions.move(row, by=as_adele, starts_at=at(11))


def test_what_was_cancelled_stays_cancelled(marta: Actor) -> None:
    row = actions.cancel(booked(), by=marta, reason="Riunione")
    with pytest.raises(Refused, match="appointment-not-booked"):
        actions.cancel(row, by=marta, reason="Riunione")


def test_what_has_begun_cannot_be_moved(marta: Actor) -> None:
    row = booked()
    with clock.frozen(at(10, 5)), pytest.raises(Refused, match="appointment-not-booked"):
        actions.move(row, by=marta, starts_at=at(11))


def test_done_only_once_it_has_begun(marta: Actor) -> None:
    row = booked()
    with pytest.raises(Refused, match="appointment-not-yet"):
        actions.mark_done(row, by=marta)
    with clock.frozen(at(10, 5)):
        assert actions.mark_done(row, by=marta).state == "done"


def test_nobody_came_and_nobody_is_blamed(marta: Actor, gianni: Person) -> None:
    row = booked()
    told = gianni.messages.count()
    with clock.frozen(at(10, 40)):
        actions.mark_no_show(row, by=marta)
    assert gianni.messages.count() == told


def test_a_tenant_does_not_mark_themselves_done() -> None:
    row = booked()
    with clock.frozen(at(10, 5)), pytest.raises(Refused, match="not-allowed"):
        actions.mark_done(row, by=cast.herself("gianni"))


def test_what_is_done_cannot_be_missed(marta: Actor) -> None:
    row = booked()
    with clock.frozen(at(10, 5)):
        actions.mark_done(row, by=marta)
        with pytest.raises(Refused, match="appointment-not-booked"):
            actions.mark_no_show(row, by=marta)
    assert clock.local(row.starts_at).date() == THURSDAY
