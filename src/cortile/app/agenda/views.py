"""An appointment: moved in two taps, cancelled in two, with no reason asked."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cortile.agenda import access, rules
from cortile.agenda import actions as acts
from cortile.agenda import reads as agenda
from cortile.app.agenda.forms import Move
from cortile.kit import actor as actors
from cortile.kit import clock
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on

DAYS, OFFERED = 14, 8


@opens("tenant", methods="GET POST", sample="/casa/appuntamenti/1/")
def appointment(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Show when, where and with whom; move it to another free hour, or cancel it."""
    by = actors.current()
    found = agenda.one(appointment_id, by=by)
    open_to_change = rules.may_move(found.state, found.starts_at, clock.now())
    may_move = open_to_change and access.visible_to(by, "move").filter(pk=found.pk).exists()
    times = agenda.free_times(found.staff, found.place, days=DAYS) if may_move else []
    cancels = request.POST.get("act") == "cancel"
    form = Move(request.POST if request.method == "POST" and not cancels else None, times=list(islice(times, OFFERED)))
    if request.method == "POST" and (cancels or form.is_valid()):
        with refusals_on(form):
            if cancels:
                acts.cancel(found, by=by, once=request.POST.get("once", ""))
            else:
                acts.move(found, by=by, starts_at=datetime.fromisoformat(form.cleaned_data["starts_at"]))
            here = reverse("app:appointment", args=[found.pk])
            return redirect(here if cancels else f"{here}?spostato=1")
    context = {"appointment": found, "form": form, "may_move": may_move, "moved": "spostato" in request.GET}
    return render(request, "app/agenda/appointment.html", context, status=form.status)
