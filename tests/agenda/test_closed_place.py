"""Nobody walks to a closed door."""

from __future__ import annotations

import pytest

from cortile.agenda import actions
from cortile.homes import actions as homes
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from cortile.messages.models import Message
from tests import cast
from tests.agenda.booking import at, booked, popup


def test_a_popup_taken_back_cancels_and_tells(marta: Actor) -> None:
    row = booked(place=(place := popup()))
    homes.withdraw_popup(place, by=marta)
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert "Atrio scala A chiude" in Message.objects.get(key="appointment_cancelled", about_id=row.pk).body_it


def test_a_place_that_closes_cancels_what_is_to_come(paola: Actor) -> None:
    row = booked()
    homes.change_place_state(cast.space(), "closed", by=paola)
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_what_is_over_stays_as_it_was(marta: Actor, paola: Actor) -> None:
    row = booked()
    with clock.frozen(at(11)):
        actions.mark_done(row, by=marta)
        homes.change_place_state(cast.space(), "closed", by=paola)
    row.refresh_from_db()
    assert row.state == "done"


def test_another_place_is_not_touched(marta: Actor) -> None:
    row = booked()
    homes.withdraw_popup(popup(), by=marta)
    row.refresh_from_db()
    assert row.state == "booked"


def test_another_body_closes_nothing_here(luca: Actor) -> None:
    row = booked()
    with pytest.raises(Refused, match="not-allowed"):
        homes.change_place_state(cast.space(), "closed", by=luca)
    row.refresh_from_db()
    assert row.state == "booked"


def test_a_closed_place_receives_nobody(paola: Actor) -> None:
    homes.change_place_state(cast.space(), "closed", by=paola)
    with pytest.raises(Refused, match="place-not-open"):
        booked()
