"""The half hours of a door: published by the week, removed while free, freed when somebody calls."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.haven.actions import slots
from cortile.haven.desk.doors.forms import WeekForm
from cortile.haven.reads import publishing as reads
from cortile.kit import actor as actors
from cortile.kit.actor import Actor
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on


@opens("lane desk", methods="GET POST", sample="/lavoro/porte/{door}/orari/")
def half_hours(request: HttpRequest, number: int) -> HttpResponse:
    """Show a door's half hours; publish a week of them, remove those that are free, or free one.

    Raise ``NotVisible`` for another association's.
    """
    by, act = actors.current(), request.POST.get("act", "")
    door = reads.door_by_id(number, by=by)
    form = WeekForm(request.POST if act == "publish" else None)
    errors = Form({})
    if request.method == "POST" and _done(request, act, form, errors, number, by):
        return redirect(request.path)
    shift: Any = request.shift  # type: ignore[attr-defined]  # the middleware's own: whose shift is open
    known = {"door": door, "form": form, "errors": errors, "half_hours": reads.half_hours(shift, door, by=by)}
    return render(request, "haven/desk/doors/half_hours.html", known, status=max(form.status, 422 if errors.refused else 200))


def _done(request: HttpRequest, act: str, form: WeekForm, errors: Form, number: int, by: Actor) -> bool:
    """Do what a button asks, and tell whether it is done. Any other button is not there."""
    if act == "publish":
        if form.is_valid():
            with refusals_on(form):
                slots.publish(number, form.said(), by=by)
        return not form.errors
    chosen = _numbers(request)
    with refusals_on(errors):
        if act == "remove":
            slots.remove(chosen, by=by)
        elif act == "free" and len(chosen) == 1:
            slots.free(chosen[0], by=by)
        else:
            raise Http404
    return errors.refused is None


def _numbers(request: HttpRequest) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(said) for said in request.POST.getlist("id")]
    except ValueError as wrong:
        raise Http404 from wrong
