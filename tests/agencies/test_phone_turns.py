"""Turno telefono: who answers the number on every sheet, when, and who instead; nobody is said, never left to be found out."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from cortile.agencies import actions, reads
from cortile.agencies.models import PhoneTurn
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from cortile.kit.working_days import Hours
from tests import cast

NINE, NOON, ONE, FIVE = time(9), time(12), time(13), time(17)
WEDNESDAY = 2


def turn(who: str, opens: time = NINE, closes: time = FIVE, weekday: int = WEDNESDAY) -> PhoneTurn:
    return actions.set_phone_turn(cast.staff(who), by=cast.at_desk("nadia"), weekday=weekday, opens=opens, closes=closes)


def test_who_has_the_turn_answers() -> None:
    turn("silvia")
    assert reads.on_the_phone(cast.agency()) == cast.staff("silvia")


def test_out_of_turn_nobody_answers() -> None:
    turn("silvia", NINE, time(10))
    assert reads.on_the_phone(cast.agency()) is None
    assert reads.on_the_phone(cast.agency(), clock.now() - timedelta(days=1)) is None


def test_on_a_feast_nobody_answers() -> None:
    turn("silvia", weekday=4)
    assert reads.on_the_phone(cast.agency(), cast.NOW.replace(month=5, day=1)) is None


def test_who_is_away_is_stood_in_for() -> None:
    turn("marta")
    actions.set_absence(cast.staff("marta"), by=cast.at_desk("marta"), first_day=clock.today(), last_day=clock.today())
    assert reads.on_the_phone(cast.agency()) == cast.staff("paola")


def test_a_sheet_names_who_answers_and_joins_the_hours() -> None:
    turn("silvia", NINE, ONE)
    turn("marta", ONE, FIVE)
    found = reads.answering(cast.agency())
    assert (found.hours, found.names) == ([Hours(WEDNESDAY, NINE, FIVE)], ("Silvia", "Marta"))


def test_with_no_turns_the_sheet_says_when_the_body_is_open() -> None:
    found = reads.answering(cast.agency())
    assert (found.hours[0], found.names) == (Hours(0, NINE, FIVE), ())


def test_another_body_answers_its_own_phone() -> None:
    turn("silvia")
    assert reads.on_the_phone(cast.agency("aler-lodi")) is None


def test_a_turn_that_starts_then_changes_hands() -> None:
    turn("silvia")
    turn("paola", NINE, NOON)
    assert [(t.staff.given_name, t.closes) for t in reads.phone_turns(cast.agency().pk)] == [("Paola", NOON)]


@pytest.mark.parametrize(("who", "opens", "code"), [("salvatore", NINE, "turn-elsewhere"), ("silvia", FIVE, "turn-backwards")])
def test_a_turn_that_cannot_be_is_refused(who: str, opens: time, code: str) -> None:
    with pytest.raises(Refused) as refused:
        turn(who, opens)
    assert refused.value.code == code


@pytest.mark.parametrize("who", ["marta", "silvia", "luca"])
def test_turns_are_for_who_leads_the_body_to_write(who: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_phone_turn(cast.staff("silvia"), by=cast.at_desk(who), weekday=0, opens=NINE, closes=FIVE)
    assert refused.value.code == "not-allowed"


def test_a_turn_is_taken_off_by_its_own_body_only(paola: Actor) -> None:
    written = turn("silvia")
    actions.remove_phone_turn(written.pk, by=cast.at_desk("luca"))
    assert len(reads.phone_turns(cast.agency().pk)) == 1
    actions.remove_phone_turn(written.pk, by=paola)
    assert reads.phone_turns(cast.agency().pk) == []


def test_who_answers_the_phone_takes_no_turn_off(silvia: Actor) -> None:
    written = turn("silvia")
    with pytest.raises(Refused) as refused:
        actions.remove_phone_turn(written.pk, by=silvia)
    assert refused.value.code == "not-allowed"
