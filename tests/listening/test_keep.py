"""Who follows a request, and what keeps it out of sight: assigned, delicate, only in person."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.agencies import actions as agencies
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions
from cortile.listening.access import may
from cortile.listening.models import HandOver, Thread
from cortile.messages.models import Message
from tests import cast, traces


def test_a_lead_assigns_and_the_date_stays(thread: Thread, paola: Actor) -> None:
    row = actions.assign(thread, cast.staff("bruno"), by=paola, reason="Marta è al corso")
    assert (row.owner, row.next_date) == (cast.staff("bruno"), thread.next_date)
    assert traces.event("thread.assigned").reason == "Marta è al corso"
    assert traces.told("adele") == ["receipt"]


def test_who_holds_it_sees_it_also_from_another_quarter(thread: Thread, paola: Actor, bruno: Actor) -> None:
    actions.assign(thread, cast.staff("bruno"), by=paola)
    assert may(bruno, "answer", thread)


def test_it_never_goes_to_somebody_away(thread: Thread, marta: Actor, bruno: Actor) -> None:
    agencies.set_absence(cast.staff("bruno"), by=bruno, first_day=date(2026, 3, 11), last_day=date(2026, 3, 12))
    assert actions.assign(thread, cast.staff("bruno"), by=marta).owner == cast.staff("paola")


@pytest.mark.parametrize("to", ["salvatore", "silvia", "ornella", "sara"])
def test_only_who_can_follow_it_gets_it(thread: Thread, paola: Actor, to: str) -> None:
    with pytest.raises(Refused, match="owner-elsewhere"):
        actions.assign(thread, cast.staff(to), by=paola)


def test_what_is_closed_is_nobodys_work(closed: Thread, paola: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.assign(closed, cast.staff("bruno"), by=paola)


@pytest.mark.parametrize("who", ["bruno", "luca", "silvia"])
def test_strangers_assign_nothing(thread: Thread, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.assign(thread, cast.staff("marta"), by=cast.at_desk(who))


def test_delicate_is_seen_by_one_only(thread: Thread, marta: Actor, paola: Actor, as_adele: Actor) -> None:
    actions.mark_delicate(thread, by=marta)
    assert [may(who, "see", thread) for who in (marta, paola, as_adele)] == [True, False, False]


def test_another_duty_person_may_be_named(thread: Thread, marta: Actor, paola: Actor) -> None:
    row = actions.mark_delicate(thread, by=marta, duty=cast.staff("paola"))
    assert (row.duty, row.owner) == (cast.staff("paola"), cast.staff("paola"))
    assert not may(marta, "see", thread)


@pytest.mark.parametrize("duty", ["salvatore", "silvia", "lucia", "sara"])
def test_a_duty_person_can_open_the_envelope(thread: Thread, marta: Actor, duty: str) -> None:
    with pytest.raises(Refused, match="owner-elsewhere"):
        actions.mark_delicate(thread, by=marta, duty=cast.staff(duty))


def test_the_envelope_is_not_left_with_somebody_away(thread: Thread, marta: Actor, bruno: Actor) -> None:
    agencies.set_absence(cast.staff("bruno"), by=bruno, first_day=date(2026, 3, 11), last_day=date(2026, 3, 12))
    assert actions.mark_delicate(thread, by=marta, duty=cast.staff("bruno")).duty == cast.staff("paola")


def test_delicate_leaves_every_phone(thread: Thread, marta: Actor) -> None:
    actions.mark_delicate(thread, by=marta)
    assert set(Message.objects.filter(person=thread.person).values_list("on_phone", "delicate")) == {(False, True)}


def test_delicate_comes_back_from_offices(sent: HandOver, marta: Actor) -> None:
    row = actions.mark_delicate(sent.thread, by=marta)
    assert (row.state, row.ball, HandOver.objects.get(pk=sent.pk).state) == ("with_us", "us", "withdrawn")


def test_an_assigned_envelope_changes_hands(thread: Thread, marta: Actor) -> None:
    actions.mark_delicate(thread, by=marta)
    assert actions.assign(thread, cast.staff("paola"), by=marta).duty == cast.staff("paola")


def test_a_machine_marks_nothing_delicate(thread: Thread) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.mark_delicate(thread, by=cast.machine())


@pytest.mark.parametrize("who", ["bruno", "sara", "silvia", "salvatore"])
def test_strangers_mark_nothing_delicate(thread: Thread, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.mark_delicate(thread, by=cast.at_desk(who))


def test_in_person_leaves_the_phone_and_stays_at_the_desk(thread: Thread, marta: Actor, as_adele: Actor) -> None:
    actions.keep_in_person(thread, by=marta)
    assert [may(who, "see", thread) for who in (marta, as_adele)] == [True, False]
    assert traces.subjects("thread.kept_in_person") == {thread.person_id}


def test_what_is_said_afterwards_rings_no_phone(thread: Thread, marta: Actor) -> None:
    cast.give_mobile("adele")
    actions.keep_in_person(thread, by=marta)
    actions.say(thread, by=marta, text="Passa allo Spazio.")
    assert not Message.objects.filter(key="answered", on_phone=True).exists()


def test_a_machine_chooses_nothing_for_her(thread: Thread) -> None:
    with pytest.raises(Refused, match="in-person-only-operator"):
        actions.keep_in_person(thread, by=cast.machine())


def test_she_does_not_choose_it_on_a_phone(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.keep_in_person(thread, by=as_adele)
