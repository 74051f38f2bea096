"""Booking from a person or a request: the first free hours first, so that most take one tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from cortile.agencies import reads as agencies
from cortile.agenda import reads
from cortile.homes import reads as homes
from cortile.kit import clock, dates
from cortile.kit.actor import Actor
from cortile.people import reads as people
from cortile.workspace.agenda.forms import Book

AHEAD, DAYS_SHOWN, EACH_DAY = 14, 3, 3


@dataclass(frozen=True, slots=True)
class Booking:
    """For whom an appointment is being fixed, and about which request."""

    by: Actor
    person_id: int
    name: str
    number: int | None

    @classmethod
    def asked(cls, request: HttpRequest, by: Actor) -> Booking | None:
        """Return what the address asks for, or None; raise ``NotVisible`` for a person one may not see."""
        asked, number = request.GET.get("persona", ""), request.GET.get("richiesta", "")
        if not asked.isdecimal():
            return None
        person = people.one(int(asked), by=by)
        return cls(by, person.pk, person.full_name, int(number) if number.isdecimal() else None)

    @property
    def query(self) -> str:
        """Return the address's own words, kept from page to page."""
        return f"persona={self.person_id}" + (f"&richiesta={self.number}" if self.number else "")

    def form(self, data: Any = None) -> Book:  # noqa: ANN401 -- QueryDict of a request
        """Return the form, with the first free hours of who receives, there: who books, where they are, unless they said."""
        agency_id, me = self.by.agency_id or 0, self.by.id
        places, members = homes.usable_places(agency_id), agencies.receivers(agency_id)
        here, asked = homes.place_now(me or 0), data or {}
        members.sort(key=lambda m: (str(m.pk) != asked.get("staff"), m.pk != me))
        places.sort(key=lambda p: (str(p.pk) != asked.get("place"), p != here, p.neighbourhood_id not in self.by.areas))
        free = reads.free_times(members[0], places[0], days=AHEAD) if members and places else []
        return Book(
            data, places=[(p.pk, p.name) for p in places], members=[(m.pk, m.display_name) for m in members],
            slots=as_choices(free), auto_id="fissa-%s",
        )  # fmt: skip


def as_choices(hours: list[datetime]) -> list[tuple[str, str]]:
    """Return the first free hours as chips, three a day for three days: «giovedì 12 marzo, 9:30»."""
    language = get_language() or "it"
    by_day = [list(found) for _day, found in groupby(hours, key=lambda at: clock.local(at).date())]
    chosen = [at for found in by_day[:DAYS_SHOWN] for at in found[:EACH_DAY]]
    return [(at.isoformat(), dates.moment(at, language)) for at in chosen]
