"""The list of records, a new one, and one as it stands."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cortile.haven.actions import records as acts
from cortile.haven.desk.records import forms
from cortile.haven.desk.records.page import SAMPLE, ask, shift_of, title
from cortile.haven.reads import records as reads
from cortile.kit import clock
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on, sent

# Only a page that may have found her twice compares: the record just opened, the card just written.
COMPARE = "confronta"
# More than anybody reads down: the search finds the rest.
MOST = 100


@opens("lane desk", methods="GET POST", sample="/lavoro/")
def listed(request: HttpRequest) -> HttpResponse:
    """List the records; the words that are looked for are held with the shift, and no address says them."""
    shift = shift_of(request)
    if request.method == "POST":
        form = forms.Search(request.POST)
        shift.looking = form.cleaned_data["asked"].strip() if form.is_valid() and "all" not in request.POST else ""
        return redirect("desk:list")
    by = current()
    found = reads.found(shift, shift.looking, by=by) if shift.looking else reads.every(shift, by=by)
    form = forms.Search(initial={"asked": shift.looking})
    shown = {"form": form, "records": found[:MOST], "count": len(found), "looking": shift.looking, "today": clock.today()}
    return render(request, "haven/desk/records/list.html", shown)


@opens("lane desk", methods="GET POST", sample="/lavoro/nuova/")
def new(request: HttpRequest) -> HttpResponse:
    """Open a record: a code of hers, and whether she may be called back."""
    form = forms.New(*sent(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            said, once = form.cleaned_data, request.POST.get("once", "")
            made = acts.open_record(shift_of(request), said["code"], callback=said["callback"] == "yes", by=current(), sent=once)
            return redirect(f"{reverse('desk:record', args=[made.pk])}?{COMPARE}")
    return ask(request, form, "Nuova scheda", "Apri", hint="Non serve altro. Il resto si scrive dopo, se lei vuole.")


@opens("lane desk", sample=SAMPLE)
def record(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Show a record, how she is reached safely first."""
    shift, by = shift_of(request), current()
    found = reads.one(shift, number, by=by)
    steps = sorted(found.of("step"), key=lambda step: (not step.is_ahead, step.on))
    shown = {
        "one": found, "ways": dict(forms.WAYS), "steps": [(title(forms.PLAN, step.content["step"]), step) for step in steps],
        "way": title(forms.WAYS, found.contact.get("how", "")), "notes": found.of("note")[::-1],
        "appointments": sorted((a for a in found.of("appointment") if not a.content.get("off")), key=lambda a: a.at),
        "papers": found.of("paper"), "alike": reads.alike(shift, number, by=by) if COMPARE in request.GET else [],
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "haven/desk/records/record.html", shown)
