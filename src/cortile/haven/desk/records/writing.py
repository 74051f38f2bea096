"""Writing in a record: the card, steps, notes, appointments; a copy for her; its end."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cortile.haven.actions import appointments
from cortile.haven.actions import records as acts
from cortile.haven.desk.records import forms
from cortile.haven.desk.records.page import SAMPLE, ask, shift_of, title
from cortile.haven.desk.records.views import COMPARE
from cortile.haven.reads import records as reads
from cortile.haven.reads import work
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on, sent


@opens("lane desk", methods="GET POST", sample=f"{SAMPLE}contatto/")
def contact(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Write how she is reached without danger."""
    shift, by = shift_of(request), current()
    found = reads.one(shift, number, by=by)
    form = forms.Contact(*sent(request), initial={**found.contact, "callback": "yes" if found.callback else "no"})
    if request.method == "POST" and form.is_valid():
        said = form.words
        callback = said.pop("callback") == "yes"
        acts.set_contact(shift, found.record, said, callback=callback, by=by, sent=request.POST.get("once", ""))
        return redirect(f"{reverse('desk:record', args=[number])}?{COMPARE}")
    return ask(request, form, "Contatto sicuro", "Salva", number=number)


@opens("lane desk", methods="GET POST", sample=f"{SAMPLE}passi/")
def step(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Add a step to her plan."""
    shift, by = shift_of(request), current()
    found = reads.one(shift, number, by=by)
    form = forms.Step(*sent(request))
    if request.method == "POST" and form.is_valid():
        content = {"kind": "step", **form.words, "on": form.cleaned_data["on"].isoformat(), "done": False}
        acts.write(shift, found.record, content, by=by, sent=request.POST.get("once", ""))
        return redirect("desk:record", number)
    return ask(request, form, "Un passo", "Aggiungi", number=number)


@opens("lane desk", methods="POST", sample=f"{SAMPLE}passi/00000000-0000-4000-8000-000000000000/")
def tick(request: HttpRequest, number: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Say that a step is done, or is to do again."""
    shift, by = shift_of(request), current()
    found = reads.one(shift, number, by=by)
    acts.tick(shift, found.record, entry, is_done=request.POST.get("state") == "done", by=by)
    return redirect("desk:record", number)


@opens("lane desk", methods="GET POST", sample=f"{SAMPLE}note/")
def note(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Add a note."""
    shift, by = shift_of(request), current()
    found = reads.one(shift, number, by=by)
    form = forms.Note(*sent(request))
    if request.method == "POST" and form.is_valid():
        acts.write(shift, found.record, {"kind": "note", **form.words}, by=by, sent=request.POST.get("once", ""))
        return redirect("desk:record", number)
    return ask(request, form, "Una nota", "Salva", number=number)


@opens("lane desk", methods="GET POST", sample=f"{SAMPLE}appuntamenti/")
def appoint(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Set an appointment on a free half hour of ours, or at another hour."""
    shift, by = shift_of(request), current()
    found = reads.one(shift, number, by=by)
    form = forms.Hour(sent(request)[0], free=work.free_slots(shift, by=by))
    if request.method == "POST" and form.is_valid():
        slot = form.cleaned_data["slot"]
        ours = None if slot == forms.OTHER_HOUR else uuid.UUID(slot)
        with refusals_on(form):
            once, where = request.POST.get("once", ""), form.cleaned_data["where"]
            appointments.appoint(shift, found.record, at=form.at, where=where, slot_id=ours, by=by, sent=once)
            return redirect("desk:record", number)
    return ask(request, form, "Un appuntamento", "Fissa", number=number, hint="Nessuno riceve un avviso.")


@opens("lane desk", methods="POST", sample=f"{SAMPLE}appuntamenti/00000000-0000-4000-8000-000000000000/annulla/")
def call_off(request: HttpRequest, number: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Call an appointment off: the half hour is free again."""
    shift, by = shift_of(request), current()
    found = reads.one(shift, number, by=by)
    appointments.call_off(shift, found.record, entry, by=by)
    return redirect("desk:record", number)


@opens("lane desk", methods="GET POST", sample=f"{SAMPLE}via/00000000-0000-4000-8000-000000000000/")
def strike(request: HttpRequest, number: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Destroy one thing that is written, once somebody has said it twice."""
    shift, by = shift_of(request), current()
    found = reads.one(shift, number, by=by)
    if request.method == "POST":
        acts.strike(shift, found.record, entry, by=by)
        return redirect("desk:record", number)
    return ask(request, Form(), "Toglierlo per sempre?", "Togli", number=number, hint="Non torna più.", is_red=True)


@opens("lane desk", sample=f"{SAMPLE}copia/")
def copy(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Show what she may take with her on paper, because she asks: days, hours and steps, and no name of ours or hers."""
    found = reads.one(shift_of(request), number, by=current())
    steps = [(title(forms.PLAN, step.content["step"]), step) for step in found.of("step") if step.is_ahead]
    appointments_ahead = sorted((a for a in found.of("appointment") if a.is_ahead), key=lambda a: a.at)
    shown = {"one": found, "steps": steps, "appointments": appointments_ahead}
    return render(request, "haven/desk/records/copy.html", shown)


@opens("lane desk", methods="GET POST", sample=f"{SAMPLE}distruggi/")
def shred(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Destroy a record, once somebody has written that they mean it."""
    shift, by = shift_of(request), current()
    found = reads.one(shift, number, by=by)
    form = forms.Shred(*sent(request))
    if request.method == "POST" and form.is_valid():
        acts.shred(shift, found.record, by=by)
        return redirect("desk:list")
    hint = (
        "Da qui nessuno la può più riaprire. Resta nelle copie vecchie, finché non le buttate. Se lei vuole, dalle prima una copia."
    )
    return ask(request, form, f"Distruggere «{found.code}»?", "Distruggi", number=number, hint=hint, is_red=True)
