"""Every decision of the tables, the late ones first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.kit import clock
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, day, refusals_on
from cortile.network import actions, reads


class FollowForm(Form):
    """How it went, and another day when it is not done yet."""

    follow_up = forms.CharField(label=_("Com'è andata"), max_length=400, required=False)
    due = day(_("Nuova data, se serve altro tempo"), required=False)


@opens("keep networks", methods="GET POST", sample="/scrivania/rete/decisioni/")
def decisions(request: HttpRequest) -> HttpResponse:
    """List the decisions; say that one was carried out, or give it another day."""
    by, form, told = current(), Form({} if request.method == "POST" else None), FollowForm(request.POST or None)
    act, number = request.POST.get("act", ""), request.POST.get("number", "")
    if request.method == "POST":
        if act not in {"done", "move"} or not number.isdigit():
            raise Http404
        if told.is_valid():
            with refusals_on(form):
                _do(act, int(number), told.words, by)
                return redirect("workspace:network_decisions")
        form.refuse_all({name: str(wrong[0]) for name, wrong in told.errors.items()})
    today = clock.today()
    rows = [(d, d.late_on(today), str(d.pk) == number) for d in reads.decisions(by=by)]
    shown = {"tab": "network", "form": form, "rows": rows, "said": request.POST.get("follow_up", "")}
    return render(request, "workspace/network/decisions.html", shown, status=form.status)


def _do(act: str, number: int, told: dict[str, Any], by: Actor) -> None:
    if act == "done":
        actions.do_decision(number, by=by, follow_up=told["follow_up"])
    else:
        actions.move_decision(number, by=by, due=told["due"] or date.min, reason=told["follow_up"])
