"""One appointment: move it, cancel it, say how it went."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.agenda import actions, reads
from cortile.kit import clock
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on
from cortile.people.behalf import in_place_of
from cortile.workspace.agenda.booking import AHEAD, as_choices
from cortile.workspace.agenda.forms import Move, Reason

PAGE = "workspace/agenda/appointment.html"
ACTS = ("sposta", "annulla", "fatto", "non-venuta")


@opens("book appointment", sample="/scrivania/agenda/1/")
def appointment(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Show an appointment."""
    return _page(request, appointment_id)


@opens("book appointment", methods="GET POST", sample="/scrivania/agenda/1/sposta/")
def appointment_act(request: HttpRequest, appointment_id: int, act: str) -> HttpResponse:
    """Move an appointment, cancel it, or say how it went."""
    if act not in ACTS:
        raise Http404
    if request.method != "POST":
        return redirect("workspace:appointment", appointment_id)
    form = _form(request, appointment_id, act)
    if form.is_valid():
        with refusals_on(form):
            _run(request, appointment_id, act, form)
            return redirect("workspace:appointment", appointment_id)
    return _page(request, appointment_id, act, form)


def _run(request: HttpRequest, appointment_id: int, act: str, form: Form) -> None:
    by, once = current(), request.POST.get("once", "")
    row = reads.one(appointment_id, by=by)
    asked = in_place_of(by, row.person) if form.cleaned_data.get("asked") else by
    if act == "sposta" and isinstance(form, Move):
        actions.move(row, by=asked, starts_at=form.starts_at, once=once)
    elif act == "annulla":
        actions.cancel(row, by=asked, reason=form.words["reason"], once=once)
    elif act == "fatto":
        actions.mark_done(row, by=by, once=once)
    else:
        actions.mark_no_show(row, by=by, once=once)


def _form(request: HttpRequest, appointment_id: int, act: str) -> Form:
    if act == "sposta":
        return _when(appointment_id, request)
    return Reason(request.POST, auto_id="annulla-%s") if act == "annulla" else Form(request.POST)


def _when(appointment_id: int, request: HttpRequest | None = None) -> Move:
    row = reads.one(appointment_id, by=current())
    free = reads.free_times(row.staff, row.place, days=AHEAD)
    return Move(request.POST if request else None, slots=as_choices(free), auto_id="sposta-%s")


def _page(request: HttpRequest, appointment_id: int, act: str = "", form: Form | None = None) -> HttpResponse:
    row = reads.one(appointment_id, by=current())
    coming = row.state == "booked" and row.starts_at > clock.now()
    shown = {
        "tab": "agenda", "appointment": row, "form": form, "act": act, "coming": coming,
        "started": row.state == "booked" and not coming,
        "move": form if act == "sposta" else _when(appointment_id) if coming else None,
        "cancel": form if act == "annulla" else Reason(auto_id="annulla-%s") if coming else None,
    }  # fmt: skip
    return render(request, PAGE, shown, status=form.status if form else 200)
