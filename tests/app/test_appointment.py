"""T6: an appointment seen, moved and cancelled by who comes."""

from __future__ import annotations

import pytest

from cortile.agenda.models import Appointment
from tests.agenda.booking import at, booked
from tests.app.pages import said
from tests.sessions import Enter


@pytest.fixture
def hers() -> Appointment:
    """Return Adele's appointment of Thursday at ten."""
    return booked("adele")


def test_moving_says_that_it_is_done(enter: Enter, hers: Appointment) -> None:
    adele, page = enter("adele"), f"/casa/appuntamenti/{hers.pk}/"
    answer = adele.post(page, {"act": "move", "starts_at": at(9).isoformat()}, follow=True)
    assert "l'appuntamento è spostato" in said(answer)
    assert Appointment.objects.get().starts_at == at(9)


def test_an_hour_that_is_taken_moves_nothing(enter: Enter, hers: Appointment) -> None:
    booked("gianni", starts_at=at(9))
    answer = enter("adele").post(f"/casa/appuntamenti/{hers.pk}/", {"act": "move", "starts_at": at(9).isoformat()})
    assert answer.status_code == 422
    assert Appointment.objects.get(pk=hers.pk).starts_at == at(10)


def test_a_neighbours_appointment_is_not_there(enter: Enter, hers: Appointment) -> None:
    assert enter("gianni").get(f"/casa/appuntamenti/{hers.pk}/").status_code == 404
