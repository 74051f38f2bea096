"""What these tests book: a half hour with Marta at the Spazio of San Siro, on Thursday the 12th at ten unless they say."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from cortile.agenda import actions
from cortile.agenda.models import Appointment
from cortile.homes import actions as homes
from cortile.homes.models import Place
from cortile.kit import clock
from tests import cast

THURSDAY = date(2026, 3, 12)


def at(hour: int, minute: int = 0, day: date = THURSDAY) -> datetime:
    """Return an hour of a day, on the clock of Lombardy."""
    return clock.at(day, time(hour, minute))


def booked(key: str = "gianni", **details: Any) -> Appointment:  # noqa: ANN401 -- the act's own arguments
    """Book an appointment of a tenant with Marta."""
    about: dict[str, Any] = {
        "by": cast.at_desk("marta"), "staff": cast.staff("marta"), "place": cast.space(), "starts_at": at(10),
    }  # fmt: skip
    return actions.book(cast.person(key), **(about | details))


def popup() -> Place:
    """Publish a presidio for Thursday from ten to noon."""
    return homes.publish_popup(
        cast.agency(), by=cast.at_desk("marta"), name="Atrio scala A", neighbourhood=cast.space().neighbourhood, on=THURSDAY,
        opens=time(10), closes=time(12), staff=cast.staff("marta"),
    )  # fmt: skip
