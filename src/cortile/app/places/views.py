"""T5 «Chi mi può aiutare»: the services around, by need-word; and where a person of the body is, one's own quarter first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from cortile.agencies import reads as agencies
from cortile.app.places import tiles
from cortile.app.places.asking import Search
from cortile.directory import searching
from cortile.homes import reads as homes
from cortile.homes.reads import Slot
from cortile.kit import clock
from cortile.kit.doors import opens
from cortile.kit.drawn_map import Name, Pin, drawn
from cortile.kit.refusals import NotVisible


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
    """Find who can help; below, where somebody of the body can be found in seven days, to whoever has signed in near home first."""
    search = Search(request, front=settings.FRONT_AGENCY)
    body = search.body
    slots = homes.coming_slots(body.pk, since=clock.today()) if body else []
    context = search.shown() | {
        "quarters": _quarters(slots, search.mine),
        "answering": agencies.on_the_phone(body) if body else None,
    }
    return render(request, "app/places/places.html", context)


@opens("public", sample="/casa/chi-aiuta/mappa/")
def map_of_places(request: HttpRequest) -> HttpResponse:
    """Draw what a search found, each with its number, and the list beside; a script may lay the map on tiles, if there are any."""
    search = Search(request, front=settings.FRONT_AGENCY)
    shown = search.shown(searching.PAGE)
    pins = _pins(shown["found"])
    under = tiles.under(pins, search.asked.words, shown["results"])
    context = shown | {"map": drawn(pins, _names(search), gettext("Mappa dei servizi")), "tiles": under}
    answer = render(request, "app/places/map.html", context)
    if under is not None:
        csp_update(under.policy)(lambda _request: answer)(request)
    return answer


@opens("public", sample="/casa/chi-aiuta/1/")
def service(request: HttpRequest, service_id: int) -> HttpResponse:
    """Show one service: its week, how to get there, what it costs. A draft and a withdrawn card are not there."""
    search = Search(request, front=settings.FRONT_AGENCY)
    if search.body is None:
        raise NotVisible
    hit = searching.one(search.body, service_id, quarter=search.mine)
    context = search.card(hit) | {"week": searching.week(hit.service, search.body)}
    return render(request, "app/places/service.html", context)


def _pins(found: Iterable[dict[str, Any]]) -> list[Pin]:
    pins = []
    for card in found:
        for at in card["service"].at_locations.all():
            here = at.location
            if here.latitude_e6 is not None and here.longitude_e6 is not None:
                link = f"#servizio-{card['number']}"
                pins.append(Pin(card["number"], card["service"].name, here.latitude_e6, here.longitude_e6, link))
    return pins


def _names(search: Search) -> list[Name]:
    """Return what is written on the ground: the quarter asked from."""
    quarter = search.asked.quarter
    if quarter is None or search.body is None or (middle := searching.middle_of(quarter)) is None:
        return []
    return [Name(n.name, *middle) for n in homes.neighbourhoods(search.body.pk) if n.pk == quarter]


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
