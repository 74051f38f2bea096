"""Nobody books, moves or cancels for who they do not see; a place that closes tells everybody once."""

from __future__ import annotations

import pytest

from cortile.agenda import actions
from cortile.agenda.models import Appointment
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.people.models import Person
from tests import cast, traces
from tests.agenda.booking import at, booked


@pytest.mark.parametrize(("who", "code"), [("bruno", "not-visible"), ("sara", "not-visible"), ("salvatore", "not-allowed")])
def test_strangers_book_nothing(who: str, code: str, gianni: Person) -> None:
    with pytest.raises(Refused, match=code):
        actions.book(gianni, by=cast.at_desk(who), staff=cast.staff("marta"), place=cast.space(), starts_at=at(10))


def test_a_tenant_books_nothing_alone(gianni: Person) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.book(gianni, by=cast.herself("gianni"), staff=cast.staff("marta"), place=cast.space(), starts_at=at(10))


def test_who_has_moved_away_is_not_expected(marta: Actor, gianni: Person) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(pk=gianni.pk).update(state="moved")
    with pytest.raises(Refused, match="person-not-active"):
        actions.book(cast.person("gianni"), by=marta, staff=cast.staff("marta"), place=cast.space(), starts_at=at(10))


@pytest.mark.parametrize("who", ["sara", "luca", "salvatore", "lucia", "ornella"])
def test_strangers_cancel_nothing(who: str) -> None:
    row = booked()
    with pytest.raises(NotVisible):
        actions.cancel(row, by=cast.at_desk(who), reason="Riunione")


@pytest.mark.parametrize("who", ["sara", "salvatore"])
def test_strangers_say_of_nobody_that_they_did_not_come(who: str) -> None:
    row = booked()
    with pytest.raises(NotVisible):
        actions.mark_no_show(row, by=cast.at_desk(who))


def test_a_closing_place_takes_back_what_is_to_come(gianni: Person) -> None:
    booked()
    assert actions.cancel_all_at(cast.space(), by=cast.machine(), reason="Lo Spazio chiude") == 1
    assert Appointment.objects.get().cancelled_reason == "Lo Spazio chiude"
    assert traces.told("gianni")[0] == "appointment_cancelled"


def test_it_names_nobody_whose_appointment_is_hidden(marta: Actor) -> None:
    hidden = cast.open_request("gianni", by=marta, delicate=True)
    booked(thread=hidden)
    actions.cancel_all_at(cast.space(), by=cast.machine(), reason="Lo Spazio chiude")
    assert traces.subjects("appointments.cancelled_with_place") == set()


def test_it_is_done_once() -> None:
    booked()
    actions.cancel_all_at(cast.space(), by=cast.machine(), reason="Lo Spazio chiude")
    assert actions.cancel_all_at(cast.space(), by=cast.machine(), reason="Lo Spazio chiude") == 0
