"""T5 «Chi mi può aiutare»: where a person is, at what hours, who is there today; one's own quarter first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.agencies import reads as agencies
from cortile.app.policies import HELPED
from cortile.homes import reads as homes
from cortile.homes.reads import Slot
from cortile.kit import actor as actors
from cortile.kit import clock
from cortile.kit.doors import opens
from cortile.people import reads as people


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its hours of the coming days; ``now`` is the opening of this moment, if it is open."""

    slots: tuple[Slot, ...]
    now: Slot | None

    @property
    def where(self) -> object:
        """Return the place itself."""
        return self.slots[0].place


@dataclass(frozen=True, slots=True)
class Quarter:
    """The places of a quarter, those open soonest first."""

    name: str
    mine: bool
    spots: tuple[Spot, ...]


@opens("public", sample="/casa/chi-aiuta/")
def places(request: HttpRequest) -> HttpResponse:
    """Say where somebody can be found in seven days; to whoever has signed in, near home first."""
    by = actors.current()
    person = people.myself(by=by) if by.kind in HELPED else None
    body = agencies.agency_by_id(person.agency_id) if person else agencies.front(settings.FRONT_AGENCY)
    slots = homes.coming_slots(body.pk, since=clock.today()) if body else []
    context = {
        "quarters": _quarters(slots, person.home_neighbourhood_id if person else None),
        "answering": agencies.on_the_phone(body) if body else None,
        "signed_in": person is not None,
    }
    return render(request, "app/places/places.html", context)


def _quarters(slots: Iterable[Slot], mine: int | None) -> list[Quarter]:
    """Group what is open by quarter: one's own first, then those that have no quarter, then the others by name."""
    coming = [s for s in slots if clock.at(s.day, s.opening.closes) > clock.now()]
    names = {n.pk: n.name for n in homes.neighbourhoods(coming[0].place.agency_id)} if coming else {}

    def order(slot: Slot) -> tuple[bool, str]:
        here = slot.place.neighbourhood_id
        return here != mine, names.get(here or 0, "")

    grouped = groupby(sorted(coming, key=order), key=order)
    return [Quarter(name, not other, tuple(_spots(found))) for (other, name), found in grouped]


def _spots(slots: Iterable[Slot]) -> list[Spot]:
    by_place: dict[int, list[Slot]] = {}
    for slot in slots:
        by_place.setdefault(slot.place.pk, []).append(slot)
    return [Spot(tuple(found), next((s for s in found if s.starts_at <= clock.now()), None)) for found in by_place.values()]
