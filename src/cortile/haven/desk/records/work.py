"""The calendar, the groups and the places: what is of the whole association."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.haven.actions import work as acts
from cortile.haven.desk.records import forms
from cortile.haven.desk.records.page import shift_of
from cortile.haven.reads import work as reads
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on, sent


@opens("lane desk", sample="/lavoro/agenda/")
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the appointments to come, day by day. Nothing leaves this page: no feed, no file."""
    found = reads.calendar(shift_of(request), by=current())
    days = [(day, list(those)) for day, those in groupby(found, key=lambda appointment: appointment.on)]
    return render(request, "haven/desk/records/calendar.html", {"days": days})


@opens("lane desk", methods="GET POST", sample="/lavoro/gruppi/")
def groups(request: HttpRequest) -> HttpResponse:
    """Note a group's day and how many came: no name."""
    shift, by = shift_of(request), current()
    form = forms.Group(*sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals_on(form):
            acts.note_group(shift, said["name"], said["on"], said["came"], by=by, sent=request.POST.get("once", ""))
            return redirect("desk:groups")
    return render(
        request, "haven/desk/records/groups.html", {"form": form, "groups": reads.groups(shift, by=by)}, status=form.status
    )


@opens("lane desk", methods="GET POST", sample="/lavoro/posti/")
def places(request: HttpRequest) -> HttpResponse:
    """Say how many places of each kind are free: a count, never an address."""
    shift, by = shift_of(request), current()
    form = forms.PlacesFree(*sent(request), initial=reads.places(shift, by=by))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            acts.count_places(shift, form.words, by=by)
            return redirect("desk:places")
    return render(request, "haven/desk/records/places.html", {"form": form}, status=form.status)
