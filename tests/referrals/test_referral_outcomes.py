"""How it ended: asked of the service and of the person, apart; the morning that asks; and never silence after thirty days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortile.directory.models import Service
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.referrals import actions, reads
from cortile.referrals.actions import steps
from cortile.referrals.bases import Yes
from cortile.referrals.models import Referral
from tests import cast, traces
from tests.referrals import world

THURSDAY = date(2026, 3, 12)
ASKED = date(2026, 3, 17)


@pytest.fixture
def accepted(sent: Referral) -> Referral:
    """Return a referral whose service said yes, for tomorrow."""
    return actions.accept(sent, by=world.them(sent), day=THURSDAY)


# --- the morning ---


def test_after_three_working_days_the_service_is_reminded_once(sent: Referral) -> None:
    assert world.watch(date(2026, 3, 13))["reminded"] == 0
    assert world.watch(date(2026, 3, 16))["reminded"] == 1
    assert world.watch(date(2026, 3, 16))["reminded"] == 0
    assert world.fresh(sent).next_date == date(2026, 3, 20)
    assert world.mails()[-1] == (sent.sent_to, f"Aspettiamo una risposta: richiesta {sent.number}")


def test_after_seven_it_comes_back_to_who_sent_it(sent: Referral, thread: Thread) -> None:
    world.watch(date(2026, 3, 16))
    assert world.watch(date(2026, 3, 20))["came_back"] == 1
    row = world.fresh(sent)
    assert (row.ball, row.next_date, row.silence_told_at is not None) == ("us", date(2026, 3, 23), True)
    assert (traces.now(thread).ball, traces.told("adele")[0]) == ("us", "referral_silent")


def test_a_silence_is_told_even_while_another_need_of_hers_is_under_way(sent: Referral, thread: Thread) -> None:
    apart = world.send(thread, world.service("La Corte", email="corte@example.invalid"), need="Un pacco")
    actions.accept(apart, by=world.them(apart), day=date(2026, 4, 1))
    world.watch(date(2026, 3, 20))
    assert (traces.now(thread).ball, traces.told("adele")[0]) == ("us", "referral_silent")


def test_a_late_yes_is_still_a_yes(sent: Referral) -> None:
    world.watch(date(2026, 3, 20))
    with world.on(date(2026, 3, 23)):
        assert actions.accept(sent, by=world.them(sent), day=date(2026, 3, 24)).state == "accepted"


def test_what_somebody_moved_meanwhile_is_left_alone(sent: Referral, monkeypatch: pytest.MonkeyPatch) -> None:
    held = steps.held

    def moved(pk: int, thread_id: int) -> Referral:
        Referral.objects.filter(pk=pk).update(next_date=date(2026, 3, 18))
        return held(pk, thread_id)

    monkeypatch.setattr(steps, "held", moved)
    assert world.watch(date(2026, 3, 16))["reminded"] == 0


def test_once_the_yes_is_over_it_is_ours_and_nobody_writes_to_the_service(thread: Thread, service: Service) -> None:
    sent = world.send(thread, service, basis=Yes(world.SAID, ends_on=date(2026, 3, 13)))
    before = [to for to, _subject in world.mails()].count(sent.sent_to)
    assert world.watch(date(2026, 3, 16))["came_back"] == 1
    row = world.fresh(sent)
    assert (row.ball, row.next_date, row.silence_told_at, row.reminded_at) == ("us", date(2026, 3, 17), None, None)
    assert [to for to, _subject in world.mails()].count(sent.sent_to) == before
    assert (traces.now(thread).ball, "referral_silent" in traces.told("adele")) == ("us", False)


def test_nor_is_a_service_asked_how_it_went_once_the_yes_is_over(thread: Thread, service: Service) -> None:
    sent = world.send(thread, service, basis=Yes(world.SAID, ends_on=date(2026, 3, 13)))
    actions.accept(sent, by=world.them(sent), day=THURSDAY)
    assert world.watch(ASKED) == {"reminded": 0, "came_back": 1, "outcomes_asked": 0, "no_outcome": 0}
    assert world.watch(date(2026, 3, 18))["outcomes_asked"] == 0


def test_a_fortnight_without_the_job_catches_up(sent: Referral) -> None:
    assert world.watch(date(2026, 4, 1))["came_back"] == 1


def test_a_silent_one_is_among_what_is_stuck(sent: Referral, marta: Actor, bruno: Actor) -> None:
    world.watch(date(2026, 3, 20))
    assert (reads.stuck(by=marta), reads.stuck(by=bruno)) == ([sent], [])


def test_both_are_asked_how_it_went(accepted: Referral, thread: Thread) -> None:
    assert world.watch(ASKED)["outcomes_asked"] == 1
    row = world.fresh(accepted)
    assert (row.state, row.ball, row.next_date) == ("in-progress", "service", date(2026, 3, 20))
    assert world.mails()[-1][1] == f"Com'è andata? Richiesta {accepted.number}"
    assert (traces.now(thread).ball, traces.told("adele")[0]) == ("you", "referral_outcome_question")


def test_after_thirty_days_without_a_word_it_is_ours_to_find_out(sent: Referral) -> None:
    actions.accept(sent, by=world.them(sent), day=date(2026, 9, 1))
    assert world.watch(date(2026, 4, 10))["outcomes_asked"] == 1
    assert world.watch(date(2026, 4, 15))["no_outcome"] == 1
    assert (world.fresh(sent).ball, world.fresh(sent).is_open) == ("us", True)


def _locks(day: date) -> int:
    """Let the watch pass once more on a day, and count the rows it held."""
    with CaptureQueriesContext(connection) as said:
        world.watch(day)
    return sum("referrals_referral" in q["sql"] and "FOR UPDATE" in q["sql"] for q in said.captured_queries)


def test_what_came_back_is_held_no_more(sent: Referral) -> None:
    assert _locks(date(2026, 3, 20)) == 1
    assert _locks(date(2026, 3, 30)) == 0


def test_nor_what_nobody_said_anything_of_once_it_was_told(accepted: Referral) -> None:
    for day, held in ((ASKED, 1), (date(2026, 3, 20), 1), (date(2026, 3, 30), 0), (date(2026, 4, 10), 1), (date(2026, 4, 20), 0)):
        assert (day, _locks(day)) == (day, held)


def test_only_a_job_of_the_body_watches(marta: Actor) -> None:
    for by in (marta, cast.machine("aler-lodi")):
        with pytest.raises(Refused) as refused:
            actions.keep_watch(cast.agency(), by=by)
        assert refused.value.code == "not-allowed"


# --- what they say ---


def test_it_ends_when_both_were_asked(accepted: Referral, as_adele: Actor, thread: Thread) -> None:
    actions.said_by_service(accepted, by=world.them(accepted), outcome="met")
    assert (world.fresh(accepted).state, world.fresh(accepted).ball) == ("in-progress", "person")
    row = actions.said_by_person(accepted, by=as_adele, outcome="partly")
    assert (row.state, row.need_met, row.is_open) == ("completed", "partly", False)
    assert traces.now(thread).ball == "us"


def test_a_service_that_is_happy_is_not_a_need_met(accepted: Referral, marta: Actor) -> None:
    actions.said_by_service(accepted, by=marta, outcome="met")
    row = actions.said_by_person(accepted, by=marta, outcome="no")
    assert (row.state, row.ball, row.is_open, row.next_date) == ("failed", "us", True, date(2026, 3, 12))
    assert reads.unmet(by=marta) == [row]


def test_nobody_says_no_reply_before_asking(accepted: Referral, marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        actions.said_by_person(accepted, by=marta, outcome="no_reply")
    assert refused.value.code == "outcome-not-asked"


def test_nor_the_day_after_she_was_asked(accepted: Referral, marta: Actor) -> None:
    world.watch(ASKED)
    with world.on(date(2026, 3, 19)), pytest.raises(Refused) as refused:
        actions.said_by_person(accepted, by=marta, outcome="no_reply")
    assert refused.value.code == "outcome-too-soon"


def silent(accepted: Referral, said: str) -> Referral:
    """Let the service say how it went, and the person be out of reach."""
    world.watch(ASKED)
    with world.on(date(2026, 3, 20)):
        actions.said_by_service(accepted, by=cast.at_desk("marta"), outcome=said)
        return actions.said_by_person(accepted, by=cast.at_desk("marta"), outcome="no_reply")


@pytest.mark.parametrize("said", ["met", "no_reply"])
def test_who_cannot_be_reached_ends_it_and_nobody_says_that_it_helped(accepted: Referral, thread: Thread, said: str) -> None:
    row = silent(accepted, said)
    assert (row.state, row.is_open, row.need_met) == ("completed", False, "")
    assert row.state_label == "Finita: non sappiamo se ha aiutato"
    assert row.steps.get(kind="person_said").label == "La persona non ha detto com'è andata"
    assert traces.now(thread).ball == "us"


def test_a_service_s_no_still_asks_for_a_next_step(accepted: Referral) -> None:
    row = silent(accepted, "no")
    assert (row.state, row.ball, row.is_open) == ("failed", "us", True)


def test_what_she_said_herself_an_old_page_does_not_rewrite(accepted: Referral, as_adele: Actor, marta: Actor) -> None:
    actions.said_by_person(accepted, by=as_adele, outcome="no")
    with pytest.raises(Refused) as refused:
        actions.said_by_person(accepted, by=marta, outcome="met")
    assert (refused.value.code, world.fresh(accepted).person_outcome) == ("not-in-this-state", "no")


def test_nor_what_the_service_said(accepted: Referral, marta: Actor) -> None:
    actions.said_by_service(accepted, by=world.them(accepted), outcome="met")
    with pytest.raises(Refused) as refused:
        actions.said_by_service(accepted, by=marta, outcome="no")
    assert refused.value.code == "not-in-this-state"


def test_who_kept_silent_may_still_say_it(accepted: Referral, as_adele: Actor, marta: Actor) -> None:
    world.watch(ASKED)
    with world.on(date(2026, 3, 20)):
        actions.said_by_person(accepted, by=marta, outcome="no_reply")
    assert actions.said_by_person(accepted, by=as_adele, outcome="met").person_outcome == "met"


def test_an_outcome_is_of_the_list(accepted: Referral, marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        actions.said_by_service(accepted, by=marta, outcome="great")
    assert refused.value.code == "outcome-missing"


def test_nothing_is_said_of_what_was_not_accepted(sent: Referral) -> None:
    with pytest.raises(Refused) as refused:
        actions.said_by_service(sent, by=world.them(sent), outcome="met")
    assert refused.value.code == "not-in-this-state"


def test_a_service_does_not_speak_for_her(accepted: Referral) -> None:
    with pytest.raises(NotVisible):
        actions.said_by_person(accepted, by=world.them(accepted), outcome="met")


def test_nor_she_for_the_service(accepted: Referral, as_adele: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.said_by_service(accepted, by=as_adele, outcome="met")


# --- a request that ends ---


def test_a_request_that_closes_takes_back_what_waits(sent: Referral, thread: Thread, marta: Actor) -> None:
    listening.close(thread, by=marta, outcome="withdrawn")
    assert (world.fresh(sent).state, world.partner(sent)) == ("cancelled", None)
    assert (sent.sent_to, f"La richiesta {sent.number} non serve più") in world.mails()


def test_but_who_said_yes_is_still_asked(accepted: Referral, thread: Thread, marta: Actor) -> None:
    listening.close(thread, by=marta, outcome="withdrawn")
    assert world.fresh(accepted).state == "accepted"
    assert world.watch(ASKED)["outcomes_asked"] == 1
    assert traces.now(thread).state == "closed"


def test_a_delicate_one_ends_without_a_word_outside(sent: Referral, thread: Thread, marta: Actor) -> None:
    before = len(world.mails())
    listening.mark_delicate(thread, by=marta)
    assert world.fresh(sent).closed_at is not None
    assert len(world.mails()) == before


def test_the_watch_leaves_delicate_ones_alone(sent: Referral, thread: Thread, marta: Actor) -> None:
    listening.mark_delicate(thread, by=marta)
    assert world.watch(cast.NOW.date() + timedelta(days=20))["came_back"] == 0
