"""Doors, offers and the words on limits: what the association shows to anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.haven.actions import publishing
from cortile.haven.desk.doors.forms import DoorForm, LimitsForm, OfferForm
from cortile.haven.reads import publishing as reads
from cortile.kit import actor as actors
from cortile.kit import clock
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on


@opens("lane desk", sample="/lavoro/porte/")
def doors(request: HttpRequest) -> HttpResponse:
    """List the association's doors, the hidden ones too."""
    return render(request, "haven/desk/doors/doors.html", {"doors": reads.doors(by=actors.current())})


@opens("lane desk", methods="GET POST", sample="/lavoro/porte/nuova/")
def new_door(request: HttpRequest) -> HttpResponse:
    """Add a door."""
    return _door(request, None, {})


@opens("lane desk", methods="GET POST", sample="/lavoro/porte/{door}/")
def door(request: HttpRequest, number: int) -> HttpResponse:
    """Change a door, or hide it. Raise ``NotVisible`` for another association's."""
    found = reads.door_by_id(number, by=actors.current())
    facts = {name: getattr(found, name) for name in ("name", "address", "hours", "phone", "languages", "step_free")}
    return _door(request, number, {**facts, "shown": _shown(found.shown)})


@opens("lane desk", sample="/lavoro/attivita/")
def offers(request: HttpRequest) -> HttpResponse:
    """List what the association offers, the hidden and the past too."""
    return render(request, "haven/desk/doors/offers.html", {"offers": reads.offers(by=actors.current())})


@opens("lane desk", methods="GET POST", sample="/lavoro/attivita/nuova/")
def new_offer(request: HttpRequest) -> HttpResponse:
    """Add something anybody may come to."""
    return _offer(request, None, {})


@opens("lane desk", methods="GET POST", sample="/lavoro/attivita/{offer}/")
def offer(request: HttpRequest, number: int) -> HttpResponse:
    """Change an offer, or hide it. Raise ``NotVisible`` for another association's."""
    found = reads.offer_by_id(number, by=actors.current())
    starts = clock.local(found.starts_at)
    facts = {name: getattr(found, name) for name in ("kind", "title", "place", "minutes")}
    return _offer(request, number, {**facts, "on": starts.date(), "at": starts.time(), "shown": _shown(found.shown)})


@opens("lane desk", methods="GET POST", sample="/lavoro/limiti/")
def limits(request: HttpRequest) -> HttpResponse:
    """Write what the association adds to the page of limits."""
    by = actors.current()
    form = LimitsForm(_sent(request), initial={"text": reads.limits(by=by)})
    if form.is_valid():
        with refusals_on(form):
            publishing.write_limits(form.words["text"], by=by)
            return redirect("/lavoro/porte/")
    return _form(request, form, "Che cosa promettiamo", "/lavoro/porte/")


def _door(request: HttpRequest, number: int | None, known: dict[str, Any]) -> HttpResponse:
    form = DoorForm(_sent(request), initial=known)
    if form.is_valid():
        with refusals_on(form):
            publishing.write_door(form.said(), by=actors.current(), number=number)
            return redirect("/lavoro/porte/")
    return _form(request, form, "Una porta", "/lavoro/porte/")


def _offer(request: HttpRequest, number: int | None, known: dict[str, Any]) -> HttpResponse:
    form = OfferForm(_sent(request), initial=known)
    if form.is_valid():
        with refusals_on(form):
            publishing.write_offer(form.said(), by=actors.current(), number=number)
            return redirect("/lavoro/attivita/")
    return _form(request, form, "Un'attività", "/lavoro/attivita/")


def _form(request: HttpRequest, form: Form, heading: str, back: str) -> HttpResponse:
    return render(request, "haven/desk/doors/form.html", {"form": form, "heading": heading, "back": back}, status=form.status)


def _sent(request: HttpRequest) -> Any:  # noqa: ANN401 -- Django's own
    return request.POST if request.method == "POST" else None


def _shown(shown: bool) -> str:  # noqa: FBT001 -- one answer of a form
    return "si" if shown else "no"
