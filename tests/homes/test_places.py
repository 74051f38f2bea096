"""Where somebody waits: pop-up presidi published and taken back, places that open and close."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from cortile.homes import actions, reads
from cortile.homes.models import Place
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from tests import cast, traces

WEDNESDAY, THURSDAY = date(2026, 3, 11), date(2026, 3, 12)


def publish(by: Actor, **details: Any) -> Place:  # noqa: ANN401 -- the act's own arguments
    """Publish a presidio for Thursday, in a body where nothing else opens."""
    about: dict[str, Any] = {
        "name": "Atrio scala A", "neighbourhood": cast.space().neighbourhood, "on": THURSDAY, "opens": time(14),
        "closes": time(16), "staff": cast.staff("marta"),
    }  # fmt: skip
    return actions.publish_popup(cast.agency(), by=by, **(about | details))


def days_of(place: Place) -> list[date]:
    """Return the coming days a place is open."""
    return [s.day for s in reads.coming_slots(place.agency_id, since=WEDNESDAY, days=10) if s.place == place]


def test_a_popup_opens_on_its_day_only(marta: Actor) -> None:
    assert days_of(publish(marta)) == [THURSDAY]
    assert traces.event("popup.published").agent_id == marta.id


def test_it_says_who_waits_there(marta: Actor) -> None:
    place = publish(marta)
    (slot,) = (s for s in reads.coming_slots(place.agency_id, since=THURSDAY, days=1) if s.place == place)
    assert slot.staff == (cast.staff("marta"),)


def test_a_popup_of_a_day_gone_by_is_offered_nowhere(marta: Actor) -> None:
    place = publish(marta)
    assert reads.usable_places(place.agency_id)[-1] == place
    with clock.frozen(cast.NOW + timedelta(days=3)):
        assert place not in reads.usable_places(place.agency_id)
        assert place.pk not in dict(reads.place_names(place.agency_id))


def test_a_double_submit_publishes_one(marta: Actor) -> None:
    assert publish(marta, once="k") == publish(marta, once="k")


@pytest.mark.parametrize("who", ["salvatore", "silvia", "sara", "luca"])
def test_others_publish_nothing_here(who: str) -> None:
    where = {"name": "Atrio", "neighbourhood": None, "on": THURSDAY, "opens": time(14), "closes": time(16)}
    with pytest.raises(Refused, match="not-allowed"):
        actions.publish_popup(cast.agency(), by=cast.at_desk(who), staff=cast.staff("marta"), **where)


def test_yesterday_is_over(marta: Actor) -> None:
    with pytest.raises(Refused, match="popup-past"):
        publish(marta, on=date(2026, 3, 10))


def test_hours_run_forward(marta: Actor) -> None:
    with pytest.raises(Refused, match="hours-backwards"):
        publish(marta, opens=time(16), closes=time(14))


def test_a_popup_taken_back_is_shown_nowhere(marta: Actor) -> None:
    place = actions.withdraw_popup(publish(marta), by=marta)
    assert days_of(place) == []
    assert place not in reads.places(place.agency_id)


def test_another_body_takes_back_nothing(marta: Actor, luca: Actor) -> None:
    place = publish(marta)
    with pytest.raises(Refused, match="not-allowed"):
        actions.withdraw_popup(place, by=luca)


def test_a_space_is_never_taken_back(paola: Actor) -> None:
    with pytest.raises(Refused, match="not-a-popup"):
        actions.withdraw_popup(cast.space(), by=paola)


def test_a_place_closes_and_opens_again(paola: Actor) -> None:
    actions.change_place_state(cast.space(), "closed", by=paola)
    assert days_of(cast.space()) == []
    actions.change_place_state(cast.space(), "open", by=paola)
    assert WEDNESDAY in days_of(cast.space())


def test_a_state_nobody_knows_is_refused(paola: Actor) -> None:
    with pytest.raises(Refused, match="unknown-state"):
        actions.change_place_state(cast.space(), "haunted", by=paola)


def test_the_lead_of_another_body_closes_nothing(luca: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.change_place_state(cast.space(), "closed", by=luca)


def test_a_space_rests_on_a_feast(milano: object) -> None:
    found = reads.coming_slots(cast.agency().pk, since=date(2026, 6, 1), days=3)
    assert [s.day for s in found] == [date(2026, 6, 1), date(2026, 6, 3)]


def test_a_popup_on_a_feast_is_kept(marta: Actor) -> None:
    place = publish(marta, on=date(2026, 6, 2))
    assert [s.day for s in reads.coming_slots(place.agency_id, since=date(2026, 6, 2), days=1)] == [date(2026, 6, 2)]


def test_the_next_one_is_the_one_not_yet_over() -> None:
    with clock.frozen(clock.at(WEDNESDAY, time(13, 1))):
        slot = reads.next_slot(cast.agency().pk, neighbourhood_id=cast.space().neighbourhood_id)
    assert slot is not None
    assert slot.day == THURSDAY


def test_marta_is_at_the_space_in_its_hours_only() -> None:
    assert reads.place_now(cast.staff("marta").pk) == cast.space()
    with clock.frozen(clock.at(WEDNESDAY, time(13))):
        assert reads.place_now(cast.staff("marta").pk) is None


# --- when a screen locks ---


@pytest.fixture
def nadia(_alone: None) -> Actor:
    """Return Nadia, who sets up the body."""
    return cast.at_desk("nadia")


@pytest.mark.parametrize("minutes", [5, 20])
def test_a_place_locks_its_screens_in_its_own_time(nadia: Actor, minutes: int) -> None:
    assert actions.set_lock_minutes(cast.space(), minutes, by=nadia).lock_minutes == minutes
    assert cast.space().lock_minutes == minutes
    assert traces.event("place.lock_set").agent_id == nadia.id


@pytest.mark.parametrize("minutes", [-5, 0, 4, 21, 10**9])
def test_not_at_once_nor_after_half_an_hour(nadia: Actor, minutes: int) -> None:
    with pytest.raises(Refused, match="lock-minutes"):
        actions.set_lock_minutes(cast.space(), minutes, by=nadia)
    assert cast.space().lock_minutes == 10


@pytest.mark.parametrize("who", ["anna", "luca", "sara", "roberto"])
def test_another_bodys_screens_are_not_there(who: str) -> None:
    with pytest.raises(NotVisible):
        actions.set_lock_minutes(cast.space(), 5, by=cast.at_desk(who))


@pytest.mark.parametrize("who", ["marta", "silvia", "salvatore"])
def test_who_sits_there_does_not_choose(who: str) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.set_lock_minutes(cast.space(), 20, by=cast.at_desk(who))
