"""Booking: inside opening hours, with somebody who is there, for a person the operator may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cortile.agencies import actions as agencies
from cortile.agencies.models import Agency
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.people.models import Person
from tests import cast
from tests.agenda.booking import THURSDAY, at, booked, popup


def test_an_appointment_lasts_half_an_hour_unless_said() -> None:
    row = booked()
    assert row.ends_at - row.starts_at == timedelta(minutes=30)


def test_an_interpreter_comes_when_the_person_needs_one(samira: Person) -> None:
    assert booked("samira").interpreter is True
    assert samira.needs_interpreter is True


def test_out_of_hours_the_sentence_says_when_it_is_open() -> None:
    with pytest.raises(Refused) as refused:
        booked(starts_at=at(15))
    assert refused.value.code == "place-closed-then"
    assert "giovedì 9:00–13:00" in refused.value.what_to_do


def test_an_appointment_never_ends_after_closing() -> None:
    with pytest.raises(Refused, match="place-closed-then"):
        booked(starts_at=at(12, 45))


def test_a_sunday_is_refused() -> None:
    with pytest.raises(Refused, match="place-closed-then"):
        booked(starts_at=at(10, day=date(2026, 3, 15)))


def test_a_popup_receives_on_its_day_only() -> None:
    place = popup()
    assert booked(place=place, starts_at=at(10)).place == place
    with pytest.raises(Refused, match="place-closed-then"):
        booked("adele", place=place, starts_at=at(10, day=THURSDAY + timedelta(days=7)))


def test_an_hour_that_is_past_is_refused() -> None:
    with pytest.raises(Refused, match="appointment-past"):
        booked(starts_at=at(9, day=date(2026, 3, 11)))


def test_a_whole_day_is_not_an_appointment() -> None:
    with pytest.raises(Refused, match="appointment-length"):
        booked(minutes=300)


def test_somebody_away_receives_nobody(system: Actor, milano: Agency) -> None:
    desk = cast.at_desk("marta")
    agencies.set_absence(cast.staff("marta"), by=desk, first_day=THURSDAY, last_day=THURSDAY)
    with pytest.raises(Refused, match="staff-away"):
        booked()


def test_the_colleague_of_another_body_receives_nobody_here() -> None:
    with pytest.raises(Refused, match="staff-elsewhere"):
        booked(staff=cast.staff("sara"))


def test_another_body_finds_no_such_person(sara: Actor) -> None:
    with pytest.raises(NotVisible):
        booked(by=sara)


def test_a_custodian_does_not_book(salvatore: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        booked(by=salvatore)


def test_a_request_of_somebody_else_is_not_visible() -> None:
    with pytest.raises(NotVisible):
        booked("gianni", thread=cast.open_request("adele"))


def test_a_double_submit_books_once() -> None:
    assert booked(once="k").pk == booked(once="k").pk
