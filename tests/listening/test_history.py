"""Another system's past: taken in whole and once, read-only, a request opened from it when it is still alive."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cortile.agencies.models import Agency
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions, states
from cortile.listening.actions import PastContact, PastThread
from cortile.listening.models import Contact, PastRequest, Thread
from cortile.people.models import Person
from tests import cast, traces

LONG_AGO = datetime(2025, 11, 12, 9, tzinfo=UTC)


def past(code: str = "V-1", body: str = "aler-milano", **details: Any) -> PastRequest:  # noqa: ANN401 -- the row's own fields
    """Return a request of another system, not yet written."""
    about: dict[str, Any] = {
        "source": "vecchio", "code": code, "state": "open", "original_state": "aperta", "category": "other",
        "opened_on": date(2025, 11, 12),
    }  # fmt: skip
    return actions.past_request(cast.agency(body), **(about | details))


@pytest.fixture
def alive(milano: Agency) -> PastRequest:
    """Return a past request that nobody has answered yet."""
    actions.take_in_history(milano, [past()], by=cast.SYSTEM)
    return PastRequest.objects.get(code="V-1")


def old_contact(**details: Any) -> PastContact:  # noqa: ANN401 -- the row's own fields
    """Return a contact of Marta's, months ago."""
    about: dict[str, Any] = {
        "at": LONG_AGO, "staff": cast.staff("marta"), "chip": "listening", "done": "listened", "channel": "phone",
        "minutes": 10, "place_id": None, "neighbourhood_id": None,
    }  # fmt: skip
    return PastContact(**(about | details))


def old_thread(**details: Any) -> PastThread:  # noqa: ANN401 -- the row's own fields
    """Return a request of Adele's that came and ended months ago."""
    about: dict[str, Any] = {
        "opened_at": LONG_AGO, "person": cast.person("adele"), "owner": cast.staff("marta"), "chip": "faults",
        "title": "Citofono", "words": "Non suona", "answer": "Cambiato", "channel": "app", "days_from_promise": 0,
        "days_to_close": 1,
    }  # fmt: skip
    return PastThread(**(about | details))


def test_history_comes_in_once(milano: Agency, system: Actor) -> None:
    assert actions.take_in_history(milano, [past("V-1"), past("V-2")], by=system) == (2, 0)
    assert actions.take_in_history(milano, [past("V-2"), past("V-3")], by=system) == (1, 1)


@pytest.mark.parametrize("who", ["marta", "paola", "anna"])
def test_nobody_else_brings_history(who: str, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.take_in_history(milano, [past()], by=cast.at_desk(who))


@pytest.mark.parametrize("state", states.PAST_STATES)
def test_a_known_state_is_kept(milano: Agency, system: Actor, state: str) -> None:
    assert actions.take_in_history(milano, [past(state=state)], by=system) == (1, 0)


def test_the_database_knows_no_other_state(milano: Agency, system: Actor) -> None:
    with pytest.raises(IntegrityError, match="past_request_state_known"), transaction.atomic():
        actions.take_in_history(milano, [past(state="lost")], by=system)


def test_what_is_alive_becomes_a_request(alive: PastRequest, adele: Person, marta: Actor) -> None:
    opened = actions.open_from_history(alive, adele, by=marta, chip="faults", title="Citofono")
    assert PastRequest.objects.get(pk=alive.pk).thread == opened
    assert (opened.owner, opened.entries.get(kind="opened").text) == (cast.staff("marta"), "vecchio V-1")


def test_it_becomes_one_only(alive: PastRequest, adele: Person, marta: Actor) -> None:
    actions.open_from_history(alive, adele, by=marta, chip="faults", title="Citofono")
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.open_from_history(alive, adele, by=marta, chip="faults", title="Citofono")
    assert Thread.objects.count() == 1


def test_only_an_operator_opens_it(alive: PastRequest, adele: Person, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.open_from_history(alive, adele, by=as_adele, chip="faults", title="Citofono")


def test_not_for_somebody_of_another_body(alive: PastRequest, marta: Actor) -> None:
    with pytest.raises(Refused, match="person-missing"):
        actions.open_from_history(alive, cast.person("teresa"), by=marta, chip="faults", title="Citofono")


@pytest.mark.parametrize("who", ["bruno", "sara", "salvatore"])
def test_strangers_open_nothing_from_it(alive: PastRequest, adele: Person, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.open_from_history(alive, adele, by=cast.at_desk(who), chip="faults", title="Citofono")


def test_old_contacts_come_in_with_their_people(milano: Agency, system: Actor, adele: Person) -> None:
    assert actions.take_in_contacts(milano, [old_contact(persons=(adele,)), old_contact()], by=system) == 2
    assert sorted(Contact.objects.values_list("unnamed", flat=True)) == [0, 1]
    assert traces.subjects("contacts.taken_in") == {adele.pk}


@pytest.mark.parametrize(("wrong", "code"), [({"chip": "violence"}, "chip-missing"), ({"done": "cured"}, "done-missing")])
def test_old_contacts_are_about_something_known(milano: Agency, system: Actor, wrong: dict[str, str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        actions.take_in_contacts(milano, [old_contact(**wrong)], by=system)


def test_old_contacts_are_of_this_body(lodi: Agency, system: Actor) -> None:
    with pytest.raises(Refused, match="owner-elsewhere"):
        actions.take_in_contacts(lodi, [old_contact()], by=system)


def test_a_lead_brings_no_log(milano: Agency, paola: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.take_in_contacts(milano, [old_contact()], by=paola)


def test_old_requests_come_in_closed_and_nobody_is_told(milano: Agency, system: Actor) -> None:
    assert actions.take_in_threads(milano, [old_thread()], by=system) == 1
    row = Thread.objects.get()
    assert (row.state, row.outcome, traces.told("adele")) == ("closed", "solved", [])
    assert traces.lines(row) == ["opened", "taken", "said", "closed"]


def test_one_answered_late_keeps_both_dates(milano: Agency, system: Actor) -> None:
    actions.take_in_threads(milano, [old_thread(days_from_promise=3)], by=system)
    row = Thread.objects.get()
    assert [p.reason for p in row.promises.all()] == ["", "late"]
    assert row.late_for == row.first_promise


def test_one_without_an_answer_shows_two_attempts(milano: Agency, system: Actor) -> None:
    actions.take_in_threads(milano, [old_thread(outcome="no_reply")], by=system)
    assert traces.lines(Thread.objects.get()).count("attempt") == 2


@pytest.mark.parametrize(("wrong", "code"), [({"chip": "x"}, "chip-missing"), ({"outcome": "x"}, "outcome-missing")])
def test_old_requests_end_in_a_known_way(milano: Agency, system: Actor, wrong: dict[str, str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        actions.take_in_threads(milano, [old_thread(**wrong)], by=system)


def test_old_requests_are_of_this_body(milano: Agency, system: Actor) -> None:
    with pytest.raises(Refused, match="person-missing"):
        actions.take_in_threads(milano, [old_thread(person=cast.person("teresa"))], by=system)


def test_the_administration_of_another_body_brings_none(milano: Agency, anna: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.take_in_threads(milano, [old_thread()], by=anna)
