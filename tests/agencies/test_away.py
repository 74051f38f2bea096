"""Who answers when somebody is away: a deputy of the same body, at once, and never in a circle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cortile.agencies import actions, reads
from cortile.agencies.models import Absence
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from cortile.listening import access
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from tests import cast, traces

TODAY, TOMORROW = date(2026, 3, 11), date(2026, 3, 12)


def away(key: str, *, by: Actor | None = None, first: date = TODAY, last: date = TOMORROW) -> Absence:
    """Write days of absence."""
    return actions.set_absence(cast.staff(key), by=by or cast.at_desk("paola"), first_day=first, last_day=last)


def test_a_deputy_is_named(system: Actor) -> None:
    actions.name_deputy(cast.staff("bruno"), cast.staff("paola"), by=system)
    assert cast.staff("bruno").deputy == cast.staff("paola")
    assert traces.event("staff.deputy_named").fields == ["deputy"]


@pytest.mark.parametrize("deputy", ["sara", "bruno"])
def test_a_deputy_is_another_of_the_same_body(system: Actor, deputy: str) -> None:
    with pytest.raises(Refused, match="deputy-elsewhere"):
        actions.name_deputy(cast.staff("bruno"), cast.staff(deputy), by=system)


def test_another_administration_names_no_deputy(anna: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.name_deputy(cast.staff("bruno"), cast.staff("paola"), by=anna)


def test_one_writes_ones_own_days(marta: Actor) -> None:
    assert away("marta", by=marta).covers(TOMORROW)
    assert not reads.is_present(cast.staff("marta"), TODAY)


@pytest.mark.parametrize("who", ["bruno", "salvatore", "silvia", "luca"])
def test_nobody_writes_the_days_of_another(who: str) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        away("marta", by=cast.at_desk(who))


def test_days_do_not_run_backwards(marta: Actor) -> None:
    with pytest.raises(Refused, match="absence-backwards"):
        away("marta", by=marta, first=TOMORROW, last=TODAY)


def test_from_today_requests_pass_at_once(thread: Thread) -> None:
    away("marta")
    assert traces.now(thread).owner == cast.staff("paola")
    assert traces.event("threads.passed_to_deputy").agent_name == "assenze"


def test_from_tomorrow_they_wait_for_tomorrow(thread: Thread) -> None:
    away("marta", first=TOMORROW)
    assert traces.now(thread).owner == cast.staff("marta")


def test_who_leaves_holds_nothing(system: Actor, thread: Thread) -> None:
    actions.off_board(cast.staff("marta"), by=system)
    assert not cast.staff("marta").is_active
    assert traces.now(thread).owner == cast.staff("paola")


def test_who_leaves_takes_no_delicate_request_along(system: Actor, paola: Actor) -> None:
    closed = cast.open_request("adele", by=cast.at_desk("marta"), delicate=True)
    listening.close(closed, by=cast.at_desk("marta"), outcome="solved", tenant_said_yes=True)
    actions.name_deputy(cast.staff("marta"), cast.staff("silvia"), by=system)
    actions.off_board(cast.staff("marta"), by=system)
    assert (traces.now(closed).duty, traces.now(closed).owner) == (cast.staff("paola"), cast.staff("marta"))
    assert access.may(paola, "see", closed)


def test_who_is_only_away_keeps_what_is_closed() -> None:
    closed = cast.open_request("adele", by=cast.at_desk("marta"), delicate=True)
    listening.close(closed, by=cast.at_desk("marta"), outcome="solved", tenant_said_yes=True)
    away("marta")
    assert traces.now(closed).duty == cast.staff("marta")


@pytest.mark.parametrize("who", ["marta", "paola", "anna"])
def test_only_the_own_administration_closes_an_account(who: str) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.off_board(cast.staff("bruno"), by=cast.at_desk(who))


def test_deputies_in_a_circle_end_at_somebody(system: Actor) -> None:
    actions.name_deputy(cast.staff("paola"), cast.staff("marta"), by=system)
    away("marta")
    away("paola")
    assert reads.on_duty(cast.staff("marta"), TODAY) == cast.staff("bruno")


def test_a_deputy_stands_in_for_an_office(system: Actor) -> None:
    actions.name_deputy(cast.staff("ornella"), cast.staff("paola"), by=system)
    away("ornella")
    assert list(reads.stood_in_for(cast.staff("paola").pk, TODAY)) == [cast.office().pk]


def test_days_that_are_over_are_not_shown(marta: Actor) -> None:
    away("marta", by=marta)
    with clock.frozen(cast.NOW + timedelta(days=3)):
        assert reads.absences_of(cast.staff("marta").pk) == []


def test_coming_in_is_remembered(marta: Actor) -> None:
    actions.record_entry(cast.staff("marta"), by=marta)
    assert (traces.event("staff.signed_in").verb, traces.event("staff.signed_in").agent_id) == ("E", marta.id)
