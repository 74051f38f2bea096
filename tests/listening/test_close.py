"""Ending a request with the tenant's word: attempts, the question, her yes or her no, closing and opening again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cortile.agencies import actions as agencies
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions, states
from cortile.listening.models import HandOver, Thread
from tests import cast, traces


def test_an_attempt_is_ours_alone(thread: Thread, marta: Actor) -> None:
    actions.record_attempt(thread, by=marta, how="phone", text="Non risponde.")
    assert not thread.entries.get(kind="attempt").public
    assert traces.told("adele") == ["receipt"]


def test_an_attempt_after_the_date_moves_it(thread: Thread, marta: Actor) -> None:
    with clock.frozen(cast.NOW + timedelta(days=6)):
        assert actions.record_attempt(thread, by=marta, how="phone").next_date == date(2026, 3, 20)


def test_an_attempt_has_a_known_way(thread: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="words-missing"):
        actions.record_attempt(thread, by=marta, how="pigeon")


def test_nobody_is_sought_for_what_is_closed(closed: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.record_attempt(closed, by=marta, how="phone")


def test_a_tenant_records_no_attempt(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.record_attempt(thread, by=as_adele, how="phone")


def test_saying_it_is_solved_asks_her(solved: Thread) -> None:
    assert (solved.state, solved.ball, traces.told("adele")[0]) == ("solved", "you", "solved_question")
    assert solved.next_date == date(2026, 3, 16)


def test_it_is_asked_once(solved: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.propose_solved(solved, by=marta, text="Riparato.")


def test_a_tenant_does_not_ask_herself(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.propose_solved(thread, by=as_adele, text="Riparato.")


@pytest.mark.parametrize("who", ["bruno", "luca", "silvia", "salvatore"])
def test_strangers_say_nothing_is_solved(thread: Thread, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.propose_solved(thread, by=cast.at_desk(who), text="Riparato.")


def test_her_yes_closes(closed: Thread) -> None:
    assert (closed.state, closed.outcome, closed.next_date) == ("closed", "solved", None)
    assert closed.entries.get(kind="closed").data["yes"]
    assert traces.event("thread.confirmed").agent_kind == "tenant"


def test_her_yes_may_be_said_in_front_of_marta(solved: Thread, marta: Actor) -> None:
    assert actions.tenant_confirms(solved, by=marta).state == "closed"


def test_a_yes_answers_a_question(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.tenant_confirms(thread, by=as_adele)


def test_a_daughter_does_not_say_yes_for_her(solved: Thread, daughter: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.tenant_confirms(solved, by=daughter)


def test_her_no_brings_it_back_with_a_date(solved: Thread, as_adele: Actor) -> None:
    row = actions.tenant_not_solved(solved, by=as_adele, text="È di nuovo fermo.")
    assert (row.state, row.ball, row.next_date) == ("with_us", "us", date(2026, 3, 16))
    assert traces.told("adele")[0] == "reopened"


def test_a_no_answers_a_question(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.tenant_not_solved(thread, by=as_adele)


def test_a_neighbour_says_no_to_nothing(solved: Thread) -> None:
    with pytest.raises(NotVisible):
        actions.tenant_not_solved(solved, by=cast.herself("samira"))


def test_with_her_yes_marta_closes(thread: Thread, marta: Actor) -> None:
    row = actions.close(thread, by=marta, outcome="listened", tenant_said_yes=True)
    assert (row.outcome, row.closed_at, row.first_answer_at) == ("listened", cast.NOW, cast.NOW)
    assert traces.told("adele")[0] == "closed"


@pytest.mark.parametrize("outcome", states.SELF_EVIDENT)
def test_some_acts_speak_for_themselves(thread: Thread, marta: Actor, outcome: str) -> None:
    assert actions.close(thread, by=marta, outcome=outcome).state == "closed"


def test_nobody_writes_to_the_dead(thread: Thread, marta: Actor) -> None:
    actions.close(thread, by=marta, outcome="died")
    assert traces.told("adele") == ["receipt"]


def test_two_attempts_are_enough(thread: Thread, marta: Actor) -> None:
    for _ in range(2):
        actions.record_attempt(thread, by=marta, how="phone")
    assert actions.close(thread, by=marta, outcome="no_reply").outcome == "no_reply"


@pytest.mark.parametrize("outcome", ["solved", "no_reply", "not_solvable", "listened"])
def test_without_her_word_it_stays_open(thread: Thread, marta: Actor, outcome: str) -> None:
    actions.record_attempt(thread, by=marta, how="phone")
    with pytest.raises(Refused, match="close-needs-yes"):
        actions.close(thread, by=marta, outcome=outcome)


@pytest.mark.parametrize("outcome", ["", "tired"])
def test_an_end_has_a_known_outcome(thread: Thread, marta: Actor, outcome: str) -> None:
    with pytest.raises(Refused, match="outcome-missing"):
        actions.close(thread, by=marta, outcome=outcome, tenant_said_yes=True)


def test_it_closes_once(closed: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.close(closed, by=marta, outcome="withdrawn")


def test_a_tenant_does_not_close_for_another_reason(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.close(thread, by=as_adele, outcome="died")


@pytest.mark.parametrize("who", ["bruno", "luca", "silvia", "salvatore", "ornella"])
def test_strangers_close_nothing(thread: Thread, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.close(thread, by=cast.at_desk(who), outcome="withdrawn")


def test_closing_calls_offices_back(sent: HandOver, marta: Actor) -> None:
    actions.close(sent.thread, by=marta, outcome="withdrawn")
    assert HandOver.objects.get(pk=sent.pk).state == "withdrawn"


def test_opened_again_it_is_the_same_with_a_new_date(closed: Thread, as_adele: Actor) -> None:
    row = actions.reopen(closed, by=as_adele, text="È di nuovo fermo.")
    assert (row.number, row.state, row.outcome, row.closed_at) == (closed.number, "with_us", "", None)
    assert traces.lines(row)[-1] == "reopened"


def test_opened_again_it_goes_to_who_is_there(closed: Thread, as_adele: Actor, paola: Actor) -> None:
    agencies.set_absence(cast.staff("marta"), by=paola, first_day=date(2026, 3, 11), last_day=date(2026, 3, 12))
    assert actions.reopen(closed, by=as_adele).owner == cast.staff("paola")


def test_what_is_open_is_not_opened_again(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.reopen(thread, by=as_adele)


def test_another_body_opens_nothing_again(closed: Thread, sara: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.reopen(closed, by=sara)
