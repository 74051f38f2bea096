"""What a state allows, which date may be promised, when a request may close: the decisions alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cortile.listening import rules, starter, states

pytestmark = pytest.mark.pure
FRIDAY, SATURDAY, MONDAY = date(2026, 3, 13), date(2026, 3, 14), date(2026, 3, 16)


@pytest.mark.parametrize("act", rules.TRANSITIONS)
def test_every_act_goes_between_known_states(act: str) -> None:
    starts, end, ball = rules.TRANSITIONS[act]
    assert {*starts, end} <= {*states.STATES}
    assert ball in states.BALLS
    assert rules.after(act) == (end, ball)


@pytest.mark.parametrize("state", states.STATES)
def test_from_every_state_there_is_a_way_on(state: str) -> None:
    assert [act for act in rules.TRANSITIONS if rules.allowed(act, state)]


def test_what_is_closed_only_opens_again() -> None:
    assert [act for act in rules.TRANSITIONS if rules.allowed(act, "closed")] == ["reopen"]


def test_an_act_nobody_knows_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        rules.allowed("forget", "received")


def test_every_topic_becomes_a_chip_and_every_chip_a_nature() -> None:
    assert {rules.chip_of(topic) for topic in states.TOPICS} <= {*states.CHIPS}
    assert {rules.nature_of(chip) for chip in states.CHIPS} == {*states.NATURES}


def test_the_chips_own_line_comes_before_the_line_for_all() -> None:
    table = [("faults", "normal", 2), ("", "normal", 4)]
    assert rules.days_to_answer(table, "faults", "normal") == 2
    assert rules.days_to_answer(table, "rent", "normal") == 4
    assert rules.days_to_answer(table, "rent", "high") == rules.DEFAULT_DAYS["high"]


def test_days_count_from_the_reading() -> None:
    assert rules.promised_date(datetime(2026, 3, 13, 9, tzinfo=UTC), 1, "MI") == MONDAY
    assert rules.promised_date(datetime(2026, 3, 14, 9, tzinfo=UTC), 0, "MI") == MONDAY


@pytest.mark.parametrize(
    ("day", "may"), [(date(2026, 3, 12), False), (FRIDAY, True), (date(2026, 5, 12), True), (date(2026, 5, 13), False)]
)
def test_a_promise_is_from_today_to_sixty_days(day: date, may: bool) -> None:
    assert rules.may_promise(day, FRIDAY) is may


def test_only_a_later_date_needs_a_reason() -> None:
    assert rules.needs_reason(FRIDAY, MONDAY)
    assert not rules.needs_reason(MONDAY, FRIDAY)
    assert not rules.needs_reason(FRIDAY, FRIDAY)
    assert not rules.needs_reason(None, MONDAY)


def test_the_warning_comes_a_working_day_before() -> None:
    assert rules.warning_day(MONDAY, "MI") == FRIDAY


def test_late_is_the_morning_after() -> None:
    assert not rules.is_late(FRIDAY, FRIDAY)
    assert rules.is_late(FRIDAY, SATURDAY)
    assert not rules.is_late(None, SATURDAY)


@pytest.mark.parametrize("outcome", states.OUTCOMES)
@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize("attempts", [0, 1, 2])
def test_closing_needs_a_yes_two_attempts_or_an_act_that_speaks(outcome: str, yes: bool, attempts: int) -> None:
    wanted = yes or attempts >= 2 or outcome in states.SELF_EVIDENT
    assert rules.may_close("with_us", outcome, tenant_said_yes=yes, attempts=attempts) is wanted


def test_nothing_closes_twice() -> None:
    assert not rules.may_close("closed", "withdrawn", tenant_said_yes=True, attempts=9)


def test_an_office_answers_a_working_day_before_us_never_in_the_past() -> None:
    assert rules.office_due(MONDAY, date(2026, 3, 11), "MI") == FRIDAY
    assert rules.office_due(MONDAY, MONDAY, "MI") == MONDAY


def test_an_offices_date_fits_when_it_leaves_us_a_day() -> None:
    assert rules.keeps_office_date(FRIDAY, MONDAY)
    assert not rules.keeps_office_date(MONDAY, MONDAY)


def test_a_new_body_starts_from_sixty_eight_categories() -> None:
    found = starter.categories()
    assert len({c.code for c in found}) == len(found) == 68
    assert {c.chip for c in found} <= {*states.CHIPS}


def test_none_of_them_is_violence() -> None:
    assert [c.label for c in starter.categories() if "violenz" in c.label.lower()] == []
