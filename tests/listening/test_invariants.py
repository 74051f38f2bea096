"""The promises of the house as properties over random walks; each is seen to fail on a mutant of the code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError
from django.db.models import Q
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cortile.agencies import policy
from cortile.agencies import reads as agencies
from cortile.kit import clock, scopes
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions, reads, rules, states
from cortile.listening.actions import promises, steps
from cortile.listening.models import Promise, Thread
from cortile.messages import reads as messages
from cortile.messages.models import Delivery, Message
from tests import cast
from tests.listening import walks
from tests.listening.walks import Step, Walk

pytestmark = pytest.mark.slow
Check = Callable[[Walk], None]
property_test = settings(
    max_examples=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], phases=[Phase.generate],
)  # fmt: skip


def has_owner_ball_and_date(walk: Walk) -> None:
    """I1."""
    row = walk.fresh()
    assert row.state == "closed" or (row.owner_id and row.ball in states.BALLS and row.next_date)


def closed_only_with_reason(walk: Walk) -> None:
    """I2, against what the walk itself has witnessed."""
    row = walk.fresh()
    if row.state == "closed":
        assert row.outcome in states.OUTCOMES
        assert row.outcome in states.SELF_EVIDENT or walk.said_yes or walk.attempts >= 2


def first_promise_stands(walk: Walk) -> None:
    """The first date is immutable, and a later one has a reason and was told."""
    row = walk.fresh()
    assert row.first_promise == walk.thread.first_promise
    given_dates = list(Promise.objects.filter(thread=row, kind="answer"))
    moved = [b for a, b in pairwise(given_dates) if b.date > a.date and b.reason]
    told = Message.objects.filter(person=row.person, key__in=["new_date", "late"]).count()
    assert told >= len(moved)


def nobody_waits_in_silence(walk: Walk) -> None:
    """After each morning's watch no promise lies in the past, and the owner is at work."""
    row = walk.fresh()
    if walk.seen and walk.seen[-1] == "night" and row.state != "closed":
        assert row.next_date is not None
        assert row.next_date >= walk.day
        assert row.owner is not None
        assert agencies.is_present(row.owner, walk.day)


def every_sms_is_readable_in_the_app(walk: Walk) -> None:
    """I7: what left by SMS stands whole in the app, in the tenant's language."""
    inbox = {m.pk for m in messages.inbox(by=cast.herself("adele"), limit=500)}
    sent = Delivery.objects.filter(channel="sms", message__person=walk.thread.person)
    assert {d.message_id for d in sent} <= inbox
    assert all(m.body and m.body_it for m in Message.objects.filter(person=walk.thread.person))


CHECKS: list[Check] = [
    has_owner_ball_and_date,
    closed_only_with_reason,
    first_promise_stands,
    nobody_waits_in_silence,
    every_sms_is_readable_in_the_app,
]


def hold(path: list[Step], *checks: Check) -> None:
    """Walk a path and check after every step."""
    for walk in walks.walked(path):
        for check in checks:
            check(walk)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
@property_test
@given(path=walks.steps)
def test_it_holds_on_every_walk(check: Check, path: list[Step]) -> None:
    hold(path, check)


# --- each of them fails on a mutant: the check is strong, not lucky ---

NIGHTS: list[Step] = [("night", 0)] * 8


def _no_owner(row: Thread) -> list[str]:
    row.owner = None
    return ["owner"]


def test_i1_fails_when_an_act_forgets_the_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "move", lambda row, _act: _no_owner(row))
    with pytest.raises(IntegrityError, match="open_thread_has_owner_ball_date"):
        hold([("say", 0)], has_owner_ball_and_date)


def test_i2_fails_when_closing_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "may_close", lambda *_, **__: True)
    with pytest.raises(AssertionError):
        hold([("close", 2)], closed_only_with_reason)


def test_i2_fails_when_old_attempts_count_after_reopening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "attempts", lambda row: row.entries.filter(kind="attempt").count())
    path = [("attempt", 0), ("attempt", 0), ("close", 8), ("reopen", 0), ("close", 8)]
    with pytest.raises(AssertionError):
        hold(path, closed_only_with_reason)


def test_the_first_promise_fails_when_it_can_move(monkeypatch: pytest.MonkeyPatch) -> None:
    def rewrites(row: Thread, *_args: object, **_kwargs: object) -> None:
        Thread.objects.filter(pk=row.pk).update(first_promise=row.first_promise + timedelta(days=30))

    monkeypatch.setattr(steps, "tell", rewrites)
    with pytest.raises(AssertionError):
        hold([("say", 0)], first_promise_stands)


def test_silence_fails_when_nobody_apologises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promises, "_late", lambda _agency: [])
    with pytest.raises(AssertionError):
        hold(NIGHTS, nobody_waits_in_silence)


def test_silence_fails_when_the_deputy_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promises, "_owners", lambda _agency: [])
    with pytest.raises(AssertionError):
        hold([("leave", 1), *NIGHTS], nobody_waits_in_silence)


def test_i7_fails_when_a_message_is_hidden_from_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    said = steps.tell

    def hides(row: Thread, *args: object, **kwargs: object) -> None:
        said(row, *args, **kwargs)  # type: ignore[arg-type]  # a mutant passes on what it is given
        Message.objects.filter(person=row.person).update(on_phone=False)

    monkeypatch.setattr(steps, "tell", hides)
    cast.give_mobile("adele")
    with pytest.raises(AssertionError):
        hold([("propose", 0)], every_sms_is_readable_in_the_app)


# --- a fortnight with the owner on leave ---


def test_a_fortnight_of_leave_breaks_no_promise_silently(thread: Thread) -> None:
    walks.ACTS["leave"](Walk(thread, clock.today()), 0)
    for night in range(1, 15):
        with clock.frozen(cast.NOW + timedelta(days=night)):
            actions.keep_watch(cast.agency(), by=cast.machine())
            nobody_waits_in_silence(Walk(thread, clock.today(), seen=["night"]))
    told = Message.objects.filter(person=thread.person, key="late").count()
    assert told == Promise.objects.filter(thread=thread, reason="late").count() > 0


# --- I10: a request has one person, and conversation is hers alone ---


@property_test
@given(number=st.integers(0, 5), who=st.sampled_from(["samira", "gianni"]))
def test_i10_nobody_else_of_the_stairs_reads_a_request(number: int, who: str) -> None:
    with walks.undone():
        found = [cast.open_request("adele") for _ in range(number)]
        assert reads.mine(by=cast.herself(who)) == []
        assert len(reads.mine(by=cast.herself("adele"))) == len(found)


def test_i10_fails_when_sight_is_wider_than_the_person(monkeypatch: pytest.MonkeyPatch, thread: Thread) -> None:
    monkeypatch.setitem(policy._relations, ("thread", "the person"), lambda _actor: Q(delicate=False))  # noqa: SLF001 -- a mutant
    with pytest.raises(AssertionError):
        assert reads.mine(by=cast.herself("samira")) == []


def test_i10_a_request_without_a_person_cannot_be(thread: Thread) -> None:
    with pytest.raises(IntegrityError, match="person_id"), scopes.opened(scopes.EVERYTHING):
        Thread.objects.filter(pk=thread.pk).update(person=None)


def test_i10_opening_for_somebody_out_of_sight_is_refused() -> None:
    with pytest.raises(NotVisible):
        cast.open_request("adele", by=cast.herself("samira"))


# --- I12: however often an act is sent, one record ---


@property_test
@given(keys=st.lists(st.sampled_from(["a", "b", "c"]), max_size=8))
def test_i12_as_many_requests_as_different_keys(keys: list[str]) -> None:
    with walks.undone():
        numbers = {cast.open_request("adele", once=key).number for key in keys}
        assert Thread.objects.count() == len(numbers) == len(set(keys))


def test_i12_fails_without_the_key() -> None:
    numbers = {cast.open_request("adele").number for _ in range(2)}
    assert len(numbers) == 2


def test_i12_the_same_words_sent_twice_are_said_once(thread: Thread, paola: object) -> None:
    for _ in range(3):
        actions.say(thread, by=cast.at_desk("paola"), text="Arriviamo.", once="k1")
    assert thread.entries.filter(kind="said").count() == 1


def test_i12_a_refused_act_leaves_its_key_free(thread: Thread) -> None:
    with pytest.raises(Refused, match="words-missing"):
        actions.say(thread, by=cast.at_desk("paola"), text=" ", once="k2")
    actions.say(thread, by=cast.at_desk("paola"), text="Eccomi.", once="k2")
    assert thread.entries.filter(kind="said").count() == 1
