"""S9 «Agenda e presidi»: the coming days, pop-up presidi, an appointment for whoever is in front of us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.agencies import policy
from cortile.agencies import reads as agencies
from cortile.agenda import actions, reads
from cortile.agenda.reads import Day
from cortile.homes import actions as homes_actions
from cortile.homes import reads as homes
from cortile.homes.reads import Slot
from cortile.kit import clock
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.kit.refusals import NotVisible
from cortile.listening import access as listening
from cortile.people import reads as people
from cortile.people.behalf import in_place_of
from cortile.workspace.agenda.booking import Booking
from cortile.workspace.agenda.forms import Book, PopUp

PAGE = "workspace/agenda/agenda.html"
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Column:
    """A day: where somebody can be found, and who is expected."""

    day: date
    slots: tuple[Slot, ...]
    appointments: Day


def _since(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("dal", ""))
    except ValueError:
        return clock.today()


def _quarters(by: Actor) -> list[tuple[int, str]]:
    known = homes.neighbourhoods(by.agency_id or 0)
    return [(n.pk, n.name) for n in known if n.pk in by.areas] or [(n.pk, n.name) for n in known]


def _week(by: Actor, since: date) -> list[Column]:
    slots = homes.coming_slots(by.agency_id or 0, since=since)
    near = [s for s in slots if not by.areas or s.place.neighbourhood_id in (None, *by.areas)]
    return [Column(d.day, tuple(s for s in near if s.day == d.day), d) for d in reads.agenda(by=by, since=since)]


def _page(request: HttpRequest, *, popup: PopUp | None = None, book: Book | None = None) -> HttpResponse:
    by, since = current(), _since(request)
    came_back = popup or book
    booking = Booking.asked(request, by)
    shown: dict[str, Any] = {
        "tab": "agenda", "since": since, "before": since - WEEK, "after": since + WEEK, "today": clock.today(),
        "days": _week(by, since), "mine": reads.day_of(by=by), "now": clock.now(), "form": came_back, "booking": booking,
        "book": book or (booking.form() if booking else None),
    }  # fmt: skip
    if policy.can(by, "publish place"):
        shown["popup"] = popup or PopUp(quarters=_quarters(by), auto_id="presidio-%s")
    return render(request, PAGE, shown, status=came_back.status if came_back else 200)


@opens("book appointment", sample="/scrivania/agenda/")
def agenda(request: HttpRequest) -> HttpResponse:
    """Show the coming days."""
    return _page(request)


@opens("book appointment", methods="GET POST", sample="/scrivania/agenda/fissa/?persona=1")
def book(request: HttpRequest) -> HttpResponse:
    """Fix an appointment for a person, from her page or from a request."""
    by, booking = current(), Booking.asked(request, current())
    if booking is None:
        raise NotVisible
    if request.method != "POST":
        return _page(request)
    form = booking.form(request.POST)
    if form.is_valid():
        person = people.one(booking.person_id, by=by)
        thread = listening.the_thread(by, booking.number) if booking.number else None
        with refusals_on(form):
            found = actions.book(
                person, by=in_place_of(by, person), staff=agencies.staff(form.words["staff"]),
                place=homes.place(form.words["place"], agency_id=person.agency_id), starts_at=form.starts_at,
                bring=form.words["bring"], thread=thread, once=request.POST.get("once", ""),
            )  # fmt: skip
            return redirect("workspace:appointment", found.pk)
    return _page(request, book=form)


@opens("publish place", methods="GET POST", sample="/scrivania/agenda/presidio/")
def popup(request: HttpRequest) -> HttpResponse:
    """Publish a presidio for one day."""
    by, quarters = current(), _quarters(current())
    if request.method != "POST":
        return redirect("workspace:agenda")
    form = PopUp(request.POST, quarters=quarters, auto_id="presidio-%s")
    if form.is_valid():
        words = form.words
        chosen = words.get("neighbourhood") or (quarters[0][0] if quarters else None)
        quarter = next((n for n in homes.neighbourhoods(by.agency_id or 0) if n.pk == chosen), None)
        with refusals_on(form):
            homes_actions.publish_popup(
                agencies.agency_by_id(by.agency_id or 0), by=by, name=words["where"], neighbourhood=quarter, on=words["on"],
                opens=words["opens"], closes=words["closes"], staff=agencies.staff(by.id or 0), where=words["where"],
                once=request.POST.get("once", ""),
            )  # fmt: skip
            response = redirect("workspace:agenda")
            response["Location"] += f"?dal={words['on'].isoformat()}"
            return response
    return _page(request, popup=form)


@opens("publish place", methods="POST", sample="/scrivania/agenda/presidio/1/togli/")
def withdraw_popup(_request: HttpRequest, place_id: int) -> HttpResponse:
    """Take a pop-up presidio back."""
    by = current()
    place = next((p for p in homes.places(by.agency_id or 0) if p.pk == place_id), None)
    if place is None:
        raise NotVisible
    homes_actions.withdraw_popup(place, by=by)
    return redirect("workspace:agenda")
