"""A reminder leaves once, on the last working day before, and never for what no phone may show."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.agencies.models import Agency
from cortile.agenda import actions, rules
from cortile.kit import clock
from cortile.kit.actor import Actor, system
from cortile.kit.refusals import Refused
from cortile.messages.models import Delivery, Message
from tests import cast
from tests.agenda.booking import at, booked

FRIDAY, MONDAY = date(2026, 3, 13), date(2026, 3, 16)
JOB = system("promemoria")


@pytest.mark.pure
def test_monday_is_reminded_on_friday() -> None:
    assert rules.reminder_day(MONDAY, "MI") == FRIDAY


@pytest.mark.pure
def test_what_was_said_today_is_not_said_again() -> None:
    assert not rules.reminds(MONDAY, FRIDAY, FRIDAY, "MI")


def test_who_is_expected_on_monday_hears_on_friday(milano: Agency) -> None:
    cast.give_mobile("gianni")
    booked(starts_at=at(10, day=MONDAY))
    assert actions.remind_tomorrow(milano, by=JOB) == 0
    with clock.frozen(at(8, day=FRIDAY)):
        assert actions.remind_tomorrow(milano, by=JOB) == 1
    assert "lunedì 16 marzo alle 10:00" in Delivery.objects.filter(message__key="appointment_reminder")[0].text


def test_nobody_hears_twice(milano: Agency) -> None:
    booked(starts_at=at(10, day=MONDAY))
    with clock.frozen(at(8, day=FRIDAY)):
        actions.remind_tomorrow(milano, by=JOB)
        assert actions.remind_tomorrow(milano, by=JOB) == 0


def test_a_moved_appointment_is_reminded_anew(milano: Agency, marta: Actor) -> None:
    row = booked(starts_at=at(10, day=MONDAY))
    with clock.frozen(at(8, day=FRIDAY)):
        actions.remind_tomorrow(milano, by=JOB)
        assert actions.move(row, by=marta, starts_at=at(11, day=MONDAY)).reminded_at is None


def test_what_no_phone_may_show_rings_no_phone(milano: Agency, marta: Actor) -> None:
    request = cast.open_request("gianni", by=marta, delicate=True, title="Una cosa privata")
    booked(thread=request, starts_at=at(10, day=MONDAY))
    with clock.frozen(at(8, day=FRIDAY)):
        assert actions.remind_tomorrow(milano, by=JOB) == 0
    assert not Message.objects.filter(key="appointment_reminder").exists()


def test_another_body_is_not_reminded(lodi: Agency) -> None:
    booked(starts_at=at(10, day=MONDAY))
    with clock.frozen(at(8, day=FRIDAY)):
        assert actions.remind_tomorrow(lodi, by=JOB) == 0


def test_only_the_job_reminds(milano: Agency, marta: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.remind_tomorrow(milano, by=marta)
