"""The days of a referral: working days, with Italian feasts and the patron saint's; and what each state allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.referrals import rules
from cortile.referrals.rules import Calendar
from cortile.referrals.states import OUTCOMES, SILENT, STATES

pytestmark = pytest.mark.pure
MILANO, LODI = Calendar("MI"), Calendar("LO")
WEDNESDAY = date(2026, 3, 11)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def test_a_silent_service_is_reminded_after_three_working_days() -> None:
    assert rules.remind_on(WEDNESDAY, date(2026, 3, 20), MILANO) == date(2026, 3, 16)


def test_and_after_seven_it_comes_back() -> None:
    assert rules.back_on(WEDNESDAY, date(2026, 3, 30), MILANO) == date(2026, 3, 20)


def test_a_nearer_check_brings_it_back_sooner() -> None:
    assert rules.back_on(WEDNESDAY, date(2026, 3, 18), MILANO) == date(2026, 3, 18)


def test_easter_monday_does_not_count() -> None:
    assert rules.remind_on(date(2026, 4, 2), date(2026, 4, 30), MILANO) == date(2026, 4, 8)


def test_the_patron_saint_of_one_town_is_a_working_day_of_another() -> None:
    sent = date(2026, 12, 3)  # Sant'Ambrogio is 7 December in Milano; San Bassiano is 19 January in Lodi
    assert (MILANO.add(sent, 2), LODI.add(sent, 2)) == (date(2026, 12, 9), date(2026, 12, 7))


@given(days, st.integers(1, 30))
def test_a_service_is_never_reminded_after_it_came_back(day: date, check: int) -> None:
    check_on = day + timedelta(days=check)
    assert day <= rules.remind_on(day, check_on, MILANO) <= rules.back_on(day, check_on, MILANO)


@given(days, st.integers(0, 366), st.integers(0, 40))
def test_how_it_went_is_asked_by_the_thirtieth_day(sent: date, waits: int, answered: int) -> None:
    today = sent + timedelta(days=answered)
    asked = rules.outcome_on(today + timedelta(days=waits), sent, today, MILANO)
    assert today < asked <= max(sent + timedelta(days=30), MILANO.next(today))


@given(days)
def test_our_own_turn_is_always_a_working_day_to_come(day: date) -> None:
    assert MILANO.next(day) > day
    assert MILANO.next(day) == MILANO.add(MILANO.next(day), 0)


@pytest.mark.parametrize("state", STATES)
def test_every_act_leads_to_a_known_state(state: str) -> None:
    assert all(rules.after(act, state) in STATES for act in rules.TRANSITIONS if rules.allowed(act, state))


@pytest.mark.parametrize("state", ["completed", "cancelled"])
def test_nothing_moves_what_is_over(state: str) -> None:
    assert not any(rules.allowed(act, state) for act in rules.TRANSITIONS)


@pytest.mark.parametrize("act", ["reroute", "revoke"])
def test_a_no_stays_a_no_whatever_follows(act: str) -> None:
    assert rules.after(act, "rejected") == "rejected"


@pytest.mark.parametrize(
    ("service", "person", "met"),
    [("met", "no", "no"), ("no", "met", "met"), ("met", "no_reply", ""), ("met", "", "met")],
)
def test_her_own_word_comes_first(service: str, person: str, met: str) -> None:
    assert rules.need_met(service, person) == met


@pytest.mark.parametrize("service", OUTCOMES)
def test_met_never_comes_of_her_silence(service: str) -> None:
    assert rules.need_met(service, SILENT) == ""
    assert rules.ended(service, SILENT) == ("failed" if service in {"no", "did_not_arrive"} else "completed")


@pytest.mark.parametrize(
    ("asked", "day", "may"), [(None, 30, False), (17, 19, False), (17, 20, True), (13, 17, False), (13, 18, True)]
)
def test_she_is_silent_three_working_days_after_she_was_asked(asked: int | None, day: int, may: bool) -> None:
    on = date(2026, 3, asked) if asked else None
    assert rules.may_say_silent(on, date(2026, 3, day), MILANO) is may


def test_accepted_is_not_need_met() -> None:
    assert rules.ended("met", "no") == "failed"
    assert not rules.both_asked("met", "")


@pytest.mark.parametrize(
    ("fields", "agreed", "basis", "refused"),
    [
        (["name", "phone"], {"name"}, "consent", ["phone"]),
        (["name"], None, "public_task", ["name"]),
        (["name"], None, "consent", []),
        (["name", "economic"], None, "consent", ["economic"]),
        (["economic"], {"economic"}, "public_task", []),
    ],
)
def test_an_agreement_says_what_may_be_given(fields: list[str], agreed: set[str] | None, basis: str, refused: list[str]) -> None:
    assert rules.not_agreed(fields, agreed, basis) == refused


@pytest.mark.parametrize(("last", "fits"), [(0, True), (89, True), (90, False), (-1, False)])
def test_a_yes_lasts_ninety_days_at_most(last: int, fits: bool) -> None:
    assert rules.consent_fits(WEDNESDAY, WEDNESDAY + timedelta(days=last), WEDNESDAY) is fits
