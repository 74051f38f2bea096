"""Opening a request: an owner, the ball and a date from the first second, and a receipt."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cortile.agencies import actions as agencies
from cortile.homes import actions as homes
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions
from cortile.listening.models import Thread
from cortile.messages.models import Message
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast, traces

TODAY = date(2026, 3, 11)


def test_adele_is_told_that_it_arrived(thread: Thread) -> None:
    assert traces.told("adele") == ["receipt"]
    assert traces.subjects("thread.opened") == {thread.person_id}


def test_it_waits_to_be_taken_with_three_working_days(thread: Thread) -> None:
    assert (thread.state, thread.ball, thread.first_promise) == ("received", "us", date(2026, 3, 16))


def test_what_an_operator_opens_is_already_hers(marta: Actor) -> None:
    opened = cast.open_request("adele", by=marta)
    assert (opened.state, opened.owner) == ("with_us", cast.staff("marta"))


def test_what_a_desk_opens_goes_to_who_covers_the_quarter(silvia: Actor) -> None:
    opened = cast.open_request("adele", by=silvia)
    assert (opened.state, opened.owner) == ("received", cast.staff("marta"))


def test_danger_is_answered_today() -> None:
    assert cast.open_request(urgency="danger").first_promise == TODAY


def test_a_body_may_promise_sooner(system: Actor, milano: object) -> None:
    actions.set_answer_time(cast.agency(), by=system, urgency="normal", working_days=1, chip="faults")
    assert cast.open_request().first_promise == date(2026, 3, 12)


def test_on_a_saturday_night_days_count_from_monday() -> None:
    with clock.frozen(datetime(2026, 3, 14, 22, tzinfo=UTC)):
        assert cast.open_request().first_promise == date(2026, 3, 19)


def test_mid_august_is_no_working_day() -> None:
    with clock.frozen(datetime(2025, 8, 14, 16, tzinfo=UTC)):
        assert cast.open_request().first_promise == date(2025, 8, 21)


def test_the_one_with_fewer_gets_it(system: Actor, adele: Person) -> None:
    homes.post(cast.staff("bruno"), by=system, neighbourhood=adele.home_neighbourhood, since=date(2025, 1, 8))
    owners = [cast.open_request().owner for _ in range(3)]
    assert owners == [cast.staff("marta"), cast.staff("bruno"), cast.staff("marta")]


def test_nobody_away_gets_it(paola: Actor) -> None:
    agencies.set_absence(cast.staff("marta"), by=paola, first_day=TODAY, last_day=TODAY)
    assert cast.open_request().owner == cast.staff("paola")


def test_numbers_follow_one_another() -> None:
    first, second = cast.open_request(), cast.open_request("samira")
    assert second.number == first.number + 1


def test_who_chose_in_person_is_told_in_person(marta: Actor, adele: Person) -> None:
    people.choose_in_person(adele, by=marta, only_in_person=True)
    opened = cast.open_request("adele", by=marta)
    assert opened.only_in_person
    assert not Message.objects.get(person=adele, key="receipt").on_phone


@pytest.mark.parametrize("wrong", [{"chip": "violence"}, {"chip": ""}, {"urgency": "yesterday"}])
def test_what_it_is_about_must_be_known(wrong: dict[str, str], adele: Person, as_adele: Actor) -> None:
    about = {"chip": "faults", "title": "Ascensore"} | wrong
    with pytest.raises(Refused, match="chip-missing"):
        actions.open_thread(adele, by=as_adele, **about)


@pytest.mark.parametrize("choice", [{"delicate": True}, {"only_in_person": True}])
def test_a_phone_makes_nothing_delicate(choice: dict[str, bool]) -> None:
    with pytest.raises(Refused, match="in-person-only-operator"):
        cast.open_request("adele", **choice)


@pytest.mark.parametrize("who", ["bruno", "sara", "luca", "salvatore", "lucia", "ornella"])
def test_who_does_not_see_her_opens_nothing(who: str) -> None:
    with pytest.raises(NotVisible):
        cast.open_request("adele", by=cast.at_desk(who))


def test_a_job_of_another_body_opens_nothing() -> None:
    with pytest.raises(NotVisible):
        cast.open_request("adele", by=cast.machine("aler-lodi"))


def test_a_refused_request_leaves_none() -> None:
    with pytest.raises(Refused, match="chip-missing"):
        cast.open_request("adele", chip="nothing")
    assert not Thread.objects.exists()
